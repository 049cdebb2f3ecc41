// One stream's page: what was seen against what is usual, what its memory kept, what it expects.
import { alertCard } from './alerts.js';
import { AskForm } from './ask.js';
import { drawChart, drawSurprise, frame } from './chart.js';
import { DAY, HOUR, MINUTE, WEEK, clock, date, duration, element, moment, number, plural, rarity, shortMoment, state, urgency } from './format.js';
import { sign, sized } from './glyphs.js';
import { colour, onPalette } from './palette.js';
import { ZOOMS } from './store.js';
import { drawWeek, weekSentence, weekTip } from './weekmap.js';

const REFRESH = 3_000;
const ASK_AGAIN = 60_000;
const NOTABLE = 1e-3;
/** How much of the future each zoom has room for. */
const AHEAD = { hour: 0, day: 6 * HOUR, week: DAY };
const LAYERS = [['seen', 'Seen'], ['usual', 'Usual'], ['memory', 'From memory'], ['forecast', 'Expected']];
const MONDAY = 4 * DAY;
const hourOfWeek = time => Math.floor((((time - MONDAY) % WEEK) + WEEK) % WEEK / HOUR);

export class StreamPage {
  constructor(page, tip, store, live) {
    Object.assign(this, { page, tip, store, live });
    onPalette(() => { if (this.id) { this.legend(); this.draw(); } });
  }

  open(id) {
    this.close();
    this.id = id;
    this.zoom = this.store.zoom ?? 'day';
    this.zoomChosen = Boolean(this.store.zoom);
    this.hidden = new Set();
    this.detail = null;
    this.chosen = null;
    this.memory = {};
    this.week = null;
    this.expected = null;
    this.build();
    this.refresh();
    this.timer = setInterval(() => this.refresh(), REFRESH);
  }

  close() {
    clearInterval(this.timer);
    this.resize?.disconnect();
    this.id = null;
    this.tip.hidden = true;
  }

  build() {
    const back = element('a', 'crumb', '← All streams');
    back.href = '#/';
    const head = element('div', 'stream-head');
    this.title = element('h1', '', this.id);
    this.title.tabIndex = -1;
    this.state = element('span', 'state', '…');
    this.facts = element('div', 'facts');
    head.append(this.title, this.state, this.facts);
    this.told = element('p', 'told');

    this.zooms = segments(Object.entries(ZOOMS).map(([value, z]) => [value, z.label]), this.zoom, value => {
      this.zoom = this.store.zoom = value;
      this.focusOn(null);
      this.askMemory();
    }, 'Time shown');
    this.chart = element('canvas', 'chart');
    this.chart.setAttribute('role', 'img');
    this.surprise = element('canvas', 'chart low');
    this.surprise.setAttribute('role', 'img');
    this.layers = element('div', 'layers');
    this.note = element('p', 'note');
    const activity = pane('Activity', this.zooms, this.chart, this.layers, this.note);
    const surprise = pane('How unusual', null, this.surprise,
      element('p', 'note', 'The most unusual event of each cell; the taller, the rarer on an unchanged stream.'));

    this.weekMap = element('canvas', 'week');
    this.weekMap.setAttribute('role', 'img');
    this.weekNote = element('p', 'note');
    const week = pane('Its week', null, this.weekMap, this.weekNote);
    this.peaks = element('ol', 'peaks');
    const peaks = pane('What stood out', null, this.peaks);
    this.feed = element('div', 'feed');
    const alerts = pane('Alerts', null, this.feed);
    const asking = pane('Ask', null);
    const box = element('div');
    asking.append(box);
    new AskForm(box, this.store, this.live, this.id);

    const main = element('div');
    main.append(activity, surprise, week);
    const side = element('div');
    side.append(peaks, asking, alerts);
    const panes = element('div', 'panes');
    panes.append(main, side);
    this.page.replaceChildren(back, head, this.told, panes);
    this.legend();
    weekTip(this.weekMap, () => this.weekValues(), this.tip);
    this.chart.addEventListener('pointermove', event => this.point(event));
    this.chart.addEventListener('pointerleave', () => { this.tip.hidden = true; this.cursor = null; this.draw(); });
    this.resize = new ResizeObserver(() => this.draw());
    this.resize.observe(this.chart);
    this.title.focus({ preventScroll: true });
  }

  async refresh() {
    const id = this.id;
    try {
      const detail = await this.live.stream(id);
      if (this.id !== id) return;
      const first = !this.detail;
      this.detail = detail;
      this.missing = null;
      if (first && !this.zoomChosen && detail.present - detail.firstEventTime < 3 * HOUR) {
        this.zoom = 'hour';
        this.zooms.set('hour');
      }
      if (first || Date.now() - this.askedAt > ASK_AGAIN || this.jumped()) this.askMemory();
      this.describe();
    } catch (failure) {
      if (this.id !== id) return;
      this.missing = failure.message;
      if (!this.detail) {
        this.state.textContent = '';
        this.told.textContent = failure.status === 404 ? `${this.id} has not been seen yet; this page fills when it is.` : `It cannot be shown now: ${failure.message}.`;
      }
    }
    this.draw();
  }

