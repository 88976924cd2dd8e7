/** Links that give a group, site or region which was deleted. */

import { html } from '../../../lib/html.js';
import { Icon } from '../../../parts/admin/icon.js';
import { KINDS } from './gives.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/links.js').Link} Link */
/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */

/**
 * How many of the units that a link gives are no longer in the catalog. Of a deleted link it does not matter.
 * @param {Pick<Link, 'state' | 'allocation'>} link
 * @param {Catalog} catalog
 */
export function deletedUnits({ state, allocation }, catalog) {
  if (state === 'deleted') return 0;
  return KINDS.reduce((sum, kind) => sum + allocation[kind].filter((id) => !catalog[kind].some((unit) => unit.id === id)).length, 0);
}

/** Says so of a link, with the way to mend it. @param {{ link: Link, catalog: Catalog }} props */
export function GivesDeleted({ link, catalog }) {
  const n = deletedUnits(link, catalog);
  return n > 0 && html`<p class="notice"><${Icon} name="warning" /><span>${say('gives_deleted', { n })} <a href=${`/admin/links/${link.id}/edit`}>${say('choose_others')}</a></span></p>`;
}
