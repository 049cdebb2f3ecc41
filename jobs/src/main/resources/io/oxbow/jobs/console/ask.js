// A question to the job, about one stream or a group of them.
import { showAnswer } from './answer.js';
import { DAY, HOUR, MINUTE, WEEK, element } from './format.js';

const KINDS = [
  ['status', 'How is it now?'],
  ['summary', 'What happened?'],
  ['history', 'What did it look like?'],
  ['peaks', 'What stood out?'],
  ['compare', 'How does it compare?'],
  ['baseline', 'What is usual?'],
  ['forecast', 'What comes next?'],
];
const RANGES = [[0, 'All of it'], [15 * MINUTE, 'Last 15 minutes'], [HOUR, 'Last hour'], [6 * HOUR, 'Last 6 hours'], [DAY, 'Last day'], [WEEK, 'Last week']];
const MOST_NAMES = 40;
const MOST_GROUPS = 6;
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
    Object.assign(this.stream, { required: true, autocomplete: 'off', spellcheck: false, placeholder: 'gate-1, or gate-* for all of them' });
    this.stream.setAttribute('list', this.names.id);
    this.stream.addEventListener('input', () => this.suggest());
    this.stream.addEventListener('focus', () => this.suggest());
    this.kind = element('select');
    this.kind.append(...KINDS.map(([value, text]) => new Option(text, value)));
    this.range = element('select');
    this.range.append(...RANGES.map(([value, text]) => new Option(text, value)));
    this.button = element('button', 'go', 'Ask');
    if (!fixed) this.form.append(labelled('Stream or group', this.stream, 'wide'), this.names);
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
    const names = [];
    const groups = new Map();
    for (const s of this.store.streams) {
      if (!s?.id.toLowerCase().includes(wanted)) continue;
      if (names.length < MOST_NAMES) names.push(s.id);
      // What comes before the number that tells them apart.
      const group = s.id.match(/^(.+[-_./ ])\d+$/)?.[1];
      if (group) groups.set(group, (groups.get(group) ?? 0) + 1);
    }
    const whole = [...groups].filter(([, size]) => size > 1).sort((a, b) => b[1] - a[1]).slice(0, MOST_GROUPS);
    this.names.replaceChildren(...whole.map(([group, size]) => new Option(`all ${size}`, `${group}*`)), ...names.map(name => new Option('', name)));
  }

  async ask() {
    const span = this.range.disabled ? 0 : Number(this.range.value);
    const whom = this.fixed || this.stream.value.trim();
    const question = {
      streamId: whom,
      group: !this.fixed && isGroup(whom) ? whom : '',
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

  show(reply) {
    this.reply.hidden = false;
    this.reply.className = 'reply';
    showAnswer(this.reply, reply, this.store.present);
  }
}

const isGroup = name => /[*?,]/.test(name);

function labelled(text, field, className = '') {
  const label = element('label', className, text);
  label.append(field);
  return label;
}
