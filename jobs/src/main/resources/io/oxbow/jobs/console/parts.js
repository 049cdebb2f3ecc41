// Pieces that more than one part of the page is made of.
import { element } from './format.js';

/** A card with a heading and, beside it, what is chosen there. */
export function pane(title, tool, ...parts) {
  const section = element('section', 'card pane');
  const head = element('div', 'pane-head');
  head.append(element('h2', '', title));
  if (tool) head.append(tool);
  section.append(head, ...parts);
  return section;
}

/** Says something beside a point of the window, within its edges. */
export function showTip(tip, title, lines, x, y) {
  tip.replaceChildren(element('b', '', title), ...lines.filter(Boolean).map(line => element('span', '', line)));
  tip.hidden = false;
  tip.style.left = `${Math.max(8, Math.min(innerWidth - tip.offsetWidth - 8, x))}px`;
  tip.style.top = `${Math.max(8, Math.min(innerHeight - tip.offsetHeight - 8, y))}px`;
}

/** A row of choices, one of which holds; arrow keys move among them. */
export function segments(choices, chosen, choose, label) {
  const group = element('div', 'segments');
  group.setAttribute('role', 'radiogroup');
  group.setAttribute('aria-label', label);
  const buttons = choices.map(([value, text]) => {
    const button = element('button', '', text);
    button.type = 'button';
    button.dataset.value = value;
    button.setAttribute('role', 'radio');
    return button;
  });
  const set = (value, tell) => {
    for (const button of buttons) {
      button.setAttribute('aria-checked', String(button.dataset.value === value));
      button.tabIndex = button.dataset.value === value ? 0 : -1;
    }
    if (tell) choose(value);
  };
  group.append(...buttons);
  group.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (button) set(button.dataset.value, true);
  });
  group.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = buttons.findIndex(b => b.tabIndex === 0);
    const next = buttons[(at + step + buttons.length) % buttons.length];
    next.focus();
    set(next.dataset.value, true);
  });
  set(chosen, false);
  group.set = value => set(value, false);
  return group;
}
