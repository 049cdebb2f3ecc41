// Hour by weekday: what is usual when.
import { element, number, plural } from './format.js';
import { hatch, sized } from './glyphs.js';
import { hourOfWeek } from './memory.js';
import { colour, shade } from './palette.js';
import { pane, showTip } from './parts.js';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const LEFT = 40;
const BOTTOM = 18;

/** @param values 168 hours from Monday 00:00 UTC; NaN where nothing is known */
function drawWeek(canvas, values) {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const c = sized(canvas, width, height);
  const known = values.filter(Number.isFinite).sort((a, b) => a - b);
  const low = known[0] ?? 0;
  const high = known[Math.ceil((known.length - 1) * .98)] ?? 1;
  const cw = (width - LEFT) / 24;
  const ch = (height - BOTTOM) / 7;
  c.font = '12px system-ui, sans-serif';
  c.textBaseline = 'middle';
  for (let day = 0; day < 7; day++) {
    c.fillStyle = colour('soft');
    c.fillText(DAYS[day].slice(0, 3), 0, (day + .5) * ch);
    for (let hour = 0; hour < 24; hour++) {
      const value = values[day * 24 + hour];
      const x = LEFT + hour * cw;
      if (Number.isFinite(value)) {
        c.fillStyle = shade(Math.max(0, (value - low) / (high - low || 1)));
        c.fillRect(x + .75, day * ch + .75, cw - 1.5, ch - 1.5);
      } else {
        hatch(c, x + .75, day * ch + .75, cw - 1.5, ch - 1.5);
      }
    }
  }
  c.fillStyle = colour('faint');
  c.textAlign = 'center';
  for (let hour = 0; hour < 24; hour += cw * 3 < 40 ? 6 : 3) {
    c.fillText(String(hour).padStart(2, '0'), LEFT + (hour + .5) * cw, height - 7);
  }
}

/** The same for people who do not see it. */
function weekSentence(values) {
  const known = values.map((v, i) => [v, i]).filter(([v]) => Number.isFinite(v));
  if (!known.length) return 'Nothing is known of its week yet.';
  const name = i => `${DAYS[Math.floor(i / 24)]} ${String(i % 24).padStart(2, '0')}:00`;
  const [most, least] = [known.reduce((a, b) => b[0] > a[0] ? b : a), known.reduce((a, b) => b[0] < a[0] ? b : a)];
  return `Activity by hour and weekday, ${known.length} of 168 hours known. Busiest ${name(most[1])} with ${number(most[0])}, quietest ${name(least[1])} with ${number(least[0])}.`;
}

/** The pane of the week: the memory's usual one, else the last seven days as read here. */
export class WeekPane {
  constructor(tip) {
    this.tip = tip;
    this.values = Array(168).fill(NaN);
    this.canvas = element('canvas', 'week');
    this.canvas.setAttribute('role', 'img');
    this.note = element('p', 'note');
    this.root = pane('Its week', null, this.canvas, this.note);
    this.canvas.addEventListener('pointermove', event => this.point(event));
    this.canvas.addEventListener('pointerleave', () => { tip.hidden = true; });
  }

  /** Draws anew the next time, whatever has changed. */
  stale() { this.key = null; }

  draw(memory, curve) {
    const values = memory.weekKnown ? memory.usualWeek() : lastDays(curve);
    const key = `${this.canvas.clientWidth}|${memory.weekKnown}|${values.join()}`;
    if (this.key === key) return;
    this.key = key;
    this.values = values;
    drawWeek(this.canvas, values);
    const sentence = weekSentence(values);
    this.canvas.setAttribute('aria-label', sentence);
    this.note.textContent = memory.weekKnown
      ? `Usual activity, learned over ${plural(memory.weeks, 'week')}. ${sentence.split('. ').slice(1).join('. ')}`
      : 'The last seven days as read here; the memory’s own week follows its first whole day.';
  }

  point(event) {
    const box = this.canvas.getBoundingClientRect();
    const hour = Math.floor((event.clientX - box.left - LEFT) / ((box.width - LEFT) / 24));
    const day = Math.floor((event.clientY - box.top) / ((box.height - BOTTOM) / 7));
    if (hour < 0 || hour > 23 || day < 0 || day > 6) {
      this.tip.hidden = true;
      return;
    }
    const value = this.values[day * 24 + hour];
    showTip(this.tip, `${DAYS[day]}, ${String(hour).padStart(2, '0')}:00`,
      [Number.isFinite(value) ? `activity ${number(value)}` : 'nothing known'], event.clientX + 12, event.clientY + 14);
  }
}

function lastDays(curve) {
  const week = Array(168).fill(NaN);
  curve.v.forEach((v, i) => { if (curve.k[i] > '1') week[hourOfWeek(curve.from + i * curve.step)] = v ?? NaN; });
  return week;
}
