/** The links and units by their names, for filters, tables and files. */

import { listCatalog } from '../../../calls/catalog.js';
import { listLinks } from '../../../calls/links.js';
import { useLoaded } from '../../../lib/loaded.js';
import { compareTexts } from '../../../lib/sort.js';
import { KINDS } from './units.js';

/** @typedef {import('./units.js').NamedUnit} NamedUnit */

/** @returns {Promise<ReadonlyMap<string, NamedUnit>>} in the order of their names within each kind */
export async function unitNames() {
  const catalog = await listCatalog();
  const byName = (/** @type {{ name: string }} */ a, /** @type {{ name: string }} */ b) => compareTexts(a.name, b.name);
  return new Map(KINDS.flatMap((kind) => [...catalog[kind]].sort(byName).map(({ id, name }) => /** @type {const} */ ([id, { id, name, kind }]))));
}

/** @returns {Promise<import('../../../calls/links.js').Link[]>} */
async function allLinks() {
  /** @type {import('../../../calls/links.js').Link[]} */
  const links = [];
  /** @type {string | undefined} */
  let cursor;
  do {
    const page = await listLinks(cursor);
    links.push(...page.links);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return links;
}

/** The names, once they are there. */
export const useNames = () =>
  useLoaded(async () => {
    const [units, links] = await Promise.all([unitNames(), allLinks()]);
    return { units, links };
  }, []);
