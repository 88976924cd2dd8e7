import { call } from '../api.js';

/** @typedef {'group' | 'site' | 'region'} UnitKind */
/** @typedef {{ id: string, name: string, modules: string[] }} Unit */
/** @typedef {{ id: string, title: string, url: string }} Module */
/** @typedef {{ groups: Unit[], sites: Unit[], regions: Unit[], modules: Module[] }} Catalog */

/** @type {() => Promise<Catalog>} */
export const listCatalog = () => call('GET', '/v1/catalog');

/** @type {(module: Module) => Promise<Module>} */
export const putModule = ({ id, title, url }) => call('PUT', `/v1/modules/${id}`, { title, url });

/** @type {(unit: Unit & { kind: UnitKind }) => Promise<Unit>} */
export const putUnit = ({ id, kind, name, modules }) => call('PUT', `/v1/units/${id}`, { kind, name, modules });

/** @type {(id: string) => Promise<void>} */
export const deleteModule = (id) => call('DELETE', `/v1/modules/${id}`);

/** @type {(id: string) => Promise<void>} */
export const deleteUnit = (id) => call('DELETE', `/v1/units/${id}`);
