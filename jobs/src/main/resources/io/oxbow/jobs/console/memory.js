// What the job remembers of one stream: asked for, kept, and made into what can be drawn.
// A layer is {points: [{time, value}], bands: [{low, high}]}, the widest band first.
import { HOUR, WEEK, DAY } from './format.js';
import { ZOOMS } from './store.js';

const ASK_AGAIN = 60_000;
const MONDAY = 4 * DAY;
export const hourOfWeek = time => Math.floor((((time - MONDAY) % WEEK) + WEEK) % WEEK / HOUR);

export class Memory {
  constructor(live, id) {
    Object.assign(this, { live, id });
    this.past = {};
    this.week = null;
    this.expected = null;
    this.refused = null;
    this.askedAt = {};
  }

  /** Whether much has passed since that zoom was asked for, by our clock or the stream's: a demo's runs fast. */
  due(zoom, present) {
    const asked = this.askedAt[zoom];
    return !asked || Date.now() - asked.clock > ASK_AGAIN || present - asked.present > ZOOMS[zoom].step * ZOOMS[zoom].cells / 20;
  }

  async ask(zoom, present) {
    this.askedAt[zoom] = { clock: Date.now(), present };
    const span = ZOOMS[zoom].step * ZOOMS[zoom].cells;
    const monday = present - ((present - MONDAY) % WEEK);
    const put = (question, keep) => this.live.ask({ streamId: this.id, ...question }).then(keep);
    const results = await Promise.allSettled([
      put({ kind: 'history', from: Math.max(1, present - span), resolutionMillis: ZOOMS[zoom].step * 3 }, reply => { this.past[zoom] = reply; }),
      put({ kind: 'baseline', from: monday, to: monday + WEEK }, reply => { this.week = reply; }),
      put({ kind: 'forecast', from: 0, to: 0 }, reply => { this.expected = reply; }),
    ]);
    this.refused = results.find(r => r.status === 'rejected')?.reason.message ?? null;
  }

  peaks() { return Object.values(this.past).flatMap(reply => reply.answer?.peaks ?? []); }

  /** The curves of a zoom: the job's answer or, where nobody answers, what the latest summary says of this stretch. */
  remembered(view, summaries) {
    const reply = this.past[view.zoom];
    if (reply?.answer?.status === 'ok' && reply.answer.activity.values.length) return { ...curvesOf(reply.answer), reply };
    const told = [...summaries].sort((a, b) => b.to - a.to).find(s => s.to > view.from && s.activity.values.length > 1);
    return told ? curvesOf(told) : null;
  }

  get weekKnown() { return Boolean(this.week?.answer?.activity?.values.some(v => v !== null)); }

  get weeks() { return Math.max(1, this.week?.answer.figures?.weeks ?? 1); }

  /** The usual week: 168 hours from Monday 00:00 UTC on, NaN where nothing is known. */
  usualWeek() {
    const { from, values } = this.week.answer.activity;
    const week = Array(168).fill(NaN);
    values.forEach((v, i) => { week[hourOfWeek(from + i * HOUR)] = v ?? NaN; });
    return week;
  }

  usual(view) {
    if (!this.weekKnown) return null;
    const week = this.usualWeek();
    const points = [];
    for (let t = Math.floor(view.from / HOUR) * HOUR; t <= view.present; t += HOUR) points.push({ time: t + HOUR / 2, value: week[hourOfWeek(t)] });
    return { points, bands: around(points, this.week.answer.figures?.deviation) };
  }

  forecast(view) {
    const answer = this.expected?.answer;
    if (answer?.status !== 'ok' || !answer.activity.values.some(v => v !== null)) return null;
    const points = pointsOf(answer.activity).map(p => p.time < view.present - answer.activity.stepMillis ? { ...p, value: NaN } : p);
    const deviation = answer.figures?.deviation;
    const bands = [...around(points, 2 * deviation), ...around(points, deviation)];
    return { points, bands, note: `Expected: by what is usual at that hour of the week${bands.length ? ', with bands of one and two deviations' : ''}.` };
  }
}

function curvesOf({ activity, novelty, channels }) {
  const named = [];
  if (novelty?.values.length) named.push({ name: 'Novelty', novelty: true, ...layerOf(novelty) });
  for (const { name, channel, curve } of channels ?? []) {
    if (curve.values.length) named.push({ name: name || `channel ${channel}`, ...layerOf(curve) });
  }
  return { activity: layerOf(activity), curves: named };
}

/** A reconstructed curve in the band that nine of ten of its cells are known to keep to. */
function layerOf(curve) {
  const points = pointsOf(curve);
  const within = Number.isFinite(curve.bound) ? curve.bound : curve.error;
  return { points, bands: around(points, within), step: curve.stepMillis, error: curve.error, within };
}

const pointsOf = curve => curve.values.map((v, i) => ({ time: curve.from + (i + .5) * curve.stepMillis, value: v ?? NaN }));

function around(points, spread) {
  return spread > 0 ? [{ low: points.map(p => p.value - spread), high: points.map(p => p.value + spread) }] : [];
}
