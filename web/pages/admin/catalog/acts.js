/** What is done with units and modules, and how it is taken back. */

import { deleteModule, deleteUnit, putModule, putUnit } from '../../../calls/catalog.js';
import { tell } from '../../../lib/told.js';
import { say as sayAll } from '../say.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */
/** @typedef {import('../../../calls/catalog.js').Module} Module */
/** @typedef {import('../../../calls/catalog.js').Unit & { kind: import('../../../calls/catalog.js').UnitKind }} Unit */

/** The modules of a unit that are in the catalog: only those can be put. @type {(ids: readonly string[], catalog: Catalog) => string[]} */
export const inCatalog = (ids, { modules }) => ids.filter((id) => modules.some((module) => module.id === id));

/**
 * Puts a unit or a module, and tells it with the way back to what was there before.
 * @template {{ id: string }} T
 * @param {{ name: string, is: T, was: T | undefined, put: (one: T) => Promise<unknown>, drop: (id: string) => Promise<void>, then: () => Promise<void>,
 *   dropped?: () => void }} act `dropped` follows when what was created is taken back
 */
async function replace({ name, is, was, put, drop, then, dropped }) {
  await put(is);
  const back = async () => {
    if (was) await put(was);
    else {
      await drop(is.id);
      dropped?.();
    }
    await then();
  };
  tell(say('put', { name }), { undo: { label: sayAll('undo'), run: back } });
  await then();
}

/**
 * @template {{ id: string }} T
 * @param {{ name: string, was: T, put: (one: T) => Promise<unknown>, drop: (id: string) => Promise<void>, then: () => Promise<void> }} act
 */
async function remove({ name, was, put, drop, then }) {
  await drop(was.id);
  const back = async () => {
    await put(was);
    await then();
  };
  tell(say('deleted', { name }), { undo: { label: sayAll('undo'), run: back } });
  await then();
}

/** @type {(is: Unit, was: Unit | undefined, then: () => Promise<void>, dropped?: () => void) => Promise<void>} */
export const saveUnit = (is, was, then, dropped) => replace({ name: is.name, is, was, put: putUnit, drop: deleteUnit, then, dropped });

/** @type {(is: Module, was: Module | undefined, then: () => Promise<void>) => Promise<void>} */
export const saveModule = (is, was, then) => replace({ name: is.title, is, was, put: putModule, drop: deleteModule, then });

/** @type {(was: Unit, then: () => Promise<void>) => Promise<void>} */
export const removeUnit = (was, then) => remove({ name: was.name, was, put: putUnit, drop: deleteUnit, then });

/** @type {(was: Module, then: () => Promise<void>) => Promise<void>} */
export const removeModule = (was, then) => remove({ name: was.title, was, put: putModule, drop: deleteModule, then });
