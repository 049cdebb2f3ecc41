// Activity over time: what was seen, what is usual, what the memory kept, what is expected.
import { DAY, HOUR, MINUTE, clock, date, number, weekday } from './format.js';
import { glyph, hatch, sized } from './glyphs.js';
import { colour } from './palette.js';

const LEFT = 46;
const RIGHT = 14;
const TOP = 22;
const BOTTOM = 26;

/** The drawing's coordinates, for pointing into it. */
export function frame(canvas, view) {
  const width = canvas.clientWidth - LEFT - RIGHT;
  const height = canvas.clientHeight - TOP - BOTTOM;
  return {
    x: time => LEFT + (time - view.from) / (view.to - view.from) * width,
    time: x => view.from + (x - LEFT) / width * (view.to - view.from),
    y: value => TOP + height - (value - view.low) / (view.high - view.low || 1) * height,
    left: LEFT, right: LEFT + width, top: TOP, bottom: TOP + height,
  };
}

/**
 * @param view {from, to, low, high, present}
 * @param layers {seen, gaps, usual, memory, forecast, peaks, alerts, cursor}
 */
export function drawChart(canvas, view, layers) {
  const c = sized(canvas, canvas.clientWidth, canvas.clientHeight);
  const f = frame(canvas, view);
  grid(c, f, view);
  c.save();
  c.beginPath();
  c.rect(f.left, 0, f.right - f.left, f.bottom);
  c.clip();
  for (const gap of layers.gaps) hatch(c, f.x(gap.from), f.top, f.x(gap.to) - f.x(gap.from), f.bottom - f.top);
  if (view.to > view.present) {
    c.fillStyle = colour('sunken');
    c.fillRect(f.x(view.present), f.top, f.right - f.x(view.present), f.bottom - f.top);
  }
  if (layers.usual) {
    band(c, f, layers.usual, colour('line'), .75);
    line(c, f, layers.usual.points, colour('faint'), 1.2, [2, 3]);
  }
  if (layers.forecast) {
    for (const width of [2, 1]) band(c, f, { ...layers.forecast, spread: layers.forecast.spread * width, low: null }, colour('water'), .13);
    if (layers.forecast.low) band(c, f, layers.forecast, colour('water'), .18);
    line(c, f, layers.forecast.points, colour('water'), 1.6, [6, 4]);
  }
  if (layers.memory) {
    band(c, f, layers.memory, colour('water'), .17);
    line(c, f, layers.memory.points, colour('water'), 1.8);
  }
  if (layers.seen) line(c, f, layers.seen, colour('ink'), 1.3);
  for (const alert of layers.alerts) {
    const x0 = f.x(alert.openedAt);
    const x1 = Math.max(x0 + 2, f.x(alert.closedAt || view.present));
    c.fillStyle = colour(alert.kind === 'novelty' ? 'alert' : 'warn');
    c.globalAlpha = .1;
    c.fillRect(x0, f.top, x1 - x0, f.bottom - f.top);
    c.globalAlpha = 1;
    c.fillRect(x0, f.top - 2, x1 - x0, 2);
    glyph(c, alert.kind, Math.max(f.left + 6, Math.min(f.right - 6, x0)), f.top - 10, 9, !alert.closedAt);
  }
  for (const peak of layers.peaks) {
    const x = f.x(peak.eventTime);
    c.strokeStyle = colour('alert');
    c.globalAlpha = peak.chosen ? .9 : .35;
    c.setLineDash(peak.chosen ? [] : [2, 3]);
    c.beginPath();
    c.moveTo(x, f.top);
    c.lineTo(x, f.bottom);
    c.stroke();
    c.setLineDash([]);
    c.globalAlpha = 1;
    glyph(c, 'novelty', x, f.bottom - 6, peak.chosen ? 12 : 9, true);
  }
  if (layers.cursor !== null && layers.cursor !== undefined) {
    c.strokeStyle = colour('soft');
    c.globalAlpha = .6;
    c.beginPath();
    c.moveTo(f.x(layers.cursor), f.top);
    c.lineTo(f.x(layers.cursor), f.bottom);
    c.stroke();
    c.globalAlpha = 1;
  }
  c.restore();
}

