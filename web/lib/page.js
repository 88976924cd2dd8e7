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

/** @typedef {{ accent: import('../calls/worker_answers.js').Accent | null, logo: import('../calls/worker.js').Logo | null }} Look how an organization's pages look */

/**
 * Puts the page into an organization's own colours, or into ours where it has none. The sign-in does the same, and shows the logo.
 * @param {Look} look
 */
export function wear({ accent, logo }) {
  // Another organization's may be there: that of whoever signed in before.
  document.documentElement.removeAttribute('style');
  try {
    localStorage.setItem('look', JSON.stringify({ accent, logo }));
  } catch {
    // Storage is switched off: the sign-in looks like ours then.
  }
  if (accent) dress(document.documentElement, accent);
}

/**
 * Gives an element the colours of an organization.
 * @param {HTMLElement} element
 * @param {import('../calls/worker_answers.js').Accent} accent
 */
export function dress(element, { light, dark }) {
  const darkTokens = tokensOf(dark);
  tokensOf(light).forEach(([name, shade], at) => element.style.setProperty(name, `light-dark(${shade},${darkTokens[at]?.[1]})`));
}

/** @param {import('../calls/worker_answers.js').Accent['light']} shades @returns {[string, string][]} */
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
