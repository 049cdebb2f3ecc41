// The colours of the page, read off the style sheet, and the ramp between its five stops.
const STEPS = 64;
let colours = {};
let ramp = [];
const listeners = new Set();

export const colour = name => colours[name];
export const shade = level => ramp[Math.max(0, Math.min(STEPS - 1, Math.round(level * (STEPS - 1))))];
export const onPalette = listener => listeners.add(listener);

export function start(button) {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => { try { return localStorage.getItem('oxbow-theme'); } catch { return null; } };
  const apply = () => {
    const theme = chosen() ?? (dark.matches ? 'dark' : 'light');
    document.documentElement.dataset.theme = theme;
    button.setAttribute('aria-pressed', String(theme === 'dark'));
    read();
    listeners.forEach(listener => listener());
  };
  dark.addEventListener('change', apply);
  button.addEventListener('click', () => {
    const next = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
    try { localStorage.setItem('oxbow-theme', next); } catch { /* Then it lasts as long as the page. */ }
    document.documentElement.dataset.theme = next;
    button.setAttribute('aria-pressed', String(next === 'dark'));
    read();
    listeners.forEach(listener => listener());
  });
  apply();
}

function read() {
  const style = getComputedStyle(document.documentElement);
  colours = {};
  for (const name of ['ground', 'surface', 'sunken', 'ink', 'soft', 'faint', 'line', 'strong-line', 'water',
    'water-soft', 'alert', 'alert-soft', 'warn', 'hatch', 'nothing', 'ramp-0', 'ramp-1', 'ramp-2', 'ramp-3', 'ramp-4']) {
    colours[name] = style.getPropertyValue('--' + name).trim();
  }
  const stops = [0, 1, 2, 3, 4].map(i => lab(colours['ramp-' + i]));
  ramp = Array.from({ length: STEPS }, (_, i) => {
    const at = i / (STEPS - 1) * 4;
    const left = Math.min(3, Math.floor(at));
    return css(stops[left].map((c, k) => c + (stops[left + 1][k] - c) * (at - left)));
  });
}

// Mixed in OKLab, where equal steps look equal.
function lab(hex) {
  const [r, g, b] = [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255)
    .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
  const l = Math.cbrt(.4122214708 * r + .5363325363 * g + .0514459929 * b);
  const m = Math.cbrt(.2119034982 * r + .6806995451 * g + .1073969566 * b);
  const s = Math.cbrt(.0883024619 * r + .2817188376 * g + .6299787005 * b);
  return [.2104542553 * l + .793617785 * m - .0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + .4505937099 * s,
    .0259040371 * l + .7827717662 * m - .808675766 * s];
}

function css([L, a, b]) {
  const l = (L + .3963377774 * a + .2158037573 * b) ** 3;
  const m = (L - .1055613458 * a - .0638541728 * b) ** 3;
  const s = (L - .0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [4.0767416621 * l - 3.3077115913 * m + .2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - .3413193965 * s,
    -.0041960863 * l - .7034186147 * m + 1.707614701 * s];
  return `rgb(${rgb.map(c => Math.round(255 * (c <= .0031308 ? 12.92 * c : 1.055 * Math.max(0, c) ** (1 / 2.4) - .055)))
    .map(c => Math.max(0, Math.min(255, c))).join(' ')})`;
}
