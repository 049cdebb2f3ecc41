// What this page knows: the directory of streams, the alerts, the strips it has been sent.
import { urgency } from './format.js';

const STRIPS_KEPT = 600;
const ALERTS_KEPT = 500;
const NAMES = new Intl.Collator('en', { numeric: true });
export const ZOOMS = {
  hour: { label: 'Hour', step: 15_000, cells: 240 },
  day: { label: 'Day', step: 300_000, cells: 288 },
  week: { label: 'Week', step: 3_600_000, cells: 168 },
};

/** The cells of one strip, by their number since 1970; as many as are shown and a few ahead. */
export class Cells {
  constructor(zoom) {
    this.step = ZOOMS[zoom].step;
    this.size = ZOOMS[zoom].cells + 16;
    this.numbers = new Float64Array(this.size).fill(NaN);
    this.values = new Float32Array(this.size);
    this.sources = new Uint8Array(this.size);
    this.marks = [];
    this.version = 0;
  }

  take(strip) {
    if (strip.whole) this.numbers.fill(NaN);
    const first = Math.round(strip.from / this.step);
    for (let i = 0; i < strip.v.length; i++) {
      const at = (first + i) % this.size;
      this.numbers[at] = first + i;
      this.values[at] = strip.v[i] ?? NaN;
      this.sources[at] = strip.k.charCodeAt(i) - 48;
    }
    if (strip.marks) this.marks = strip.marks;
    this.version++;
  }

  /** Where the mean of that cell comes from: 0 nothing, 1 held, 2 and 3 a curve, 4 events. */
  source(cell) {
    const at = cell % this.size;
    return this.numbers[at] === cell ? this.sources[at] : 0;
  }

  value(cell) { return this.values[cell % this.size]; }
}

export class Store extends EventTarget {
  constructor() {
    super();
    this.reset();
  }

  reset() {
    this.page = null;
    this.run = null;
    this.connected = false;
    this.awaySince = 0;
    this.streams = [];
    this.byId = new Map();
    this.alerts = [];
    this.alertAt = new Map();
    this.strips = new Map();
    this.present = 0;
    this.events = 0;
    this.eventRate = 0;
    this.open = 0;
    this.refused = 0;
    this.link = { state: 'connecting', broker: '', since: 0, share: 0, remarks: [] };
    this.lastTick = null;
  }

  tell(name, detail) { this.dispatchEvent(new CustomEvent(name, { detail })); }

  takeTick(tick) {
    const before = this.lastTick;
    if (before && tick.now > before.now) {
      const rate = (tick.events - before.events) / ((tick.now - before.now) / 1000);
      this.eventRate = this.eventRate ? this.eventRate * .6 + rate * .4 : rate;
    }
    this.lastTick = tick;
    Object.assign(this, { present: tick.present, events: tick.events, open: tick.open, refused: tick.refused, link: tick.link });
    for (const line of tick.lines) {
      const known = this.streams[line.n];
      if (known) Object.assign(known, line);
      else {
        this.streams[line.n] = { last: 0, now: null, ...line };
        this.byId.set(line.id, this.streams[line.n]);
      }
    }
    const fresh = [];
    for (const alert of tick.alerts) {
      if (!this.alertAt.has(alert.key)) fresh.push(alert);
      this.alertAt.set(alert.key, alert);
    }
    if (tick.alerts.length) {
      this.alerts = [...this.alertAt.values()].sort((a, b) => b.openedAt - a.openedAt);
      for (const old of this.alerts.splice(ALERTS_KEPT)) this.alertAt.delete(old.key);
      for (const alert of tick.alerts) this.mark(alert);
    }
    this.takeStrips(null, tick.strips);
    this.tell('tick', { lines: tick.lines, alerts: tick.alerts, fresh });
  }

  mark(alert) {
    const cells = this.strips.get(alert.stream);
    if (!cells) return;
    cells.marks = cells.marks.filter(m => m.kind !== alert.kind || m.from !== alert.openedAt);
    cells.marks.push({ kind: alert.kind, from: alert.openedAt, to: alert.closedAt });
    cells.version++;
  }

  takeStrips(zoom, strips) {
    for (const strip of strips) {
      let cells = this.strips.get(strip.n);
      if (zoom && (!cells || cells.step !== ZOOMS[zoom].step)) {
        cells = new Cells(zoom);
        this.strips.delete(strip.n);
        this.strips.set(strip.n, cells);
        if (this.strips.size > STRIPS_KEPT) this.strips.delete(this.strips.keys().next().value);
      }
      if (!cells) continue;
      cells.take(strip);
      const stream = this.streams[strip.n];
      if (stream) {
        stream.last = strip.last;
        stream.now = strip.now;
      }
    }
  }

  /** The streams that match, in order. */
  sorted(order, find) {
    const wanted = find.trim().toLowerCase();
    const rows = this.streams.filter(s => s && (!wanted || s.id.toLowerCase().includes(wanted)));
    const rank = s => ({ look: 0, ill: 1, '': 2 })[urgency(s.state)];
    const byName = (a, b) => NAMES.compare(a.id, b.id);
    const orders = {
      name: byName,
      recent: (a, b) => b.lastAlertAt - a.lastAlertAt || byName(a, b),
      attention: (a, b) => rank(a) - rank(b) || (rank(a) < 2 ? b.lastAlertAt - a.lastAlertAt : 0) || byName(a, b),
    };
    return rows.sort(orders[order] ?? byName);
  }
}
