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
 * Says something to those who don't see the page.
 * @param {string} text
 */
export function announce(text) {
  const place = document.getElementById('announced');
  if (place) place.textContent = text;
}
