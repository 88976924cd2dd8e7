/** Reads a link's code as people copy it. It is the rule of `LinkCode::parse` in `shared/src/domain/secret.rs`. */

const LENGTH = 26;

/**
 * The code in a text: a code with blanks or dashes, in any case, with what stood around it, or the address of a link.
 * @param {string} text
 * @returns {string | undefined} none if there is no code in it
 */
export function codeIn(text) {
  const letters = lettersOf(text);
  const [, code] = /^([0-9a-z]{26})$/i.exec(letters) ?? [];
  const read = code?.toLowerCase().replace(/o/g, '0').replace(/[il]/g, '1');
  return read?.includes('u') ? undefined : read;
}

/**
 * The letters and digits of what is meant as a code, up to the length of one; one more if the text goes on with another.
 * @param {string} text
 */
export function lettersOf(text) {
  const [, after] = /\/join\/([^/?#]*)/i.exec(text) ?? [];
  const characters = [...decoded(after ?? text)];
  let letters = '';
  for (const [at, character] of characters.entries()) {
    if (isLetter(character)) letters += character;
    if (letters.length >= LENGTH) return isLetter(characters[at + 1] ?? '') ? letters + characters[at + 1] : letters;
  }
  return letters;
}

/** @param {string} character */
const isLetter = (character) => /[\p{Alphabetic}\p{N}]/u.test(character);

/**
 * A part of an address as it was meant.
 * @param {string} text
 */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
