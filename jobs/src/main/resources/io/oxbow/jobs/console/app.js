// Starts the page, shows what its address says, and says how the connection stands.
import { AlertFeed } from './alerts.js';
import { AskForm } from './ask.js';
import { HOUR, clock, count, duration, element, plural } from './format.js';
import { Live } from './live.js';
import * as palette from './palette.js';
import { segments } from './parts.js';
import { Store, ZOOMS } from './store.js';
import { StreamPage } from './stream.js';
import { Strips } from './strips.js';

const $ = id => document.getElementById(id);
palette.start($('theme'));
const store = new Store();
const live = new Live(store);
const strips = new Strips({
  list: $('list'), track: $('axis-track'), tip: $('tip'), legendBox: $('legend'),
}, store, live);
const feed = new AlertFeed($('feed'), $('alert-count'), $('announce'), store);
const streamPage = new StreamPage($('stream'), $('tip'), store, live);
new AskForm($('ask'), store, live);
feed.draw();

const zoom = segments(Object.entries(ZOOMS).map(([value, z]) => [value, z.label]), strips.zoom, value => {
  zoomChosen = true;
  store.zoom = value;
  strips.set({ zoom: value });
}, 'Time shown');
let zoomChosen = false;
$('zoom').replaceWith(zoom);
$('order').addEventListener('change', event => strips.set({ order: event.target.value }));
$('find').addEventListener('input', event => strips.set({ find: event.target.value }));
$('find').addEventListener('keydown', event => {
  if (event.key === 'ArrowDown') $('list').querySelector('.row[tabindex="0"]')?.focus();
});

let remarksSeen = 0;
let closedBanner = '';

store.addEventListener('hello', event => {
  strips.forget();
  remarksSeen = 0;
  if (event.detail.restarted) banner(`The console was started anew at ${clock(Date.now())}; what is shown is what it has read since.`, false);
  else if (event.detail.away) banner(`The console was out of reach for ${duration(Date.now() - event.detail.away)} and is back; nothing is missing here.`, false);
});
store.addEventListener('away', () => {
  status();
});
store.addEventListener('tick', event => {
  if (!zoomChosen && store.present) chooseZoom();
  strips.tick(event.detail);
  feed.tick(event.detail);
  status();
});

/** A short past fills an hour's strip; a day's would be one hatched field. */
function chooseZoom() {
  const oldest = Math.min(...store.streams.slice(0, 50).map(s => s?.first ?? Infinity));
  const span = store.present - oldest;
  const wanted = span < 3 * HOUR ? 'hour' : 'day';
  if (Number.isFinite(span) && wanted !== strips.zoom) {
    zoom.set(wanted);
    store.zoom = wanted;
    strips.set({ zoom: wanted });
  }
}

function status() {
  const link = store.link;
  const dot = $('pulse-dot');
  const text = $('pulse-text');
  $('clock').textContent = store.present ? `${clock(store.present)} UTC` : '–';
  $('stream-count').textContent = store.streams.length ? count(store.streams.length) + (store.refused ? ` and more that are not shown` : '') : '';
  if (!store.connected) {
    dot.className = 'dot lost';
    text.textContent = 'Console out of reach, trying again …';
    banner(`This page has not heard from the console since ${clock(store.awaySince || Date.now())}. What is shown is as of then.`, true, 'away');
    return;
  }
  if (link.state === 'lost') {
    dot.className = 'dot lost';
    text.textContent = `Kafka at ${link.broker} does not answer`;
    banner(`Kafka at ${link.broker} has not answered since ${clock(link.since)} UTC. What is shown is as of then; reading goes on when it is back.`, true, 'lost');
  } else {
    dot.className = link.state === 'live' ? 'dot live' : 'dot';
    const parts = { 'connecting': ['Waiting for Kafka …'], 'catching-up': [`Reading what is there, ${Math.round(link.share * 100)} %`], 'live': ['Live'] }[link.state];
    if (store.streams.length) parts.push(plural(store.streams.length, 'stream'));
    if (link.state === 'live' && store.eventRate >= .05) parts.push(`${count(Number(store.eventRate.toPrecision(3)))} events a second`);
    if (link.unreadable) parts.push(`${plural(link.unreadable, 'record')} unreadable`);
    text.textContent = parts.join(' · ');
    const remark = link.remarks.at(-1);
    if (remark && remark.number > remarksSeen) {
      remarksSeen = remark.number;
      banner(remark.text, !/Nothing was lost/.test(remark.text), `remark-${remark.number}`);
    } else if (['away', 'lost'].includes($('banner').dataset.kind)) {
      $('banner').hidden = true;
      $('banner').dataset.kind = '';
    }
  }
  empty();
}

