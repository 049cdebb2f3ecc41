// The pane of a stream's activity: pointed into, walked through by keys, its peaks clicked on.
import { ends, frame } from './axes.js';
import { drawChart } from './chart.js';
import { MINUTE, clock, date, element, moment, number, plural, rarity, state } from './format.js';
import { sign, sized } from './glyphs.js';
import { colour } from './palette.js';
import { pane, showTip } from './parts.js';

const NOTABLE = 1e-3;
const NEAR = 9;
const LAYERS = [['seen', 'Seen'], ['usual', 'Usual'], ['memory', 'From memory'], ['forecast', 'Expected']];

export class ActivityPane {
  /** @param page hears of `cursorAt(time)` and `focusOn(time)` */
  constructor(page, zooms, tip) {
    Object.assign(this, { page, tip });
    this.hidden = new Set();
    this.cursor = null;
    this.canvas = element('canvas', 'chart');
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute('role', 'slider');
    this.canvas.setAttribute('aria-label', 'Activity over time; arrow keys go through it');
    this.layers = element('div', 'layers');
    this.layers.setAttribute('role', 'group');
    this.layers.setAttribute('aria-label', 'What is drawn');
    this.picked = element('p', 'picked');
    this.picked.hidden = true;
    this.note = element('p', 'note');
    this.root = pane('Activity', zooms, this.canvas, this.layers, this.picked, this.note);
    this.canvas.addEventListener('pointermove', event => this.point(event.clientX));
    this.canvas.addEventListener('pointerleave', () => this.leave());
    this.canvas.addEventListener('blur', () => this.leave());
    this.canvas.addEventListener('click', event => {
      const peak = this.peakAt(event.clientX);
      if (peak) page.focusOn(peak.chosen ? null : peak.eventTime);
    });
    this.canvas.addEventListener('keydown', event => this.key(event));
    this.legend();
  }

  /** @param shown {view, detail, cells, gaps, peaks, chosen, cursor, usual, memory, forecast, refused} */
  draw(shown) {
    const on = name => this.hidden.has(name) ? null : shown[name];
    const layers = {
      gaps: shown.gaps,
      usual: on('usual'),
      memory: on('memory')?.activity,
      forecast: on('forecast'),
      // A moment as rare as chance makes every hour is listed, but no landmark.
      peaks: shown.peaks.map(p => ({ ...p, chosen: p.eventTime === shown.chosen })).filter(p => p.chosen || p.pValue <= NOTABLE),
      alerts: shown.detail.alerts.filter(a => a.openedAt <= shown.view.to && (a.closedAt || Infinity) >= shown.view.from),
      cursor: shown.cursor,
    };
    if (!this.hidden.has('seen')) layers.seen = shown.cells;
    this.shown = shown;
    this.marks = layers.peaks;
    this.view = ends(shown.view, [layers.seen && { points: layers.seen }, layers.memory, layers.forecast]);
    drawChart(this.canvas, this.view, layers);
    this.explain(layers.memory && shown.memory, layers.forecast);
    this.describe(shown.cursor);
  }

  /** The same for people who do not see it: the whole, or the moment the keys have come to. */
  describe(cursor) {
    const { view, cells, gaps } = this.shown;
    const set = (name, value) => this.canvas.setAttribute(`aria-${name}`, value);
    set('valuemin', 0);
    set('valuemax', Math.max(0, cells.length - 1));
    if (cursor !== null) {
      const at = cells.findIndex(p => Math.abs(p.time - cursor) <= this.shown.step / 2);
      set('valuenow', Math.max(0, at));
      set('valuetext', [this.title(cursor), ...this.said(cursor)].join(', '));
      return;
    }
    const values = cells.filter(p => Number.isFinite(p.value) && p.time >= view.from).map(p => p.value);
    set('valuenow', Math.max(0, cells.length - 1));
    set('valuetext', values.length
      ? `From ${moment(view.from)} to ${moment(view.to)}: between ${number(Math.min(...values))} and ${number(Math.max(...values))}, ${plural(gaps.length, 'stretch', 'stretches')} without data.`
      : 'No activity is known for the time shown.');
  }

  explain(memory, forecast) {
    const { detail, chosen, peaks, refused } = this.shown;
    const said = [];
    if (memory?.reply) {
      said.push(`From memory: nine cells in ten within ${number(memory.activity.within)}, answered in ${memory.reply.latencyMillis} ms, frames re-read: ${memory.reply.framesReRead}.`);
    } else if (refused) {
      said.push(`The job did not answer (${refused.replace(/[.?!]$/, '')})${memory ? '; the curve is the latest summary’s' : ''}.`);
    }
    if (forecast?.note) said.push(forecast.note);
    const note = said.join(' ');
    if (this.note.textContent !== note) this.note.textContent = note;
    const peak = peaks.find(p => p.eventTime === chosen);
    this.picked.hidden = !peak;
    if (!peak || this.picked.dataset.at === String(chosen)) return;
    this.picked.dataset.at = chosen;
    const whole = element('button', 'plain', 'Show all');
    whole.type = 'button';
    whole.addEventListener('click', () => {
      this.page.focusOn(null);
      this.canvas.focus();
    });
    this.picked.replaceChildren(sign('novelty', 13), element('b', '', moment(peak.eventTime, detail.present)),
      document.createTextNode([peak.where, rarity(peak.pValue) + ' is as unusual', `score ${number(peak.score)}`].filter(Boolean).join(' · ')), whole);
  }

