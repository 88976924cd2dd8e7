/** Who gets what: which units give a module, and what is left out. */

import { compareTexts } from '../../../lib/sort.js';

/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */
/** @typedef {import('../../../calls/catalog.js').UnitKind} UnitKind */
/** @typedef {import('./acts.js').Unit} Unit */
/** @typedef {UnitKind | 'module'} Kind */

/** @type {readonly Kind[]} */
export const KINDS = ['group', 'site', 'region', 'module'];

/** @type {<T>(text: (one: T) => string) => (a: T, b: T) => number} */
const byText = (text) => (a, b) => compareTexts(text(a), text(b));

/** @type {(catalog: Catalog) => import('../../../calls/catalog.js').Module[]} */
export const modulesOf = ({ modules }) => [...modules].sort(byText(({ title }) => title));

/** @type {(catalog: Catalog, kind: UnitKind) => Unit[]} */
export const unitsOf = (catalog, kind) => catalog[`${kind}s`].map((unit) => ({ ...unit, kind })).sort(byText(({ name }) => name));

/** @type {(catalog: Catalog) => Unit[]} */
export const allUnits = (catalog) => /** @type {const} */ (['group', 'site', 'region']).flatMap((kind) => unitsOf(catalog, kind));

/** The titles of what a unit gives; a module that has left the catalog is not shown to anyone. @type {(catalog: Catalog, unit: { modules: string[] }) => string[]} */
export const titlesOf = (catalog, unit) => modulesOf(catalog).filter(({ id }) => unit.modules.includes(id)).map(({ title }) => title);

/** @type {(catalog: Catalog, module: { id: string }) => Unit[]} */
export const giversOf = (catalog, module) => allUnits(catalog).filter(({ modules }) => modules.includes(module.id));
