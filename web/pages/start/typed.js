import { codeIn } from '../../lib/code.js';

/** A word of letters alone at the beginning of a text, and what follows it. */
const FIRST_WORD = /^[^\p{Alphabetic}\p{N}]*\p{Alphabetic}+(?=[^\p{Alphabetic}\p{N}])(.+)$/su;

/** How many words are looked behind. */
const MOST_WORDS = 20;

/**
 * The code in what somebody typed, who may have typed what stands before it too: `Code: 0123 4567 …`.
 * @param {string} text
 * @returns {string | undefined} none if there is no code in it
 */
export function codeTyped(text) {
  /** @type {string | undefined} */
  let rest = text;
  for (let words = 0; rest !== undefined && words <= MOST_WORDS; words += 1) {
    const code = codeIn(rest);
    if (code) return code;
    rest = FIRST_WORD.exec(rest)?.[1];
  }
  return undefined;
}

/**
 * What is meant as the code, as far as it can be told: what stands behind a colon, unless that is of an address.
 * @param {string} text
 */
export const meant = (text) => (text.includes('/') ? text : text.slice(text.lastIndexOf(':') + 1));