  /** Whether stream time has moved on by much since the memory was asked; a demo's runs fast. */
  jumped() { return this.detail.present - this.askedFor > ZOOMS[this.zoom].step * ZOOMS[this.zoom].cells / 20; }

  /** What the job remembers: a question each, answered from the stream's state. */
  async askMemory() {
    if (!this.detail) return;
    const { id, zoom } = this;
    this.askedAt = Date.now();
    const present = this.askedFor = this.detail.present;
    const span = ZOOMS[zoom].step * ZOOMS[zoom].cells;
    const monday = present - ((present - MONDAY) % WEEK);
    const asks = [
      this.live.ask({ streamId: id, kind: 'history', from: Math.max(1, present - span), resolutionMillis: ZOOMS[zoom].step * 3 })
        .then(reply => { this.memory[zoom] = reply; }),
      this.live.ask({ streamId: id, kind: 'baseline', from: monday, to: monday + WEEK })
        .then(reply => { this.week = reply; }),
      this.live.ask({ streamId: id, kind: 'forecast', from: 0, to: 0 })
        .then(reply => { this.expected = reply; }),
    ];
    const results = await Promise.allSettled(asks);
    if (this.id !== id) return;
    this.refused = results.find(r => r.status === 'rejected')?.reason.message ?? null;
    this.describe();
    this.draw();
  }

  describe() {
    const d = this.detail;
    const tone = urgency(d.state);
    this.state.className = `state ${tone}`;
    this.state.replaceChildren(sign(d.state, 13), document.createTextNode(state(d.state)));
    const fact = (label, value) => {
      const span = element('span', '', `${label} `);
      span.append(element('b', '', value));
      return span;
    };
    this.facts.replaceChildren(
      fact('last heard of', d.lastEventTime > 0 ? moment(d.lastEventTime, d.present) : 'never'),
      fact('events read here', d.events.toLocaleString('en-GB')));
    const latest = [...d.summaries].sort((a, b) => b.to - a.to)[0];
    this.told.textContent = latest?.text ?? '';
    this.listPeaks();
    const cards = [...d.alerts].reverse().map(a => alertCard(a, d.present, false));
    this.feed.replaceChildren(...(cards.length ? cards : [element('p', 'none', 'No alert so far.')]));
  }

  allPeaks() {
    const found = new Map();
    const take = peaks => peaks?.forEach(p => found.set(p.eventTime, p));
    this.detail?.summaries.forEach(s => take(s.peaks));
    Object.values(this.memory).forEach(reply => take(reply.answer?.peaks));
    return [...found.values()].sort((a, b) => a.pValue - b.pValue || b.eventTime - a.eventTime).slice(0, 12);
  }

  listPeaks() {
    const peaks = this.allPeaks().slice(0, 8);
    if (!peaks.length) {
      this.peaks.replaceChildren(element('li', 'none', 'Nothing has stood out so far.'));
      return;
    }
    const key = JSON.stringify([peaks, this.chosen]);
    if (this.peaksKey === key) return;
    this.peaksKey = key;
    const focused = [...this.peaks.querySelectorAll('button')].indexOf(document.activeElement);
    this.peaks.replaceChildren(...peaks.map(peak => {
      const item = element('li');
      const button = element('button');
      button.type = 'button';
      button.setAttribute('aria-pressed', String(this.chosen === peak.eventTime));
      button.append(sign('novelty', 14), element('span', '', shortMoment(peak.eventTime, this.detail.present)), element('small', '', rarity(peak.pValue)));
      button.addEventListener('click', () => this.focusOn(this.chosen === peak.eventTime ? null : peak.eventTime));
      item.append(button);
      return item;
    }));
    if (focused >= 0) this.peaks.querySelectorAll('button')[focused]?.focus();
  }

