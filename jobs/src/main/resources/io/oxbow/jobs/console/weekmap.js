// Hour by weekday: what is usual when.
import { element, number } from './format.js';
import { hatch, sized } from './glyphs.js';
import { colour, shade } from './palette.js';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const LEFT = 40;
const BOTTOM = 18;

/** @param values 168 hours from Monday 00:00 UTC; NaN where nothing is known */
export function drawWeek(canvas, values) {
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
export function weekSentence(values) {
  const known = values.map((v, i) => [v, i]).filter(([v]) => Number.isFinite(v));
  if (!known.length) return 'Nothing is known of its week yet.';
  const name = i => `${DAYS[Math.floor(i / 24)]} ${String(i % 24).padStart(2, '0')}:00`;
  const [most, least] = [known.reduce((a, b) => b[0] > a[0] ? b : a), known.reduce((a, b) => b[0] < a[0] ? b : a)];
  return `Activity by hour and weekday, ${known.length} of 168 hours known. Busiest ${name(most[1])} with ${number(most[0])}, quietest ${name(least[1])} with ${number(least[0])}.`;
}

export function weekTip(canvas, values, tip) {
  canvas.addEventListener('pointermove', event => {
    const box = canvas.getBoundingClientRect();
    const hour = Math.floor((event.clientX - box.left - LEFT) / ((box.width - LEFT) / 24));
    const day = Math.floor((event.clientY - box.top) / ((box.height - BOTTOM) / 7));
    if (hour < 0 || hour > 23 || day < 0 || day > 6) {
      tip.hidden = true;
      return;
    }
    const value = values()[day * 24 + hour];
    tip.replaceChildren(element('b', '', `${DAYS[day]}, ${String(hour).padStart(2, '0')}:00`),
      document.createTextNode(Number.isFinite(value) ? `activity ${number(value)}` : 'nothing known'));
    tip.hidden = false;
    tip.style.left = `${Math.min(innerWidth - tip.offsetWidth - 8, event.clientX + 12)}px`;
    tip.style.top = `${event.clientY + 14}px`;
  });
  canvas.addEventListener('pointerleave', () => { tip.hidden = true; });
}
