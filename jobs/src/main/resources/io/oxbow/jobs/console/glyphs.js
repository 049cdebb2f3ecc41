// Signs that are told apart by their shape alone.
import { colour } from './palette.js';
import { urgency } from './format.js';

/** Draws the sign of an alert's kind in a box of `size` around (x, y); hollow once it is over. */
export function glyph(c, kind, x, y, size, open = true) {
  const r = size / 2;
  const ink = colour(open || urgency(kind) === 'look' ? (urgency(kind) === 'look' ? 'alert' : 'warn') : 'soft');
  c.save();
  c.translate(x, y);
  c.strokeStyle = c.fillStyle = ink;
  c.lineWidth = Math.max(1.2, size / 8);
  c.lineJoin = 'round';
  c.lineCap = 'round';
  c.beginPath();
  switch (kind) {
    case 'novelty': c.moveTo(0, -r); c.lineTo(r, r * .8); c.lineTo(-r, r * .8); c.closePath(); break;
    case 'covered': c.rect(-r * .8, -r * .8, r * 1.6, r * 1.6); break;
    case 'defocused': c.arc(0, 0, r * .85, 0, 7); c.stroke(); c.beginPath(); c.arc(0, 0, r * .3, 0, 7); break;
    case 'moved': c.moveTo(0, -r); c.lineTo(r, 0); c.lineTo(0, r); c.lineTo(-r, 0); c.closePath(); break;
    case 'frozen': c.rect(-r * .75, -r * .85, r * .5, r * 1.7); c.rect(r * .25, -r * .85, r * .5, r * 1.7); break;
    case 'offline': c.arc(0, 0, r * .8, 0, 7); c.moveTo(-r * .6, r * .6); c.lineTo(r * .6, -r * .6); c.stroke(); c.restore(); return;
    case 'state-reset': c.arc(0, 0, r * .75, -1, 4.2); c.stroke(); c.restore(); return;
    case 'ok': c.fillStyle = c.strokeStyle = colour('water'); c.arc(0, 0, r * .45, 0, 7); break;
    case 'night': c.arc(0, 0, r * .8, .6, 5.2); c.quadraticCurveTo(-r * .1, 0, r * .66, r * .45); break;
    default: c.moveTo(-r * .7, -r * .7); c.lineTo(r * .7, r * .7); c.moveTo(r * .7, -r * .7); c.lineTo(-r * .7, r * .7); c.stroke(); c.restore(); return;
  }
  if (open) c.fill(); else c.stroke();
  c.restore();
}

/** A small canvas with one sign. */
export function sign(kind, size = 16, open = true) {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  const c = sized(canvas, size, size);
  glyph(c, kind, size / 2, size / 2, size * .74, open);
  return canvas;
}

/** Fits a canvas to its size on the screen and returns its context, in CSS pixels. */
export function sized(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const w = Math.max(1, Math.round(width * ratio));
  const h = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const c = canvas.getContext('2d');
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.clearRect(0, 0, width, height);
  c.textAlign = 'left';
  c.textBaseline = 'alphabetic';
  return c;
}

/** Diagonal lines: nothing was seen here, which is not the same as quiet. */
export function hatch(c, x, y, w, h) {
  if (w <= 0) return;
  c.save();
  c.beginPath();
  c.rect(x, y, w, h);
  c.clip();
  c.fillStyle = colour('nothing');
  c.fillRect(x, y, w, h);
  c.strokeStyle = colour('hatch');
  c.lineWidth = 1;
  c.beginPath();
  // Lines at fixed places of the canvas, so that neighbouring pieces join.
  for (let k = Math.floor((x - h) / 6) * 6; k < x + w; k += 6) {
    c.moveTo(k, y + h);
    c.lineTo(k + h, y);
  }
  c.stroke();
  c.restore();
}