  /** Looks at the time around a moment; at the zoom's whole with null. */
  focusOn(time) {
    this.chosen = time;
    this.listPeaks();
    this.draw();
    if (time !== null) this.chart.scrollIntoView({ block: 'nearest', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  }

  /** The finest cells that reach back to the moment looked at. */
  view() {
    const present = this.detail.present;
    if (this.chosen === null) {
      const zoom = ZOOMS[this.zoom];
      return { zoom: this.zoom, from: present - zoom.step * zoom.cells, to: present + AHEAD[this.zoom], present };
    }
    const zoom = Object.keys(ZOOMS).find(z => this.chosen > present - ZOOMS[z].step * ZOOMS[z].cells * .98) ?? 'week';
    const around = ZOOMS[zoom].step * 40;
    return { zoom, from: this.chosen - around, to: this.chosen + around, present };
  }

  draw() {
    if (!this.detail || !this.chart.isConnected) return;
    const view = this.view();
    const curve = this.detail.curves[view.zoom];
    const seen = [];
    const gaps = [];
    const surprise = [];
    let gap = null;
    curve.v.forEach((value, i) => {
      const from = curve.from + i * curve.step;
      const source = curve.k.charCodeAt(i) - 48;
      if (source === 0 && from < this.detail.present) {
        gap ? gap.to = from + curve.step : gaps.push(gap = { from, to: from + curve.step });
      } else gap = null;
      seen.push({ time: from + curve.step / 2, value: source > 0 ? value ?? NaN : NaN });
      if (curve.surprise[i] > 0) surprise.push({ time: from, value: curve.surprise[i] });
    });
    const on = name => !this.hidden.has(name);
    const usual = this.usualIn(view);
    const memory = this.memoryIn(view);
    const forecast = this.forecastIn(view);
    const layers = {
      gaps,
      seen: on('seen') ? seen : null,
      usual: on('usual') ? usual : null,
      memory: on('memory') ? memory : null,
      forecast: on('forecast') ? forecast : null,
      // A moment as rare as chance makes every hour is listed, but no landmark.
      peaks: this.allPeaks().map(p => ({ ...p, chosen: p.eventTime === this.chosen })).filter(p => p.chosen || p.pValue <= NOTABLE),
      alerts: this.detail.alerts.filter(a => a.openedAt <= view.to && (a.closedAt || Infinity) >= view.from),
      cursor: this.cursor,
    };
    this.seen = seen;
    this.step = curve.step;
    this.current = this.range(view, layers);
    drawChart(this.chart, this.current, layers);
    drawSurprise(this.surprise, this.current, surprise, curve.step);
    const values = seen.filter(p => Number.isFinite(p.value) && p.time >= view.from);
    this.chart.setAttribute('aria-label', values.length
      ? `Activity from ${moment(view.from)} to ${moment(view.to)}: between ${number(Math.min(...values.map(p => p.value)))} and ${number(Math.max(...values.map(p => p.value)))}, ${plural(gaps.length, 'stretch')} without data.`
      : 'No activity is known for the time shown.');
    this.surprise.setAttribute('aria-label', `${plural(surprise.filter(p => p.value >= 4.5).length, 'cell')} with an event rarer than one in 30,000.`);
    const weekValues = this.weekValues();
    drawWeek(this.weekMap, weekValues);
    this.weekMap.setAttribute('aria-label', weekSentence(weekValues));
    this.weekNote.textContent = this.weekFromMemory() ? `Usual activity, learned over ${plural(this.weeksKnown(), 'week')}. ${weekSentence(weekValues).split('. ').slice(1).join('. ')}`
      : `The last seven days as read here; the memory’s own week follows its first whole day.`;
    this.explain(memory, forecast);
  }

  explain(memory, forecast) {
    const said = [];
    if (memory && this.memory[this.zoom]) said.push(`From memory: ${number(memory.spread)} off on average, answered in ${this.memory[this.zoom].latencyMillis} ms, frames re-read: ${this.memory[this.zoom].framesReRead}.`);
    else if (this.refused) said.push(`The job did not answer (${this.refused.replace(/[.?!]$/, '')}); the curve is the latest summary’s.`);
    if (forecast) said.push(`Expected: by what is usual at that hour of the week${forecast.spread > 0 ? ', with bands of one and two deviations' : ''}.`);
    this.note.textContent = said.join(' ');
  }

  range(view, layers) {
    let low = Infinity;
    let high = -Infinity;
    const take = (value, spread = 0) => {
      if (!Number.isFinite(value)) return;
      low = Math.min(low, value - spread);
      high = Math.max(high, value + spread);
    };
    layers.seen?.forEach(p => { if (p.time >= view.from && p.time <= view.to) take(p.value); });
    layers.memory?.points.forEach(p => { if (p.time >= view.from && p.time <= view.to) take(p.value, layers.memory.spread); });
    layers.forecast?.points.forEach(p => { if (p.time <= view.to) take(p.value, layers.forecast.spread); });
    if (!(low <= high)) [low, high] = [0, 1];
    if (low > 0 && low < high * .5) low = 0;
    const room = (high - low || Math.abs(high) || 1) * .06;
    return { ...view, low: low === 0 ? 0 : low - room, high: high + room };
  }

  weekFromMemory() { return this.week?.answer?.activity?.values.some(v => v !== null); }

  weeksKnown() { return Math.max(1, this.week.answer.figures?.weeks ?? 1); }

  /** 168 hours from Monday on: the memory's usual week, else the last seven days as read here. */
  weekValues() {
    if (this.weekFromMemory()) {
      const { from, values } = this.week.answer.activity;
      const week = Array(168).fill(NaN);
      values.forEach((v, i) => { week[hourOfWeek(from + i * HOUR)] = v ?? NaN; });
      return week;
    }
    const week = Array(168).fill(NaN);
    const curve = this.detail?.curves.week;
    curve?.v.forEach((v, i) => { if (curve.k[i] > '1') week[hourOfWeek(curve.from + i * curve.step)] = v ?? NaN; });
    return week;
  }

  usualIn(view) {
    if (!this.weekFromMemory()) return null;
    const week = this.weekValues();
    const points = [];
    for (let t = Math.floor(view.from / HOUR) * HOUR; t <= view.present; t += HOUR) points.push({ time: t + HOUR / 2, value: week[hourOfWeek(t)] });
    return { points, spread: finite(this.week.answer.figures?.deviation) };
  }

  memoryIn(view) {
    const reply = this.memory[view.zoom];
    let curve = reply?.answer?.status === 'ok' ? reply.answer.activity : null;
    if (!curve) {
      // Nobody answers: what the latest summary says of this stretch.
      const told = [...this.detail.summaries].sort((a, b) => b.to - a.to).find(s => s.to > view.from && s.activity.values.length > 1);
      curve = told?.activity;
    }
    if (!curve?.values.length) return null;
    return { points: points(curve), spread: finite(curve.error) };
  }

  forecastIn(view) {
    const answer = this.expected?.answer;
    if (answer?.status !== 'ok' || !answer.activity.values.some(v => v !== null)) return null;
    const layer = { points: points(answer.activity), spread: finite(answer.figures?.deviation) };
    const low = answer.low ?? answer.activity.low;
    const high = answer.high ?? answer.activity.high;
    if (low?.values && high?.values) Object.assign(layer, { low: low.values.map(v => v ?? NaN), high: high.values.map(v => v ?? NaN) });
    layer.points = layer.points.map(p => p.time < view.present - HOUR ? { ...p, value: NaN } : p);
    return layer;
  }

  point(event) {
    if (!this.current) return;
    const box = this.chart.getBoundingClientRect();
    const f = frame(this.chart, this.current);
    const time = f.time(event.clientX - box.left);
    if (time < this.current.from || time > this.current.to) {
      this.tip.hidden = true;
      return;
    }
    this.cursor = time;
    this.draw();
    const near = this.seen.find(p => Math.abs(p.time - time) <= this.step / 2);
    const said = near && Number.isFinite(near.value) ? `activity ${number(near.value)}` : time > this.current.present ? 'to come' : 'no data';
    const alert = this.detail.alerts.find(a => a.openedAt <= time && (a.closedAt || Infinity) >= time);
    this.tip.replaceChildren(element('b', '', `${date(time)}, ${clock(time, this.step < MINUTE)}`), document.createTextNode([said, alert ? state(alert.kind) : ''].filter(Boolean).join(' · ')));
    this.tip.hidden = false;
    this.tip.style.left = `${Math.max(8, Math.min(innerWidth - this.tip.offsetWidth - 8, event.clientX + 14))}px`;
    this.tip.style.top = `${box.top + 26}px`;
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
        this.draw();
      });
      return button;
    }));
  }
}