function banner(sentence, bad, kind = 'note') {
  const box = $('banner');
  if (closedBanner === kind + sentence) return;
  if (!box.hidden && box.dataset.said === sentence) return;
  const close = element('button', '', 'Dismiss');
  close.type = 'button';
  close.addEventListener('click', () => {
    closedBanner = kind + sentence;
    box.hidden = true;
  });
  box.className = bad ? 'banner bad' : 'banner';
  box.dataset.kind = kind;
  box.dataset.said = sentence;
  box.replaceChildren(element('span', '', sentence), close);
  box.hidden = false;
}

function empty() {
  const box = $('empty');
  const nothing = strips.rows.length === 0;
  box.hidden = !nothing;
  $('list').hidden = nothing;
  $('axis').style.visibility = nothing ? 'hidden' : '';
  if (!nothing) return;
  const reading = store.link.state === 'catching-up';
  const key = `${store.streams.length > 0}|${strips.find}|${store.link.state}|${Math.round(store.link.share * 100)}`;
  if (box.dataset.key === key) return;
  box.dataset.key = key;
  if (store.streams.length && strips.find) {
    box.replaceChildren(element('strong', '', `No stream is called like “${strips.find}”`), element('span', '', 'Part of its name is enough.'));
  } else if (reading) {
    const meter = element('div', 'meter');
    const bar = element('i');
    bar.style.width = `${store.link.share * 100}%`;
    meter.append(bar);
    box.replaceChildren(element('strong', '', 'Reading what is there'), meter);
  } else {
    const code = element('code', '', './oxbow ingest video door.mp4 --stream door --broker ' + (store.link.broker || 'localhost:9092'));
    box.replaceChildren(element('strong', '', store.link.state === 'live' ? 'No stream has been seen yet' : 'Waiting for Kafka'),
      element('span', '', store.link.state === 'live' ? 'The first appears here with its first event. One of yours:' : 'This page fills by itself when it answers.'), ...(store.link.state === 'live' ? [code] : []));
  }
}

let boardScroll = 0;
let lastRow = '';
function route() {
  const match = location.hash.match(/^#\/stream\/(.+)$/);
  let id = null;
  try { id = match && decodeURIComponent(match[1]); } catch { /* No stream's address. */ }
  if (!$('board').hidden) boardScroll = $('list').scrollTop;
  $('board').hidden = id !== null;
  $('stream').hidden = id === null;
  if (id !== null) {
    lastRow = id;
    document.title = `${id} · Oxbow`;
    streamPage.open(id);
    scrollTo(0, 0);
  } else {
    document.title = 'Oxbow';
    streamPage.close();
    $('stream').replaceChildren();
    if (store.zoom && store.zoom !== strips.zoom) {
      zoom.set(store.zoom);
      strips.set({ zoom: store.zoom });
    }
    strips.schedule();
    $('list').scrollTop = boardScroll;
    if (lastRow) requestAnimationFrame(() => [...$('list').querySelectorAll('.row')].find(r => r.stream?.id === lastRow)?.focus({ preventScroll: true }));
    lastRow = '';
  }
}
addEventListener('hashchange', route);
route();
live.start();
