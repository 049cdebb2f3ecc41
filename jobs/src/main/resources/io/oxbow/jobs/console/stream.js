// One stream's page: what was seen against what is usual, what its memory kept, what it expects.
import { ActivityPane } from './activity.js';
import { alertCard } from './alerts.js';
import { AskForm } from './ask.js';
import { drawSurprise } from './chart.js';
import { CurvesPane } from './curves.js';
import { DAY, HOUR, element, moment, plural, state, urgency } from './format.js';
import { ForesightPane } from './foresight.js';
import { sign } from './glyphs.js';
import { Memory } from './memory.js';
import { onPalette } from './palette.js';
import { pane, segments } from './parts.js';
import { PeakList, gathered } from './peaks.js';
import { ZOOMS } from './store.js';
import { WeekPane } from './weekmap.js';

const REFRESH = 3_000;
/** How much of the future each zoom has room for. */
const AHEAD = { hour: 0, day: 6 * HOUR, week: DAY };

export class StreamPage {
  constructor(page, tip, store, live) {
    Object.assign(this, { page, tip, store, live });
    onPalette(() => {
      if (!this.id) return;
      this.activity.legend();
      this.week.stale();
      this.foresight.stale();
      this.describe();
      this.schedule();
    });
  }

  open(id) {
    this.close();
    this.id = id;
    this.zoom = this.store.zoom ?? 'day';
    this.zoomChosen = Boolean(this.store.zoom);
    this.detail = null;
    this.chosen = null;
    this.cursor = null;
    this.memory = new Memory(this.live, id);
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
    this.activity = new ActivityPane(this, this.zooms, this.tip);
    this.surprise = element('canvas', 'chart low');
    this.surprise.setAttribute('role', 'img');
    const surprise = pane('How unusual', null, this.surprise,
      element('p', 'note', 'The most unusual event of each cell; the taller, the rarer on an unchanged stream.'));
    this.curves = new CurvesPane();
    this.foresight = new ForesightPane();
    this.week = new WeekPane(this.tip);
    this.peaks = new PeakList(time => this.focusOn(time));
    this.feed = element('div', 'feed');
    const asking = pane('Ask', null);
    const box = element('div');
    asking.append(box);
    new AskForm(box, this.store, this.live, this.id);

    const main = element('div');
    main.append(this.activity.root, surprise, this.curves.root, this.foresight.root, this.week.root);
    const side = element('div');
    side.append(pane('What stood out', null, this.peaks.root), asking, pane('Alerts', null, this.feed));
    const panes = element('div', 'panes');
    panes.append(main, side);
    this.page.replaceChildren(back, head, this.told, panes);
    this.resize = new ResizeObserver(() => this.schedule());
    this.resize.observe(this.activity.canvas);
    this.title.focus({ preventScroll: true });
  }

  async refresh() {
    const id = this.id;
    try {
      const detail = await this.live.stream(id);
      if (this.id !== id) return;
      const first = !this.detail;
      this.detail = detail;
      if (first && !this.zoomChosen && detail.present - detail.firstEventTime < 3 * HOUR) {
        this.zoom = 'hour';
        this.zooms.set('hour');
      }
      if (this.memory.due(this.zoom, detail.present)) this.askMemory();
      this.describe();
    } catch (failure) {
      if (this.id !== id) return;
      if (!this.detail) {
        this.state.textContent = '';
        this.told.textContent = failure.status === 404 ? `${this.id} has not been seen yet; this page fills when it is.` : `It cannot be shown now: ${failure.message}.`;
      }
    }
    this.schedule();
  }

  async askMemory() {
    if (!this.detail) return;
    const { memory } = this;
    await memory.ask(this.zoom, this.detail.present);
    if (this.memory === memory && this.id) this.schedule();
  }

  describe() {
    const d = this.detail;
    if (!d) return;
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
    const cards = [...d.alerts].reverse().map(a => alertCard(a, d.present, false));
    this.feed.replaceChildren(...(cards.length ? cards : [element('p', 'none', 'No alert so far.')]));
  }

  /** Looks at the time around a moment; at the zoom's whole with null. */
  focusOn(time) {
    this.chosen = time;
    this.schedule();
    if (time !== null) this.activity.root.scrollIntoView({ block: 'nearest', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  }

  /** Somebody points at a moment, in one drawing for all. */
  cursorAt(time) {
    if (this.cursor === time) return;
    this.cursor = time;
    this.schedule();
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

  /** Draws before the next frame, however often it is asked to. */
  schedule() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.id && this.detail && this.activity.canvas.isConnected) this.draw();
    });
  }

  draw() {
    const view = this.view();
    const { detail, memory, cursor, chosen } = this;
    const curve = detail.curves[view.zoom];
    const { cells, gaps } = seen(curve, detail.present);
    const peaks = gathered(detail.summaries.flatMap(s => s.peaks ?? []), memory.peaks());
    const shown = {
      view, detail, cells, gaps, peaks, chosen, cursor, step: curve.step,
      usual: memory.usual(view), memory: memory.remembered(view, detail.summaries), forecast: memory.forecast(view), refused: memory.refused,
    };
    this.activity.draw(shown);
    this.curves.draw(shown);
    this.foresight.draw(memory.expected?.answer);
    this.peaks.draw(peaks, chosen, detail.present);
    this.week.draw(memory, detail.curves.week);
    const bars = cells.map((cell, i) => ({ time: curve.from + i * curve.step, value: curve.surprise[i] ?? 0 })).filter(p => p.value > 0 && p.time >= view.from);
    drawSurprise(this.surprise, view, bars, curve.step, gaps, cursor);
    this.surprise.setAttribute('aria-label', `${plural(bars.filter(p => p.value >= 4.5).length, 'cell')} with an event rarer than one in 30,000.`);
  }
}

/** The cells of a curve as points, and the stretches of which nothing is known. */
function seen(curve, present) {
  const cells = [];
  const gaps = [];
  let gap = null;
  curve.v.forEach((value, i) => {
    const from = curve.from + i * curve.step;
    const source = curve.k.charCodeAt(i) - 48;
    if (source === 0 && from < present) {
      gap ? gap.to = from + curve.step : gaps.push(gap = { from, to: from + curve.step });
    } else gap = null;
    cells.push({ time: from + curve.step / 2, value: source > 0 ? value ?? NaN : NaN });
  });
  return { cells, gaps };
}
