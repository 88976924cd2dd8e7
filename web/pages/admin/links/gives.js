/** What somebody who joins by a link gets. */

import { compareTexts } from '../../../lib/sort.js';

/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */
/** @typedef {import('../../../calls/links.js').UnitIds} UnitIds */
/** @typedef {'groups' | 'sites' | 'regions'} Kind */
/** @typedef {{ id: string, kind: Kind, name: string | null }} Given a unit; no name for one that left the catalog */
/** @typedef {{ id: string, title: string, through: string[] }} GivenModule */

export const KINDS = /** @type {const} */ (['groups', 'sites', 'regions']);
/** What one of each kind is called. */
export const KIND_WORDS = /** @type {const} */ ({ groups: 'unit_group', sites: 'unit_site', regions: 'unit_region' });

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
  return { units, modules: modules.sort((a, b) => compareTexts(a.title, b.title)) };
}

/** How many units, and how many modules of theirs, a link's page names. */
const NAMED = 4;
/** How many the API looks at, where some of the first are not in the catalog any more. */
const LOOKED_AT = 12;

/**
 * The first few that there are, as the API finds them, and whether there may be more.
 * @template T
 * @param {readonly (T | undefined)[]} all in their order; nothing for one that left the catalog
 */
function firstOf(all) {
  const there = (/** @type {number} */ most) => all.slice(0, most).flatMap((one) => one ?? []);
  const most = there(NAMED).length < NAMED ? LOOKED_AT : NAMED;
  return { first: there(most).slice(0, NAMED), more: there(most).length > NAMED || all.length > most };
}

/**
 * What a link's page will name of an allocation, as the API does.
 * @param {UnitIds} allocation
 * @param {Catalog} catalog
 * @returns {import('../../../calls/worker.js').PublicLink['gives']}
 */
export function publicGives(allocation, catalog) {
  const named = (/** @type {Kind} */ kind) =>
    [...allocation[kind]].sort().map((id) => {
      const unit = catalog[kind].find((one) => one.id === id);
      return unit && { kind, unit };
    });
  const units = firstOf([...named('sites'), ...named('groups'), ...named('regions')]);
  const ids = [...new Set(units.first.flatMap(({ unit }) => [...unit.modules].sort()))];
  const modules = firstOf(ids.map((id) => catalog.modules.find((module) => module.id === id)));
  const sites = units.first.filter(({ kind }) => kind === 'sites').map(({ unit }) => unit.name);
  return { sites, modules: modules.first.map(({ title }) => title), more: units.more || modules.more };
}