const finite = value => Number.isFinite(value) ? value : 0;

const points = curve => curve.values.map((v, i) => ({ time: curve.from + (i + .5) * curve.stepMillis, value: v ?? NaN }));

function pane(title, tool, ...parts) {
  const section = element('section', 'card pane');
  const head = element('div', 'pane-head');
  head.append(element('h2', '', title));
  if (tool) head.append(tool);
  section.append(head, ...parts);
  return section;
}

/** A row of choices, one of which holds; arrow keys move among them. */
export function segments(choices, chosen, choose, label) {
  const group = element('div', 'segments');
  group.setAttribute('role', 'radiogroup');
  group.setAttribute('aria-label', label);
  const buttons = choices.map(([value, text]) => {
    const button = element('button', '', text);
    button.type = 'button';
    button.dataset.value = value;
    button.setAttribute('role', 'radio');
    return button;
  });
  const set = (value, tell) => {
    for (const button of buttons) {
      button.setAttribute('aria-checked', String(button.dataset.value === value));
      button.tabIndex = button.dataset.value === value ? 0 : -1;
    }
    if (tell) choose(value);
  };
  group.append(...buttons);
  group.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (button) set(button.dataset.value, true);
  });
  group.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = buttons.findIndex(b => b.tabIndex === 0);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    next.focus();
    set(next.dataset.value, true);
  });
  set(chosen, false);
  group.set = value => set(value, false);
  return group;
}
