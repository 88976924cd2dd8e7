import { call, remove } from '../api.js';

/** @typedef {'read' | 'manage'} Scope */

/**
 * @typedef {object} ApiKey
 * @property {string} id
 * @property {string} name
 * @property {Scope} scope
 * @property {string} created_at
 * @property {string} created_by
 * @property {string | null} expires_at
 * @property {string | null} last_used_at to within five minutes
 * @property {string | null} revoked_at
 * @property {string | null} revoked_by
 */

/** @typedef {ApiKey & { key?: string }} MadeApiKey its text is told once: not again when the same is sent again */

/** @type {() => Promise<{ api_keys: ApiKey[] }>} */
export const listApiKeys = () => call('GET', '/v1/api-keys');

/** @type {(made: { name: string, scope: Scope, expires?: string }, key: string) => Promise<MadeApiKey>} */
export const createApiKey = (made, key) => call('POST', '/v1/api-keys', made, { key });

/** @type {(id: string) => Promise<void>} */
export const revokeApiKey = (id) => remove(`/v1/api-keys/${id}`);
