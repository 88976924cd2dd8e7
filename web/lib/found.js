/** @param {string} text */
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * Those whose text has every word of a search somewhere, without regard to case and accents.
 * @template T
 * @param {readonly T[]} all
 * @param {string} search
 * @param {(one: T) => string} text
 * @returns {T[]}
 */
export function foundIn(all, search, text) {
  const words = plain(search).split(/\s+/).filter(Boolean);
  return all.filter((one) => {
    const there = plain(text(one));
    return words.every((word) => there.includes(word));
  });
}
