import { render } from 'preact';

/**
 * Runs a page. Where it can't even begin, what stands in the file stays, and says what to do.
 * @param {() => Promise<void>} begin
 */
export function run(begin) {
  begin().catch((error) => {
    document.getElementById('failed')?.removeAttribute('hidden');
    throw error;
  });
}

let shown = false;

/**
 * Shows the page in the place of what stands in the file, or of what was shown before.
 * @param {import('preact').ComponentChild} page
 */
export function show(page) {
  const place = document.getElementById('page');
  if (!place) throw new Error('the file has no place for its page');
  if (!shown) place.replaceChildren();
  shown = true;
  render(page, place);
}

/** @param {string} title */
export function entitle(title) {
  document.title = title;
}

/**
 * Puts the page into an organization's own colours, or into ours where it has none, and has the sign-in do the same.
 * @param {import('../calls/worker.js').Accent | null} accent
 */
export function wear(accent) {
  // Another organization's may be there: that of whoever signed in before.
  document.documentElement.removeAttribute('style');
  try {
    localStorage.setItem('accent', JSON.stringify(accent));
  } catch {
    // Storage is switched off: the sign-in is in our colours then.
  }
  if (accent) dress(document.documentElement, accent);
}

/**
 * Gives an element the colours of an organization.
 * @param {HTMLElement} element
 * @param {import('../calls/worker.js').Accent} accent
 */
export function dress(element, { light, dark }) {
  const darkTokens = tokensOf(dark);
  tokensOf(light).forEach(([name, shade], at) => element.style.setProperty(name, `light-dark(${shade},${darkTokens[at]?.[1]})`));
}

/** @param {import('../calls/worker.js').Accent['light']} shades @returns {[string, string][]} */
const tokensOf = ({ color, strong, soft, button }) => [
  ['--accent', color],
  ['--accent-strong', strong],
  ['--accent-soft', soft],
  ['--button', button.color],
  ['--button-strong', button.strong],
  ['--button-edge', button.edge],
  ['--on-accent', button.text],
];

/**
 * Says something to those who don't see the page.
 * @param {string} text
 */
export function announce(text) {
  const place = document.getElementById('announced');
  if (place) place.textContent = text;
}
