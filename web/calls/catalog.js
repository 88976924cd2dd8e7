import { call } from '../api.js';

/** @typedef {'group' | 'site' | 'region'} UnitKind */
/** @typedef {{ id: string, name: string, modules: string[] }} Unit */
/** @typedef {{ id: string, title: string, url: string }} Module */
/** @typedef {{ groups: Unit[], sites: Unit[], regions: Unit[], modules: Module[] }} Catalog */

/**
 * @typedef {object} UnitUsage who and what uses a unit
 * @property {{ id: string, name: string, state: 'active' | 'inactive' }[]} links that give it
 * @property {boolean} more_links whether there are links that were not looked at
 * @property {{ count: number, more: boolean }} members
 * @property {import('./jobs.js').Job[]} jobs that have not ended and name it
 */

/** @type {(id: string) => Promise<UnitUsage>} */
export const unitUsage = (id) => call('GET', `/v1/units/${id}/usage`);

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
