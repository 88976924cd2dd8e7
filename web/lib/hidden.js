/** Characters that do not show, or that turn the direction of writing: what kind they are. */

/** @typedef {'control' | 'invisible' | 'direction'} Hidden */

const DIRECTION = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

/**
 * The kind of character that the API refused in a text, which it names by its number: `(U+200B)`.
 * @param {string | undefined} refusal
 * @returns {Hidden | undefined}
 */
export function hiddenIn(refusal) {
  const code = /\(U\+([0-9A-F]{4,6})\)/.exec(refusal ?? '')?.[1];
  if (code === undefined) return undefined;
  const character = String.fromCodePoint(Number.parseInt(code, 16));
  if (DIRECTION.test(character)) return 'direction';
  return CONTROL.test(character) ? 'control' : 'invisible';
}
