// A question to the job, and its answer: what it says, how long it took, what it cost.
import { DAY, HOUR, MINUTE, WEEK, element, moment, number, plural, rarity } from './format.js';
import { sized } from './glyphs.js';
import { colour } from './palette.js';

const KINDS = [
  ['status', 'How is it now?'],
  ['history', 'What did it look like?'],
  ['peaks', 'What stood out?'],
  ['compare', 'How does it compare?'],
  ['baseline', 'What is usual?'],
  ['forecast', 'What comes next?'],
];
const RANGES = [[0, 'All of it'], [15 * MINUTE, 'Last 15 minutes'], [HOUR, 'Last hour'], [6 * HOUR, 'Last 6 hours'], [DAY, 'Last day'], [WEEK, 'Last week']];
const MOST_NAMES = 40;
let forms = 0;

export class AskForm {
  /** With `fixed`, the stream it asks about; else one chooses. */
  constructor(box, store, live, fixed = '') {
    Object.assign(this, { box, store, live, fixed });
    const id = `ask-${++forms}`;
    this.form = element('form', 'form');
    this.names = element('datalist');
    this.names.id = `${id}-names`;
    this.stream = element('input');
    Object.assign(this.stream, { required: true, autocomplete: 'off', spellcheck: false, placeholder: 'its name' });
    this.stream.setAttribute('list', this.names.id);
    this.stream.addEventListener('input', () => this.suggest());
    this.stream.addEventListener('focus', () => this.suggest());
    this.kind = element('select');
    this.kind.append(...KINDS.map(([value, text]) => new Option(text, value)));
    this.range = element('select');
    this.range.append(...RANGES.map(([value, text]) => new Option(text, value)));
    this.button = element('button', 'go', 'Ask');
    if (!fixed) this.form.append(labelled('Stream', this.stream, 'wide'), this.names);
    this.form.append(labelled('Question', this.kind, 'wide'), labelled('Of', this.range), this.button);
    this.form.addEventListener('submit', event => {
      event.preventDefault();
      this.ask();
    });
    this.kind.addEventListener('change', () => this.enable());
    this.reply = element('div', 'reply');
    this.reply.setAttribute('aria-live', 'polite');
    this.reply.hidden = true;
    box.replaceChildren(this.form, this.reply);
    this.enable();
  }

  enable() { this.range.disabled = ['status', 'forecast', 'baseline'].includes(this.kind.value); }

  suggest() {
    const wanted = this.stream.value.toLowerCase();
    const found = [];
    for (const s of this.store.streams) {
      if (s && s.id.toLowerCase().includes(wanted)) found.push(new Option('', s.id));
      if (found.length >= MOST_NAMES) break;
    }
    this.names.replaceChildren(...found);
  }

  async ask() {
    const span = this.range.disabled ? 0 : Number(this.range.value);
    const question = {
      streamId: this.fixed || this.stream.value.trim(),
      kind: this.kind.value,
      from: span ? Math.max(1, this.store.present - span) : 0,
    };
    this.button.disabled = true;
    this.button.textContent = 'Asking …';
    try {
      this.show(await this.live.ask(question));
    } catch (failure) {
      this.fail(failure.message);
    } finally {
      this.button.disabled = false;
      this.button.textContent = 'Ask';
    }
  }

  fail(sentence) {
    this.reply.hidden = false;
    this.reply.className = 'reply failed';
    this.reply.replaceChildren(element('p', '', sentence[0].toUpperCase() + sentence.slice(1) + (/[.?!]$/.test(sentence) ? '' : '.')));
  }

  show({ answer, framesReRead, latencyMillis }) {
    this.reply.hidden = false;
    this.reply.className = 'reply';
    const parts = [element('p', '', answer.text || answer.status)];
    const curve = answer.activity;
    let canvas = null;
    if (curve && curve.values.some(v => v !== null)) {
      canvas = element('canvas');
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', `Curve of ${plural(curve.values.length, 'cell')} from ${moment(curve.from)}`);
      parts.push(canvas);
    }
    if (answer.kind === 'peaks' && answer.peaks?.length) {
      const list = element('ul', 'moments');
      list.append(...answer.peaks.slice(0, 8).map(p => element('li', '',
        `${moment(p.eventTime, this.store.present)} · ${rarity(p.pValue)}`)));
      parts.push(list);
    }
    const cost = element('div', 'cost');
    const say = (label, value) => {
      const span = element('span', '', label);
      span.append(element('b', '', value));
      cost.append(span);
    };
    say('answered in ', `${latencyMillis} ms`);
    say('frames re-read: ', String(framesReRead));
    if (answer.stateVersion) say('from a state of ', plural(answer.stateVersion, 'event'));
    if (answer.status !== 'ok') say('', answer.status);
    parts.push(cost);
    this.reply.replaceChildren(...parts);
    if (canvas) sketch(canvas, curve);
  }
}

function labelled(text, field, className = '') {
  const label = element('label', className, text);
  label.append(field);
  return label;
}

/** A curve without axes, with the band of its error. */
function sketch(canvas, curve) {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const c = sized(canvas, width, height);
  const values = curve.values.map(v => v ?? NaN);
  const known = values.filter(Number.isFinite);
  const error = Number.isFinite(curve.error) ? curve.error : 0;
  const low = Math.min(...known) - error;
  const high = Math.max(...known) + error;
  const x = i => (i + .5) / values.length * width;
  const y = v => height - 16 - (v - low) / (high - low || 1) * (height - 24);
  c.fillStyle = colour('water-soft');
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i]) && error) c.fillRect(x(i - .5), y(values[i] + error), width / values.length + .5, y(values[i] - error) - y(values[i] + error));
  }
  c.strokeStyle = colour('water');
  c.lineWidth = 1.6;
  c.lineJoin = 'round';
  c.beginPath();
  let pen = false;
  values.forEach((v, i) => {
    if (Number.isFinite(v)) {
      if (pen) c.lineTo(x(i), y(v)); else c.moveTo(x(i), y(v));
      pen = true;
    } else pen = false;
  });
  c.stroke();
  c.fillStyle = colour('faint');
  c.font = '11px system-ui, sans-serif';
  c.fillText(moment(curve.from).slice(0, -3), 0, height - 2);
  c.textAlign = 'right';
  c.fillText(`${number(low + error)} – ${number(high - error)}`, width, height - 2);
}
