/**
 * The values that a path has in the places of a pattern; nothing where it does not fit.
 * @param {string} pattern such as `/admin/links/:id`
 * @param {string} path
 * @returns {Record<string, string> | undefined}
 */
export function fit(pattern, path) {
  const [parts, given] = [pattern.split('/'), path.split('/')];
  if (parts.length !== given.length) return undefined;
  /** @type {Record<string, string>} */
  const values = {};
  for (const [at, part] of parts.entries()) {
    const value = given[at] ?? '';
    if (part.startsWith(':')) values[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return values;
}
