// One heat strip: colour says how much, hatching that nothing was seen, signs above what happened.
import { colour, shade } from './palette.js';
import { glyph, hatch, sized } from './glyphs.js';
import { DAY } from './format.js';

const HELD = 1;
const TOP = 14;

/** Smallest and largest usual value among the cells shown: the ends of the stream's own ramp. */
export function scale(cells, first, last) {
  const seen = [];
  for (let cell = first; cell <= last; cell++) {
    if (cells.source(cell) > HELD) seen.push(cells.value(cell));
  }
  if (!seen.length) return { low: 0, high: 1 };
  seen.sort((a, b) => a - b);
  const low = seen[Math.floor(seen.length * .04)];
  const high = seen[Math.ceil((seen.length - 1) * .98)];
  const least = Math.max(Math.abs(low) * .02, 1e-9);
  return { low, high: Math.max(high, low + least) };
}

export function drawStrip(canvas, cells, present, count) {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const c = sized(canvas, width, height);
  const bar = height - TOP - 4;
  if (!cells) {
    c.fillStyle = colour('sunken');
    c.beginPath();
    c.roundRect(0, TOP, width, bar, 4);
    c.fill();
    return;
  }
  const last = Math.floor(present / cells.step);
  const first = last - count + 1;
  const ends = scale(cells, first, last);
  c.save();
  c.beginPath();
  c.roundRect(0, TOP, width, bar, 4);
  c.clip();
  const x = cell => Math.round((cell - first) * width / count);
  let missing = -1;
  for (let cell = first; cell <= last + 1; cell++) {
    const source = cell <= last ? cells.source(cell) : 9;
    if (source === 0) {
      if (missing < 0) missing = cell;
      continue;
    }
    if (missing >= 0) {
      hatch(c, x(missing), TOP, x(cell) - x(missing), bar);
      missing = -1;
    }
    if (cell > last) break;
    const left = x(cell);
    const level = (cells.value(cell) - ends.low) / (ends.high - ends.low);
    // A burst must not make all else look alike: the ramp rises early.
    c.fillStyle = shade(Math.max(0, level) ** .7);
    if (source === HELD) {
      const level0 = c.fillStyle;
      c.fillStyle = colour('nothing');
      c.fillRect(left, TOP, x(cell + 1) - left, bar);
      c.fillStyle = level0;
      c.fillRect(left, TOP + bar * .36, x(cell + 1) - left, bar * .28);
    } else {
      c.fillRect(left, TOP, x(cell + 1) - left, bar);
    }
  }
  // Midnights, or the hours of an hour's strip.
  c.fillStyle = colour('surface');
  const every = cells.step >= 60_000 ? DAY : 0;
  if (every) {
    for (let t = Math.ceil(first * cells.step / every) * every; t < (last + 1) * cells.step; t += every) {
      c.fillRect(Math.round((t / cells.step - first) * width / count) - .5, TOP, 1, bar);
    }
  }
  c.restore();
  drawMarks(c, cells, first, count, width);
}

function drawMarks(c, cells, first, count, width) {
  const at = time => (time / cells.step - first) * width / count;
  let free = -1e9;
  const marks = cells.marks.filter(m => (m.to || Infinity) >= first * cells.step).sort((a, b) => a.from - b.from);
  for (const mark of marks) {
    const open = !mark.to;
    const from = Math.max(0, at(mark.from));
    const to = Math.min(width, open ? width : at(mark.to));
    if (from > width) continue;
    c.fillStyle = colour(mark.kind === 'novelty' ? 'alert' : 'warn');
    c.globalAlpha = open ? 1 : .55;
    c.fillRect(from, TOP - 3, Math.max(2, to - from), 2);
    c.globalAlpha = 1;
    const x = Math.max(5, Math.min(width - 5, from));
    if (x - free >= 10) {
      glyph(c, mark.kind, x, TOP - 8.5, 8, open || mark.kind === 'novelty');
      free = x;
    }
  }
}
