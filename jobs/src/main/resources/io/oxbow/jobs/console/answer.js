// An answer: what it says, its curve or its ranking, how long it took and what it cost.
import { drawFan, fanParts, fansOf } from './foresight.js';
import { element, moment, number, path, plural, rarity, shortMoment, state } from './format.js';
import { sign, sized } from './glyphs.js';
import { colour } from './palette.js';

const LISTED = 10;
const NAMED = 8;
const FANS = 3;
/** What a group's streams are ordered by, said for one of them. */
const RANKS = {
  status: rank => rank >= 4 ? 'needs mending' : rank >= 2 ? 'unusual' : rank > .4 ? 'not as usual' : 'well',
  peaks: rank => rank > 0 ? rarity(10 ** -rank).replace('one event in ', '1 in ') : 'nothing',
  summary: rank => rank > 0 ? rarity(10 ** -rank).replace('one event in ', '1 in ') : 'nothing',
  compare: rank => `× ${number(Math.exp(rank))} apart`,
};
const ORDER = {
  status: 'what is ill or unusual first', peaks: 'the rarest moment first', summary: 'the rarest moment first',
  compare: 'what differs most first', history: 'the busiest first', baseline: 'the busiest first', forecast: 'the busiest first',
};

export function showAnswer(box, { answer, framesReRead, latencyMillis }, present) {
  const group = Boolean(answer.group);
  const parts = [element('p', '', group ? groupSentence(answer) : answer.text || answer.status)];
  const curve = answer.activity;
  let canvas = null;
  if (curve?.values.some(v => v !== null)) {
    canvas = element('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `Curve of ${plural(curve.values.length, 'cell')} from ${moment(curve.from)}`);
    parts.push(canvas);
  }
  if (answer.kind === 'peaks' && answer.peaks?.length) {
    const list = element('ul', 'moments');
    list.append(...answer.peaks.slice(0, 8).map(p => element('li', '',
      [moment(p.eventTime, present), rarity(p.pValue), p.where].filter(Boolean).join(' · '))));
    parts.push(list);
  }
  const fans = answer.kind === 'forecast' ? fansOf(answer).slice(0, FANS) : [];
  parts.push(...fans.flatMap(fan => fanParts(fan)));
  if (answer.ranking?.length) parts.push(...ranking(answer));
  if (answer.missing?.length) parts.push(missing(answer.missing));
  const cost = element('div', 'cost');
  const say = (label, value) => {
    const span = element('span', '', label);
    span.append(element('b', '', value));
    cost.append(span);
  };
  say('answered in ', `${latencyMillis} ms`);
  say('frames re-read: ', String(framesReRead));
  if (answer.stateVersion) say('from a state of ', plural(answer.stateVersion, 'event'));
  else if (group && answer.asOf) say('as of ', shortMoment(answer.asOf, present));
  if (answer.status !== 'ok') say('', state(answer.status));
  parts.push(cost);
  box.replaceChildren(...parts);
  box.querySelectorAll('.fan').forEach((drawing, i) => drawFan(drawing, fans[i]));
  if (canvas) sketch(canvas, curve, answer.kind === 'forecast' ? answer.figures?.deviation : curve.bound ?? curve.error);
}

function groupSentence({ ranking, missing, figures, text, kind }) {
  const asked = figures?.streams ?? ranking.length + missing.length;
  if (!asked) return text;
  return `${ranking.length} of ${plural(asked, 'stream')} answered${ranking.length > 1 && ORDER[kind] ? `; ${ORDER[kind]}` : ''}.`;
}

/** The streams of a group in their order, each with its own answer to unfold. */
function ranking({ kind, ranking: streams }) {
  const most = Math.max(...streams.map(s => s.rank ?? 0));
  const row = stream => {
    const item = element('li');
    const box = element('details');
    const head = element('summary');
    const measure = element('i', 'bar');
    const length = element('i');
    length.style.width = `${Math.max(0, Math.min(1, (stream.rank ?? 0) / (most || 1))) * 100}%`;
    measure.append(length);
    const known = Number.isFinite(stream.rank);
    head.append(element('span', 'who', stream.streamId), element('b', '', known ? (RANKS[kind] ?? number)(stream.rank) : state(stream.status)), measure);
    const link = element('a', '', `Open ${stream.streamId}`);
    link.href = path(stream.streamId);
    box.append(head, element('p', '', stream.text), link);
    item.append(box);
    return item;
  };
  const list = element('ol', 'ranking');
  list.append(...streams.slice(0, LISTED).map(row));
  if (streams.length <= LISTED) return [list];
  const more = element('button', 'plain', `and ${plural(streams.length - LISTED, 'more stream')}`);
  more.type = 'button';
  more.addEventListener('click', () => {
    const first = row(streams[LISTED]);
    list.append(first, ...streams.slice(LISTED + 1).map(row));
    more.remove();
    first.querySelector('summary').focus();
  });
  return [list, more];
}

function missing(streams) {
  const line = element('p', 'missing');
  const told = streams.slice(0, NAMED).join(', ');
  line.append(sign('offline', 13), document.createTextNode(`Did not answer in time: ${told}${streams.length > NAMED ? ` and ${plural(streams.length - NAMED, 'other')}` : ''}.`));
  return line;
}

/** A curve without axes, in the band of its error. */
function sketch(canvas, curve, spread) {
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const c = sized(canvas, width, height);
  const values = curve.values.map(v => v ?? NaN);
  const known = values.filter(Number.isFinite);
  const error = Number.isFinite(spread) ? spread : 0;
  const low = Math.min(...known) - error;
  const high = Math.max(...known) + error;
  const x = i => (i + .5) / values.length * width;
  const y = v => height - 18 - (v - low) / (high - low || 1) * (height - 26);
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
  c.fillText(moment(curve.from).slice(0, -3), 0, height - 3);
  c.textAlign = 'right';
  c.fillText(`${number(low + error)} – ${number(high - error)}`, width, height - 3);
}