  title(time) { return `${date(time)}, ${clock(time, this.shown.step < MINUTE)}`; }

  /** What there is to say of a moment, a line each. */
  said(time) {
    const { view, cells, step, detail, memory, usual, forecast } = this.shown;
    const value = (layer, width) => {
      const i = layer?.points.findIndex(p => Math.abs(p.time - time) <= width / 2) ?? -1;
      if (i < 0 || !Number.isFinite(layer.points[i].value)) return null;
      const half = layer.bands.at(-1) ? (layer.bands.at(-1).high[i] - layer.bands.at(-1).low[i]) / 2 : NaN;
      return `${number(layer.points[i].value)}${half > 0 ? ` ± ${number(half)}` : ''}`;
    };
    const say = (name, text) => text === null || this.hidden.has(name) ? '' : text;
    const near = cells.find(p => Math.abs(p.time - time) <= step / 2);
    const wide = layer => layer?.points.length > 1 ? layer.points[1].time - layer.points[0].time : 0;
    const coming = time > view.present;
    const remembered = value(memory?.activity, wide(memory?.activity));
    const expected = coming ? value(forecast, wide(forecast)) : null;
    const normal = coming ? null : value(usual, wide(usual));
    const alert = detail.alerts.find(a => a.openedAt <= time && (a.closedAt || Infinity) >= time);
    return [
      near && Number.isFinite(near.value) ? `activity ${number(near.value)}` : coming ? 'to come' : 'no data',
      say('memory', remembered && `from memory ${remembered}`),
      say('usual', normal && `usually ${normal}`),
      say('forecast', expected && `expected ${expected}`),
      alert && !coming ? state(alert.kind) : '',
    ].filter(Boolean);
  }

  peakAt(clientX) {
    if (!this.view) return null;
    const x = clientX - this.canvas.getBoundingClientRect().left;
    const f = frame(this.canvas, this.view);
    const near = this.marks.map(p => [Math.abs(f.x(p.eventTime) - x), p]).filter(([d]) => d <= NEAR);
    return near.length ? near.reduce((a, b) => b[0] < a[0] ? b : a)[1] : null;
  }

  point(clientX) {
    if (!this.view) return;
    const box = this.canvas.getBoundingClientRect();
    const time = frame(this.canvas, this.view).time(clientX - box.left);
    if (time < this.view.from || time > this.view.to) return this.leave();
    const peak = this.peakAt(clientX);
    this.canvas.style.cursor = peak ? 'pointer' : '';
    this.show(peak ? peak.eventTime : time, peak);
  }

  show(time, peak) {
    const box = this.canvas.getBoundingClientRect();
    this.page.cursorAt(time);
    showTip(this.tip, this.title(time), [...this.said(time), peak && [peak.where, rarity(peak.pValue)].filter(Boolean).join(', ')],
      box.left + frame(this.canvas, this.view).x(time) + 14, box.top + 26);
  }

  leave() {
    this.tip.hidden = true;
    this.page.cursorAt(null);
  }

  key(event) {
    if (!this.view) return;
    const { cells, step } = this.shown;
    const first = cells.findIndex(p => p.time >= this.view.from);
    const last = cells.findLastIndex(p => p.time <= this.view.to);
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -12, PageUp: 12, Home: -1e9, End: 1e9 };
    if (event.key === 'Escape') {
      this.page.focusOn(null);
      return this.leave();
    }
    if (event.key === 'Enter' && this.page.cursor !== null) {
      const peak = this.marks.find(p => Math.abs(p.eventTime - this.page.cursor) <= step);
      if (peak) this.page.focusOn(peak.chosen ? null : peak.eventTime);
    }
    if (!(event.key in moves) || first < 0) return;
    event.preventDefault();
    const at = this.page.cursor === null ? last + 1 : cells.findIndex(p => p.time + step / 2 > this.page.cursor);
    this.show(cells[Math.max(first, Math.min(last, (at < 0 ? last + 1 : at) + moves[event.key]))].time);
  }

  legend() {
    this.layers.replaceChildren(...LAYERS.map(([name, text]) => {
      const button = element('button');
      button.type = 'button';
      button.setAttribute('aria-pressed', String(!this.hidden.has(name)));
      const canvas = document.createElement('canvas');
      canvas.setAttribute('aria-hidden', 'true');
      const c = sized(canvas, 22, 12);
      if (name !== 'seen') {
        c.fillStyle = colour(name === 'usual' ? 'line' : 'water-soft');
        c.fillRect(0, 1, 22, 10);
      }
      c.strokeStyle = colour({ seen: 'ink', usual: 'faint', memory: 'water', forecast: 'water' }[name]);
      c.lineWidth = 1.8;
      c.setLineDash({ usual: [2, 3], forecast: [5, 3] }[name] ?? []);
      c.beginPath();
      c.moveTo(0, 6);
      c.lineTo(22, 6);
      c.stroke();
      button.append(canvas, document.createTextNode(text));
      button.addEventListener('click', () => {
        this.hidden.has(name) ? this.hidden.delete(name) : this.hidden.add(name);
        button.setAttribute('aria-pressed', String(!this.hidden.has(name)));
        this.page.schedule();
      });
      return button;
    }));
  }
}
