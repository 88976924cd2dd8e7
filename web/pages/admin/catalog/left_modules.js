/** Modules that were created for a unit which was not saved. */

import { Problem } from '../../../api.js';
import { deleteModule, listCatalog } from '../../../calls/catalog.js';
import { speaker } from '../../../lib/speaker.js';
import { tell } from '../../../lib/told.js';
import { textsOf } from '../../../locales/admin/texts.js';
import { giversOf } from './gives.js';
import { say as sayCatalog } from './say.js';

const say = speaker(() => textsOf('unit_form'));

/**
 * Those that are in the catalog and that no unit gives. A unit whose answer was lost may have arrived.
 * @param {readonly string[]} ids
 */
async function leftOf(ids) {
  const catalog = await listCatalog();
  return catalog.modules.filter((module) => ids.includes(module.id) && giversOf(catalog, module).length === 0).map(({ id }) => id);
}

/**
 * Says of modules which of them stay in the catalog for nobody, with the way to delete them.
 * @param {readonly string[]} ids
 * @param {() => Promise<void>} then fetches the catalog again
 */
export async function tellLeft(ids, then) {
  if (ids.length === 0) return;
  try {
    const left = await leftOf(ids);
    if (left.length === 0) return;
    const drop = async () => {
      for (const id of left) await deleteModule(id);
      await then();
    };
    tell(say('modules_left', { n: left.length }), { undo: { label: sayCatalog('remove'), run: drop } });
  } catch (error) {
    // The catalog itself shows what no unit gives.
    if (!(error instanceof Problem)) throw error;
  }
}
