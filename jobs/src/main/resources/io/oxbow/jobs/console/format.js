// Times, numbers and words as people read them. All times are UTC, as in Oxbow's own sentences.
const pad = n => String(n).padStart(2, '0');
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

export function clock(ms, seconds = true) {
  const d = new Date(ms);
  return `${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}${seconds ? ':' + pad(d.getUTCSeconds()) : ''}`;
}

export function weekday(ms) { return DAYS[new Date(ms).getUTCDay()]; }

export function date(ms) {
  const d = new Date(ms);
  return `${DAYS[d.getUTCDay()]} ${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]}`;
}

/** The time, with the day where it is another than that of `near`. */
export function moment(ms, near = ms) {
  return Math.floor(ms / DAY) === Math.floor(near / DAY) ? clock(ms) : `${date(ms)}, ${clock(ms)}`;
}

/** Short enough for a list; the weekday where it is not today. */
export function shortMoment(ms, near) {
  if (Math.floor(ms / DAY) === Math.floor(near / DAY)) return clock(ms);
  return Math.abs(near - ms) < 6 * DAY ? `${weekday(ms)} ${clock(ms)}` : `${date(ms)}, ${clock(ms, false)}`;
}

export function duration(ms) {
  const s = Math.round(ms / 1000);
  if (s < 60) return `${s} s`;
  if (s < 3600) return s % 60 && s < 600 ? `${Math.floor(s / 60)} min ${s % 60} s` : `${Math.round(s / 60)} min`;
  const m = Math.round(s / 60);
  if (m < 1440) return m % 60 ? `${Math.floor(m / 60)} h ${m % 60} min` : `${m / 60} h`;
  return `${Math.floor(m / 1440)} d ${Math.floor((m % 1440) / 60)} h`;
}

export function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2);
  return String(Number(value.toPrecision(3)));
}

export function count(n) { return n.toLocaleString('en-GB'); }

export function plural(n, noun, many = noun + 's') { return `${count(n)} ${n === 1 ? noun : many}`; }

export function rarity(p) {
  if (p === null || p === undefined || !(p < 1)) return 'rarity unknown';
  const events = 1 / p;
  if (events > 1e9) return 'under one in a billion';
  return `one event in ${count(Number(events.toPrecision(2)))}`;
}

const STATES = {
  ok: 'well', night: 'night mode', novelty: 'unusual', covered: 'covered', defocused: 'out of focus',
  moved: 'moved', frozen: 'frozen', offline: 'offline', 'state-reset': 'memory reset',
};
export function state(kind) { return STATES[kind] ?? String(kind).replaceAll('-', ' '); }

/** Whether the stream asks to be looked at, or its sensor to be mended, or nothing. */
export function urgency(kind) {
  return kind === 'novelty' ? 'look' : kind === 'ok' || kind === 'night' ? '' : 'ill';
}

export function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

export const path = id => `#/stream/${encodeURIComponent(id)}`;
