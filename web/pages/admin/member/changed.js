/** What an act changed of somebody's units. */

/**
 * The units that stand in one half of a record and not in the other.
 * @param {readonly string[]} kinds
 * @param {Record<string, unknown>} here
 * @param {Record<string, unknown>} there
 * @returns {string[]}
 */
export function changed(kinds, here, there) {
  const list = (/** @type {unknown} */ value) => (Array.isArray(value) ? value.filter((id) => typeof id === 'string') : []);
  return kinds.flatMap((kind) => list(here[kind]).filter((id) => !list(there[kind]).includes(id)));
}
