// The list of strips. Only the rows on the screen exist; they are used again as the list scrolls.
import { DAY, HOUR, MINUTE, clock, date, duration, element, number, path, plural, state, urgency, weekday } from './format.js';
import { hatch, sign, sized } from './glyphs.js';
import { colour, onPalette, shade } from './palette.js';
import { drawStrip } from './strip.js';
import { ZOOMS } from './store.js';

const BEYOND = 6;
const SOURCES = ['no data', 'no event, as its rhythm allows', 'from a summary’s coarser curve', 'from a summary’s curve', ''];

export class Strips {
  constructor(parts, store, live) {
    Object.assign(this, parts);
    this.store = store;
    this.live = live;
    this.order = 'attention';
    this.find = '';
    this.zoom = 'day';
    this.rows = [];
    this.pool = new Map();
    this.focused = 0;
    this.space = element('div', 'list-space');
    this.list.append(this.space);
    this.list.addEventListener('scroll', () => this.schedule(), { passive: true });
    this.list.addEventListener('keydown', event => this.key(event));
    this.list.addEventListener('focusin', event => {
      const row = event.target.closest('.row');
      if (row) this.focused = row.position;
    });
    this.list.addEventListener('pointermove', event => this.point(event));
    this.list.addEventListener('pointerleave', () => { this.tip.hidden = true; });
    new ResizeObserver(() => { this.stale = true; this.schedule(); }).observe(this.list);
    onPalette(() => { this.stale = true; this.legend(); this.schedule(); });
    this.legend();
  }

  set(change) {
    Object.assign(this, change);
    if (change.zoom) this.watchedKey = null;
    this.sort();
    if ('find' in change || 'order' in change) this.list.scrollTop = 0;
  }

  /** Puts the streams in order again; not more often than people can follow. */
  sort() {
    this.rows = this.store.sorted(this.order, this.find);
    this.sortedAt = performance.now();
    this.sortDue = false;
    this.schedule();
  }

  tick(detail) {
    if (detail.lines.length) this.sortDue = true;
    const reading = this.list.scrollTop > 0 || this.list.contains(document.activeElement);
    // Rows do not move under somebody's eyes while the list is scrolled or walked through.
    if (this.sortDue && (!this.rows.length || performance.now() - (this.sortedAt ?? -1e9) > (reading ? 15_000 : 2_000))) this.sort();
    this.schedule();
  }

  forget() {
    this.watchedKey = null;
    this.rows = [];
    this.sortDue = true;
  }

