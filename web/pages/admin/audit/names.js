/** What the ids in records are of: links, units and modules, by their names. */

import { listCatalog } from '../../../calls/catalog.js';
import { listLinks } from '../../../calls/links.js';

/** @returns {Promise<ReadonlyMap<string, string>>} */
export async function allNames() {
  const { groups, sites, regions, modules } = await listCatalog();
  /** @type {Map<string, string>} */
  const names = new Map([...groups, ...sites, ...regions].map(({ id, name }) => [id, name]));
  for (const { id, title } of modules) names.set(id, title);
  /** @type {string | undefined} */
  let cursor;
  do {
    const page = await listLinks(cursor);
    for (const { id, name } of page.links) names.set(id, name);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return names;
}
