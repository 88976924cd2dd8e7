/** Units by their names. */

import { say } from '../say.js';

/** @typedef {'groups' | 'sites' | 'regions'} Kind */
/** @typedef {{ id: string, name: string, kind: Kind }} NamedUnit */
/** @typedef {{ units: ReadonlyMap<string, NamedUnit>, links: readonly import('../../../calls/links.js').Link[] }} Names */

export const KINDS = /** @type {const} */ (['groups', 'sites', 'regions']);

/**
 * @param {ReadonlyMap<string, NamedUnit>} units
 * @param {string} id
 */
export const unitName = (units, id) => units.get(id)?.name ?? `${id.slice(0, 8)}… (${say('unit_gone')})`;

/** @type {Record<Kind, 'unit_group' | 'unit_site' | 'unit_region'>} */
export const KIND_WORDS = { groups: 'unit_group', sites: 'unit_site', regions: 'unit_region' };
