/** What a tab keeps over a reload, if it keeps anything. */

/**
 * @param {string} key
 * @returns {unknown} what was kept; nothing if there is none
 */
export function kept(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    // Storage is switched off, or holds what we didn't write.
    return null;
  }
}

/**
 * @param {string} key
 * @param {unknown} value
 */
export function keep(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is switched off or full.
  }
}

/** @param {string} key */
export function drop(key) {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Storage is switched off, so nothing is there.
  }
}
