/** Characters that do not show, or that turn the direction of writing: what kind they are, and how to show them. */

/** @typedef {'control' | 'invisible' | 'direction'} Hidden */

const DIRECTION = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const SHOWN = /[\p{Cc}\p{Cf}\u034F\u115F\u1160\u17B4\u17B5\u2028\u2029\u2800\u3164\uFFA0]/gu;

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

/**
 * A text in which what does not show is written out.
 * @param {string} text
 */
export const visible = (text) => text.replace(SHOWN, (c) => `⟨U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
