// The moments that stood out, to be looked at one by one.
import { element, rarity, shortMoment } from './format.js';
import { sign } from './glyphs.js';

const LISTED = 8;

/** Every known peak once, the rarest first. */
export function gathered(...sources) {
  const found = new Map();
  sources.flat().forEach(peak => found.set(peak.eventTime, peak));
  return [...found.values()].sort((a, b) => a.pValue - b.pValue || b.eventTime - a.eventTime).slice(0, 12);
}

export class PeakList {
  constructor(choose) {
    this.choose = choose;
    this.root = element('ol', 'peaks');
  }

  draw(all, chosen, present) {
    const peaks = all.slice(0, LISTED);
    const key = JSON.stringify([peaks, chosen]);
    if (this.key === key) return;
    this.key = key;
    if (!peaks.length) {
      this.root.replaceChildren(element('li', 'none', 'Nothing has stood out so far.'));
      return;
    }
    const focused = [...this.root.querySelectorAll('button')].indexOf(document.activeElement);
    this.root.replaceChildren(...peaks.map(peak => {
      const item = element('li');
      const button = element('button');
      button.type = 'button';
      button.setAttribute('aria-pressed', String(chosen === peak.eventTime));
      button.append(sign('novelty', 14), element('span', '', shortMoment(peak.eventTime, present)), element('small', '', rarity(peak.pValue)));
      if (peak.where) button.append(element('small', 'where', peak.where));
      button.addEventListener('click', () => this.choose(chosen === peak.eventTime ? null : peak.eventTime));
      item.append(button);
      return item;
    }));
    if (focused >= 0) this.root.querySelectorAll('button')[focused]?.focus();
  }
}
