// What every drawing over time has in common: its coordinates, its grid, lines and bands.
import { DAY, HOUR, MINUTE, clock, date, number, weekday } from './format.js';
import { colour } from './palette.js';

const LEFT = 46;
const RIGHT = 14;
const TOP = 22;
const BOTTOM = 26;
const GRIDS = [MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY];

/** The drawing's coordinates, for pointing into it too. */
export function frame(canvas, view, top = TOP, bottom = BOTTOM) {
  const width = canvas.clientWidth - LEFT - RIGHT;
  const height = canvas.clientHeight - top - bottom;
  return {
    x: time => LEFT + (time - view.from) / (view.to - view.from) * width,
    time: x => view.from + (x - LEFT) / width * (view.to - view.from),
    y: value => top + height - (value - view.low) / (view.high - view.low || 1) * height,
    left: LEFT, right: LEFT + width, top, bottom: top + height,
  };
}

/** The ends of the values shown and of their bands, with a little room; from 0 where that is near and wanted. */
export function ends(view, layers, zero = true) {
  let low = Infinity;
  let high = -Infinity;
  const take = value => {
    if (!Number.isFinite(value)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const layer of layers) {
    layer?.points.forEach((p, i) => {
      if (p.time < view.from || p.time > view.to) return;
      take(p.value);
      layer.bands?.forEach(b => { take(b.low[i]); take(b.high[i]); });
    });
  }
  if (!(low <= high)) [low, high] = [0, 1];
  if (zero && low > 0 && low < high * .5) low = 0;
  const room = (high - low || Math.abs(high) || 1) * .06;
  return { ...view, low: low === 0 ? 0 : low - room, high: high + room };
}

export function grid(c, f, view, { times = true, most = 4 } = {}) {
  c.font = '12px system-ui, sans-serif';
  c.lineWidth = 1;
  c.textAlign = 'right';
  c.textBaseline = 'middle';
  const step = niceStep((view.high - view.low) / most);
  for (let v = Math.ceil(view.low / step) * step; v <= view.high; v += step) {
    const y = Math.round(f.y(v)) + .5;
    c.strokeStyle = colour('line');
    c.beginPath();
    c.moveTo(f.left, y);
    c.lineTo(f.right, y);
    c.stroke();
    c.fillStyle = colour('faint');
    c.fillText(number(Math.abs(v) < step / 1e6 ? 0 : v), f.left - 8, y);
  }
  if (!times) return;
  c.textAlign = 'center';
  c.textBaseline = 'alphabetic';
  const wide = f.right - f.left;
  const every = GRIDS.find(g => wide / ((view.to - view.from) / g) >= 62) ?? DAY;
  for (let t = Math.ceil(view.from / every) * every; t <= view.to; t += every) {
    const x = f.x(t);
    const midnight = t % DAY === 0;
    c.fillStyle = colour(midnight ? 'soft' : 'faint');
    if (x > f.left + 16 && x < f.right - 16) c.fillText(midnight ? (every === DAY && wide < 500 ? weekday(t) : date(t)) : clock(t, false), x, f.bottom + 18);
  }
}

function niceStep(rough) {
  if (!(rough > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map(k => k * power).find(s => s >= rough);
}

/** What is yet to come lies on darker ground. */
export function nowShade(c, f, view) {
  if (view.to <= view.present) return;
  c.fillStyle = colour('sunken');
  c.fillRect(f.x(view.present), f.top, f.right - f.x(view.present), f.bottom - f.top);
}

export function cursorLine(c, f, time) {
  if (time === null || time === undefined) return;
  c.strokeStyle = colour('soft');
  c.globalAlpha = .6;
  c.beginPath();
  c.moveTo(f.x(time), f.top);
  c.lineTo(f.x(time), f.bottom);
  c.stroke();
  c.globalAlpha = 1;
}

export function line(c, f, points, ink, width, dash = []) {
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

/** A layer's bands, each between its `low` and its `high`; where they lie on one another they are darker. */
export function band(c, f, layer, ink, alpha) {
  c.fillStyle = ink;
  c.globalAlpha = alpha;
  for (const { low, high } of layer.bands ?? []) {
    let first = -1;
    for (let i = 0; i <= layer.points.length; i++) {
      const known = i < layer.points.length && Number.isFinite(low[i]) && Number.isFinite(high[i]);
      if (known && first < 0) first = i;
      if (known || first < 0) continue;
      c.beginPath();
      for (let k = first; k < i; k++) c.lineTo(f.x(layer.points[k].time), f.y(high[k]));
      for (let k = i - 1; k >= first; k--) c.lineTo(f.x(layer.points[k].time), f.y(low[k]));
      c.fill();
      first = -1;
    }
  }
  c.globalAlpha = 1;
}
