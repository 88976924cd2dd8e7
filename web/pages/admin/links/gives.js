/** What somebody who joins by a link gets. */

/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */
/** @typedef {import('../../../calls/links.js').UnitIds} UnitIds */
/** @typedef {'groups' | 'sites' | 'regions'} Kind */
/** @typedef {{ id: string, kind: Kind, name: string | null }} Given a unit; no name for one that left the catalog */
/** @typedef {{ id: string, title: string, through: string[] }} GivenModule */

export const KINDS = /** @type {const} */ (['groups', 'sites', 'regions']);

/**
 * The units, and every module of theirs once, with the units it comes through.
 * @param {UnitIds} allocation
 * @param {Catalog} catalog
 * @returns {{ units: Given[], modules: GivenModule[] }}
 */
export function givenBy(allocation, catalog) {
  /** @type {Given[]} */
  const units = [];
  /** @type {Map<string, string[]>} */
  const through = new Map();
  for (const kind of KINDS) {
    for (const id of allocation[kind]) {
      const unit = catalog[kind].find((unit) => unit.id === id);
      units.push({ id, kind, name: unit?.name ?? null });
      for (const module of unit?.modules ?? []) through.set(module, [...(through.get(module) ?? []), unit?.name ?? '']);
    }
  }
  const modules = catalog.modules.flatMap(({ id, title }) => (through.has(id) ? [{ id, title, through: through.get(id) ?? [] }] : []));
  return { units, modules: modules.sort((a, b) => a.title.localeCompare(b.title, undefined, { numeric: true })) };
}

/** How many units, and how many modules of theirs, a link's page names: as many as the API looks at. */
const NAMED = 4;

/**
 * What a link's page will name of an allocation, as the API does.
 * @param {UnitIds} allocation
 * @param {Catalog} catalog
 * @returns {import('../../../calls/worker.js').PublicLink['gives']}
 */
export function publicGives(allocation, catalog) {
  const named = (/** @type {Kind} */ kind) => [...allocation[kind]].sort().map((id) => ({ kind, unit: catalog[kind].find((one) => one.id === id) }));
  const all = [...named('sites'), ...named('groups'), ...named('regions')];
  const first = all.slice(0, NAMED).filter(({ unit }) => unit);
  const modules = [...new Set(first.flatMap(({ unit }) => [...(unit?.modules ?? [])].sort()))];
  const titles = modules.slice(0, NAMED).flatMap((id) => catalog.modules.find((module) => module.id === id)?.title ?? []);
  const sites = first.filter(({ kind }) => kind === 'sites').map(({ unit }) => unit?.name ?? '');
  return { sites, modules: titles, more: all.length > NAMED || modules.length > NAMED };
}
