// Alerts, newest first, each with its reason.
import { duration, element, moment, number, path, rarity, state, urgency } from './format.js';
import { sign } from './glyphs.js';

const SHOWN = 120;

export function alertCard(alert, present, withStream = true) {
  const open = !alert.closedAt;
  const card = element('article', `alert ${open ? 'open' : ''} ${urgency(alert.kind)}`);
  card.append(sign(alert.kind, 16, open));
  const text = element('div');
  const line = element('div', 'alert-line');
  if (withStream) {
    const link = element('a', '', alert.streamId);
    link.href = path(alert.streamId);
    line.append(link);
  } else {
    line.append(element('strong', '', state(alert.kind)));
  }
  const time = element('time', '', moment(alert.openedAt, present));
  time.dateTime = new Date(alert.openedAt).toISOString();
  line.append(time);
  const lasted = duration((alert.closedAt || present) - alert.openedAt);
  const what = [withStream ? state(alert.kind) : '', open ? `for ${lasted}, still open` : alert.kind === 'state-reset' ? '' : `over after ${lasted}`]
    .filter(Boolean).join(', ');
  text.append(line, element('div', 'what', what), element('p', '', alert.text || alert.ending));
  if (alert.kind === 'novelty' && alert.pValue > 0 && !/one event in/.test(alert.text)) {
    text.append(element('div', 'what', `${rarity(alert.pValue)} is as unusual; score ${number(alert.score)}`));
  }
  card.append(text);
  return card;
}

export class AlertFeed {
  constructor(feed, count, announce, store) {
    Object.assign(this, { feed, count, announce, store });
    this.waiting = [];
    this.quietUntil = 0;
  }

  tick(detail) {
    const open = this.store.open;
    this.count.textContent = this.store.alerts.length ? `${open} open` : '';
    const key = `${this.store.alerts[0]?.key}|${this.store.alerts.length}`;
    const now = performance.now();
    if (detail.alerts.length || key !== this.key || now - (this.drawnAt ?? 0) > 10_000) {
      this.key = key;
      this.drawnAt = now;
      this.draw();
    }
    this.tell(detail.fresh.filter(a => !a.closedAt), now);
  }

  draw() {
    const kept = this.feed.scrollTop;
    const cards = this.store.alerts.slice(0, SHOWN).map(alert => alertCard(alert, this.store.present));
    this.feed.replaceChildren(...(cards.length ? cards : [element('p', 'none',
      this.store.streams.length ? 'Nothing has stood out so far.' : 'Alerts appear here as they open.')]));
    this.feed.scrollTop = kept;
  }

  /** Reads new alerts out, gathered, so that a listener is not talked over. */
  tell(fresh, now) {
    this.waiting.push(...fresh);
    if (this.first === undefined) {
      this.first = true;
      this.waiting = [];
    }
    if (!this.waiting.length || now < this.quietUntil) return;
    this.quietUntil = now + 6_000;
    const newest = this.waiting.at(-1);
    this.announce.textContent = this.waiting.length === 1
      ? `New alert: ${newest.text}`
      : `${this.waiting.length} new alerts. The newest: ${newest.text}`;
    this.waiting = [];
  }
}