  schedule() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.render();
    });
  }

  /** Few streams get more room each. */
  get rowHeight() {
    const least = matchMedia('(max-width: 720px)').matches ? 78 : 54;
    return Math.max(least, Math.min(least + 38, Math.floor(this.list.clientHeight / Math.max(1, this.rows.length))));
  }

  render() {
    if (!this.list.offsetParent && !this.list.getClientRects().length) return;
    const height = this.rowHeight;
    const total = this.rows.length;
    this.space.style.height = `${total * height}px`;
    if (this.height !== height) {
      this.height = height;
      this.stale = true;
      this.list.style.setProperty('--row', `${height}px`);
    }
    const first = Math.max(0, Math.floor(this.list.scrollTop / height) - BEYOND);
    const last = Math.min(total - 1, Math.ceil((this.list.scrollTop + this.list.clientHeight) / height) + BEYOND);
    const wanted = new Set();
    for (let i = first; i <= last; i++) wanted.add(this.rows[i].n);
    const free = [];
    for (const [n, row] of this.pool) {
      if (!wanted.has(n)) {
        free.push(row);
        this.pool.delete(n);
      }
    }
    for (let i = first; i <= last; i++) {
      const stream = this.rows[i];
      let row = this.pool.get(stream.n);
      if (!row) {
        row = free.pop() ?? this.row();
        row.drawn = row.said = null;
        this.pool.set(stream.n, row);
        if (!row.item.isConnected) this.space.append(row.item);
      }
      row.link.position = i;
      row.stream = stream;
      row.link.stream = stream;
      this.place(row, stream, i, total, height);
    }
    free.forEach(row => row.item.remove());
    this.stale = false;
    this.axisLabels();
    this.watch(first, last);
  }

  row() {
    const item = element('div');
    item.setAttribute('role', 'listitem');
    const link = element('a', 'row');
    const name = element('span', 'row-name');
    const id = element('span', 'row-id');
    const said = element('span', 'row-state');
    const strip = element('canvas', 'row-strip');
    strip.setAttribute('aria-hidden', 'true');
    const now = element('span', 'row-now');
    const value = element('b');
    const ago = element('i');
    now.append(value, ago);
    name.append(id, said);
    link.append(name, strip, now);
    item.append(link);
    return { item, link, id, state: said, strip, value, ago };
  }

  place(row, stream, position, total, height) {
    row.item.setAttribute('aria-setsize', total);
    row.item.setAttribute('aria-posinset', position + 1);
    row.link.style.transform = `translateY(${position * height}px)`;
    row.link.tabIndex = position === Math.min(this.focused, total - 1) ? 0 : -1;
    const cells = this.store.strips.get(stream.n);
    const zoom = ZOOMS[this.zoom];
    const fits = cells && cells.step === zoom.step ? cells : null;
    const said = `${stream.id}|${stream.state}|${stream.open}`;
    if (row.said !== said) {
      row.said = said;
      row.link.href = path(stream.id);
      row.id.textContent = stream.id;
      row.link.title = '';
      const tone = urgency(stream.state);
      row.state.className = `row-state ${tone}`;
      row.state.replaceChildren(sign(stream.state, 11), document.createTextNode(
        state(stream.state) + (stream.open > 1 ? `, ${stream.open} open` : '')));
    }
    const silent = stream.last ? this.store.present - stream.last : null;
    row.value.textContent = stream.now === null ? '' : number(stream.now);
    row.ago.textContent = silent === null ? '' : silent < 90_000 ? 'now' : `${duration(silent)} ago`;
    row.link.setAttribute('aria-label', [stream.id, state(stream.state),
      stream.open ? plural(stream.open, 'open alert') : '',
      stream.now === null ? '' : `activity ${number(stream.now)}`,
      silent === null ? '' : silent < 90_000 ? 'heard of just now' : `last heard of ${duration(silent)} ago`,
    ].filter(Boolean).join(', '));
    const edge = Math.floor(this.store.present / zoom.step);
    const drawn = `${fits?.version}|${edge}|${this.zoom}`;
    if (this.stale || row.drawn !== drawn) {
      row.drawn = drawn;
      drawStrip(row.strip, fits, this.store.present, zoom.cells);
    }
  }

  /** Asks for the strips that are shown; only when others are shown than before. */
  watch(first, last) {
    const numbers = this.rows.slice(first, last + 1).map(s => s.n);
    const key = `${this.store.page}|${this.zoom}|${numbers.join()}`;
    if (!numbers.length || key === this.watchedKey) return;
    this.watchedKey = key;
    clearTimeout(this.asking);
    const ask = () => {
      this.askedAt = performance.now();
      this.live.watch(this.zoom, numbers).then(() => this.schedule(), () => { this.watchedKey = null; });
    };
    // While the list flies past, the server is asked ten times a second at most.
    const wait = 100 - (performance.now() - (this.askedAt ?? -1e9));
    if (wait <= 0) ask();
    else this.asking = setTimeout(ask, wait);
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.list.clientHeight / this.rowHeight) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -1e9, End: 1e9 };
    if (!(event.key in steps) || !this.rows.length) return;
    event.preventDefault();
    this.focused = Math.max(0, Math.min(this.rows.length - 1, this.focused + steps[event.key]));
    const top = this.focused * this.rowHeight;
    const box = this.list;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + this.rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + this.rowHeight - box.clientHeight;
    this.render();
    this.pool.get(this.rows[this.focused].n)?.link.focus({ preventScroll: true });
  }

  point(event) {
    const row = event.target.closest?.('.row');
    const canvas = row?.querySelector('.row-strip');
    const box = canvas?.getBoundingClientRect();
    if (!box || event.clientX < box.left || event.clientX > box.right || event.clientY < box.top) {
      this.tip.hidden = true;
      return;
    }
    const zoom = ZOOMS[this.zoom];
    const cells = this.store.strips.get(row.stream.n);
    if (!cells || cells.step !== zoom.step) return;
    const first = Math.floor(this.store.present / zoom.step) - zoom.cells + 1;
    const cell = first + Math.min(zoom.cells - 1, Math.floor((event.clientX - box.left) / box.width * zoom.cells));
    const source = cells.source(cell);
    const from = cell * zoom.step;
    const text = source === 0 ? 'no data' : `activity ${number(cells.value(cell))}${SOURCES[source] ? ', ' + SOURCES[source] : ''}`;
    const over = cells.marks.filter(m => m.from < from + zoom.step && (m.to || Infinity) > from).map(m => state(m.kind));
    this.tip.replaceChildren(element('b', '', `${date(from)}, ${clock(from, zoom.step < MINUTE)}`),
      document.createTextNode([text, ...new Set(over)].join(' · ')));
    this.tip.hidden = false;
    const wide = this.tip.offsetWidth;
    this.tip.style.left = `${Math.max(8, Math.min(innerWidth - wide - 8, event.clientX - wide / 2))}px`;
    this.tip.style.top = `${box.bottom + 6 + this.tip.offsetHeight > innerHeight ? box.top - this.tip.offsetHeight : box.bottom + 4}px`;
  }

  axisLabels() {
    const zoom = ZOOMS[this.zoom];
    const end = (Math.floor(this.store.present / zoom.step) + 1) * zoom.step;
    const width = this.track.clientWidth;
    const key = `${end}|${width}|${this.zoom}`;
    if (!this.store.present || key === this.axisKey) return;
    this.axisKey = key;
    const span = zoom.step * zoom.cells;
    const grids = { hour: [5, 10, 15, 30].map(m => m * MINUTE), day: [2, 3, 4, 6, 12].map(h => h * HOUR), week: [DAY] }[this.zoom];
    const grid = grids.find(g => width / (span / g) >= 58) ?? grids.at(-1);
    const labels = [];
    for (let t = Math.ceil((end - span) / grid) * grid; t <= end; t += grid) {
      const midnight = t % DAY === 0;
      const at = (t - end + span) / span * 100;
      if (at * width / 100 < 18 || (100 - at) * width / 100 < 18) continue;
      const label = element('span', midnight ? 'day' : '', midnight ? (this.zoom === 'week' && width < 500 ? weekday(t) : date(t)) : clock(t, false));
      label.style.left = `${at}%`;
      labels.push(label);
    }
    this.track.replaceChildren(...labels);
  }

  legend() {
    const ramp = document.createElement('canvas');
    ramp.style.width = '72px';
    const c = sized(ramp, 72, 12);
    for (let i = 0; i < 72; i++) {
      c.fillStyle = shade(i / 71);
      c.fillRect(i, 0, 1, 12);
    }
    const none = document.createElement('canvas');
    none.style.width = '26px';
    hatch(sized(none, 26, 12), 0, 0, 26, 12);
    const held = document.createElement('canvas');
    held.style.width = '26px';
    const h = sized(held, 26, 12);
    h.fillStyle = colour('nothing');
    h.fillRect(0, 0, 26, 12);
    h.fillStyle = shade(.4);
    h.fillRect(0, 4.5, 26, 3);
    const entry = (picture, text) => {
      const span = element('span');
      picture.setAttribute('aria-hidden', 'true');
      span.append(picture, document.createTextNode(text));
      return span;
    };
    const signs = ['novelty', 'covered', 'defocused', 'moved', 'frozen', 'offline']
      .map(kind => {
        const picture = sign(kind, 12);
        picture.style.width = '12px';
        return entry(picture, state(kind));
      });
    this.legendBox.replaceChildren(entry(ramp, 'quiet to busy for that stream'), entry(none, 'no data'), entry(held, 'between events'), ...signs);
  }
}
