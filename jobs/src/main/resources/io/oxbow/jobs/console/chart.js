// Activity over time: what was seen, what is usual, what the memory kept, what is expected.
import { line, band, frame, grid, cursorLine, nowShade } from './axes.js';
import { glyph, hatch, sized } from './glyphs.js';
import { colour } from './palette.js';

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
  nowShade(c, f, view);
  if (layers.usual) {
    band(c, f, layers.usual, colour('line'), .75);
    line(c, f, layers.usual.points, colour('faint'), 1.2, [2, 3]);
  }
  if (layers.forecast) {
    band(c, f, layers.forecast, colour('water'), .14);
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
    glyph(c, 'novelty', x, f.bottom - 6, peak.chosen ? 13 : 10, true);
  }
  cursorLine(c, f, layers.cursor);
  c.restore();
}

/** Bars of how unusual each cell's most unusual event was. */
export function drawSurprise(canvas, view, points, step, gaps, cursor) {
  const c = sized(canvas, canvas.clientWidth, canvas.clientHeight);
  const f = frame(canvas, view, 8, 6);
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
  c.save();
  c.beginPath();
  c.rect(f.left, 0, f.right - f.left, f.bottom);
  c.clip();
  for (const gap of gaps) hatch(c, f.x(gap.from), f.top, f.x(gap.to) - f.x(gap.from), f.bottom - f.top);
  nowShade(c, f, view);
  for (const p of points) {
    const h = p.value / top * (f.bottom - f.top);
    c.fillStyle = colour(p.value >= 4.5 ? 'alert' : 'water');
    c.globalAlpha = p.value >= 4.5 ? 1 : .55;
    c.fillRect(f.x(p.time), f.bottom - h, Math.max(1, f.x(p.time + step) - f.x(p.time) - .5), h);
  }
  c.globalAlpha = 1;
  cursorLine(c, f, cursor);
  c.restore();
}

/** One remembered curve in the band of its error, on the chart's time. */
export function drawCurve(canvas, view, layer, gaps, cursor, last) {
  const c = sized(canvas, canvas.clientWidth, canvas.clientHeight);
  const f = frame(canvas, view, 4, last ? 24 : 4);
  grid(c, f, view, { times: last, most: 2 });
  c.save();
  c.beginPath();
  c.rect(f.left, 0, f.right - f.left, f.bottom);
  c.clip();
  for (const gap of gaps) hatch(c, f.x(gap.from), f.top, f.x(gap.to) - f.x(gap.from), f.bottom - f.top);
  nowShade(c, f, view);
  const ink = colour(layer.novelty ? 'alert' : 'water');
  band(c, f, layer, ink, .16);
  line(c, f, layer.points, ink, 1.6);
  cursorLine(c, f, cursor);
  c.restore();
}
