import { readFileSync } from 'node:fs';

const TEXT = readFileSync(new URL('../../docs/openapi.yaml', import.meta.url), 'utf8');

/** The values of an enum of the API's description that has one a line. @param {string} name @returns {string[]} */
export function described(name) {
  const [, values] = TEXT.match(new RegExp(`^    ${name}:\\n      type: string\\n      enum:\\n((?:        - \\w+\\n)+)`, 'm')) ?? [];
  if (values === undefined) throw new Error(`${name} is not described so`);
  return values.match(/\w+/g) ?? [];
}
