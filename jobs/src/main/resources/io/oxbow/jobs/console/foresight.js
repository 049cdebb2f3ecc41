// What the model expects of a stream's next events: a fan a channel, one and two standard errors wide.
import { band, ends, frame, grid, line } from './axes.js';
import { duration, element, number } from './format.js';
import { sized } from './glyphs.js';
import { colour } from './palette.js';
import { pane } from './parts.js';

/** The fans of a forecast's answer; none where the model says nothing. */
export function fansOf(answer) {
  const curves = new Map((answer?.channels ?? []).map(c => [c.name, c.curve]));
  const fans = [];
  for (const [name, curve] of curves) {
    const low = curves.get(`${name} low`)?.values;
    const high = curves.get(`${name} high`)?.values;
    if (!low || !high || !curve.values.some(v => v !== null)) continue;
    const points = curve.values.map((v, i) => ({ time: curve.from + i * curve.stepMillis, value: v ?? NaN }));
    const bands = [2, 1].map(wide => ({
      low: points.map((p, i) => p.value - wide * (p.value - low[i])),
      high: points.map((p, i) => p.value + wide * (high[i] - p.value)),
    }));
    fans.push({ name, points, bands, step: curve.stepMillis });
  }
  return fans;
}

/** From the next event to the last that is foreseen. */
export function drawFan(canvas, fan) {
  const c = sized(canvas, canvas.clientWidth, canvas.clientHeight);
  const { points } = fan;
  const view = ends({ from: points[0].time, to: Math.max(points.at(-1).time, points[0].time + 1) }, [fan], false);
  const f = frame(canvas, view, 6, 20);
  grid(c, f, view, { times: false, most: 2 });
  band(c, f, fan, colour('water'), .15);
  line(c, f, points, colour('water'), 1.7, [6, 4]);
  c.fillStyle = colour('water');
  for (const end of [points[0], points.at(-1)]) {
    c.beginPath();
    c.arc(f.x(end.time), f.y(end.value), 2.6, 0, 7);
    c.fill();
  }
  c.fillStyle = colour('faint');
  c.textBaseline = 'alphabetic';
  c.textAlign = 'left';
  c.fillText('next event', f.left, f.bottom + 15);
  c.textAlign = 'right';
  const ahead = fan.step * points.length;
  c.fillText(`${points.length} events on${ahead >= 1000 ? `, in ${duration(ahead)}` : ''}`, f.right, f.bottom + 15);
}

/** The same in words. */
export function fanSentence({ points, bands }) {
  const say = i => `${number(points[i].value)} ± ${number((bands[1].high[i] - bands[1].low[i]) / 2)}`;
  return points.length > 1 ? `${say(0)}, then ${say(points.length - 1)}` : say(0);
}

export class ForesightPane {
  constructor() {
    this.box = element('div', 'curves');
    this.root = pane('What comes next', null, this.box,
      element('p', 'note', 'The model’s forecast of each of the next events, with one and two standard errors of such forecasts.'));
    this.root.hidden = true;
  }

  draw(answer) {
    const fans = fansOf(answer);
    this.root.hidden = !fans.length;
    const key = JSON.stringify(fans);
    if (!fans.length || (this.key === key && this.width === this.box.clientWidth)) return;
    this.key = key;
    this.width = this.box.clientWidth;
    this.box.replaceChildren(...fans.flatMap(fan => fanParts(fan)));
    this.box.querySelectorAll('canvas').forEach((canvas, i) => drawFan(canvas, fans[i]));
  }

  stale() { this.key = null; }
}

export function fanParts(fan) {
  const head = element('div', 'curve-head');
  const said = fanSentence(fan);
  head.append(element('h3', '', fan.name), element('span', 'count', said));
  const canvas = element('canvas', 'curve fan');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `${fan.name}, expected: ${said}`);
  return [head, canvas];
}
