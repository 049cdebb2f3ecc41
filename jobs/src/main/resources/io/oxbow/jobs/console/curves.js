// What the memory kept beside activity: novelty and the channels it follows, each in the band of its error.
import { ends } from './axes.js';
import { drawCurve } from './chart.js';
import { element, number } from './format.js';
import { pane } from './parts.js';

export class CurvesPane {
  constructor() {
    this.rows = [];
    this.box = element('div', 'curves');
    this.note = element('p', 'note');
    this.root = pane('Remembered', null, this.box, this.note);
  }

  draw({ view, gaps, memory, cursor }) {
    const curves = memory?.curves ?? [];
    this.root.hidden = !curves.length;
    const key = curves.map(curve => curve.name).join('|');
    if (this.key !== key) {
      this.key = key;
      this.rows = curves.map((curve, i) => {
        const title = element('h3', '', curve.name);
        const value = element('span', 'count');
        const head = element('div', 'curve-head');
        head.append(title, value);
        const canvas = element('canvas', i === curves.length - 1 ? 'curve last' : 'curve');
        canvas.setAttribute('role', 'img');
        return { head, canvas, value };
      });
      this.box.replaceChildren(...this.rows.flatMap(row => [row.head, row.canvas]));
    }
    curves.forEach((curve, i) => {
      const row = this.rows[i];
      drawCurve(row.canvas, ends(view, [curve]), curve, gaps, cursor, i === curves.length - 1);
      const near = cursor === null ? null : curve.points.find(p => Math.abs(p.time - cursor) <= curve.step / 2);
      const error = curve.within > 0 ? ` ± ${number(curve.within)}` : '';
      row.value.textContent = near ? (Number.isFinite(near.value) ? number(near.value) + error : 'no data') : error.trim();
      const values = curve.points.map(p => p.value).filter(Number.isFinite);
      row.canvas.setAttribute('aria-label', values.length
        ? `${curve.name}: between ${number(Math.min(...values))} and ${number(Math.max(...values))}${error}`
        : `${curve.name}: nothing is known of the time shown`);
    });
    const note = memory?.reply ? 'Made again from the stream’s state; nine cells in ten lie within the band.' : 'As the latest summary has it; nine cells in ten lie within the band.';
    if (curves.length && this.note.textContent !== note) this.note.textContent = note;
  }
}
