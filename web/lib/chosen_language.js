/** The language that the reader chose, for all pages. The browser remembers it. */

const KEY = 'language';

/** @returns {string | undefined} */
export function chosenLanguage() {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    // Storage is switched off: the browser's own language is taken.
    return undefined;
  }
}

/** @param {string} tag */
export function rememberLanguage(tag) {
  try {
    localStorage.setItem(KEY, tag);
  } catch {
    // Storage is switched off or full: the choice holds for this page.
  }
}