/** Bars of how unusual each cell's most unusual event was. */
export function drawSurprise(canvas, view, points, step) {
  const c = sized(canvas, canvas.clientWidth, canvas.clientHeight);
  const f = { ...frame(canvas, view), top: 8, bottom: canvas.clientHeight - 6 };
  const top = Math.max(6, ...points.map(p => p.value));
  c.font = '11px system-ui, sans-serif';
  c.textAlign = 'right';
  c.textBaseline = 'middle';
  for (const level of [0, 3, 6].filter(l => l <= top)) {
    const y = f.bottom - level / top * (f.bottom - f.top);
    c.strokeStyle = colour('line');
    c.beginPath();
    c.moveTo(f.left, y);
    c.lineTo(f.right, y);
    c.stroke();
    c.fillStyle = colour('faint');
    if (level) c.fillText(level === 3 ? '1:1,000' : '1:10⁶', f.left - 5, y);
  }
  for (const p of points) {
    if (p.time < view.from) continue;
    const h = p.value / top * (f.bottom - f.top);
    c.fillStyle = colour(p.value >= 4.5 ? 'alert' : 'water');
    c.globalAlpha = p.value >= 4.5 ? 1 : .55;
    c.fillRect(f.x(p.time), f.bottom - h, Math.max(1, f.x(p.time + step) - f.x(p.time) - .5), h);
  }
  c.globalAlpha = 1;
}

function grid(c, f, view) {
  c.font = '12px system-ui, sans-serif';
  c.lineWidth = 1;
  c.textAlign = 'right';
  c.textBaseline = 'middle';
  const step = niceStep((view.high - view.low) / 4);
  for (let v = Math.ceil(view.low / step) * step; v <= view.high; v += step) {
    const y = Math.round(f.y(v)) + .5;
    c.strokeStyle = colour('line');
    c.beginPath();
    c.moveTo(f.left, y);
    c.lineTo(f.right, y);
    c.stroke();
    c.fillStyle = colour('faint');
    c.fillText(number(v), f.left - 8, y);
  }
  c.textAlign = 'center';
  c.textBaseline = 'alphabetic';
  const span = view.to - view.from;
  const grids = [MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY];
  const every = grids.find(g => (f.right - f.left) / (span / g) >= 62) ?? DAY;
  for (let t = Math.ceil(view.from / every) * every; t <= view.to; t += every) {
    const x = f.x(t);
    const midnight = t % DAY === 0;
    c.fillStyle = colour(midnight ? 'soft' : 'faint');
    if (x > f.left + 16 && x < f.right - 16) c.fillText(midnight ? (every === DAY && f.right - f.left < 500 ? weekday(t) : date(t)) : clock(t, false), x, f.bottom + 18);
  }
}

function niceStep(rough) {
  if (!(rough > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map(k => k * power).find(s => s >= rough);
}

function line(c, f, points, ink, width, dash = []) {
  c.strokeStyle = ink;
  c.lineWidth = width;
  c.lineJoin = 'round';
  c.setLineDash(dash);
  c.beginPath();
  let pen = false;
  for (const p of points) {
    if (!Number.isFinite(p.value)) {
      pen = false;
      continue;
    }
    if (pen) c.lineTo(f.x(p.time), f.y(p.value)); else c.moveTo(f.x(p.time), f.y(p.value));
    pen = true;
  }
  c.stroke();
  c.setLineDash([]);
  c.lineWidth = 1;
}

/** Around the points: `spread` to both sides, or between `low` and `high` where they are given. */
function band(c, f, layer, ink, alpha) {
  if (!layer.low && !(layer.spread > 0)) return;
  const edge = (p, i, sign) => layer.low ? (sign > 0 ? layer.high : layer.low)[i] : p.value + sign * layer.spread;
  c.fillStyle = ink;
  c.globalAlpha = alpha;
  let run = [];
  const flush = () => {
    if (run.length > 1) {
      c.beginPath();
      run.forEach(([p, i], k) => k ? c.lineTo(f.x(p.time), f.y(edge(p, i, 1))) : c.moveTo(f.x(p.time), f.y(edge(p, i, 1))));
      run.reverse().forEach(([p, i]) => c.lineTo(f.x(p.time), f.y(edge(p, i, -1))));
      c.fill();
    }
    run = [];
  };
  layer.points.forEach((p, i) => Number.isFinite(p.value) ? run.push([p, i]) : flush());
  flush();
  c.globalAlpha = 1;
}
