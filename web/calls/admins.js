import { call, remove } from '../api.js';

/**
 * @typedef {object} Admin
 * @property {string} id
 * @property {string} name
 * @property {string} email
 * @property {string} created_at
 * @property {boolean} suppressed
 */

/** @type {() => Promise<{ admins: Admin[] }>} */
export const listAdmins = () => call('GET', '/v1/admins');

/** @type {(admin: { name: string, email: string }, key: string) => Promise<Admin>} */
export const addAdmin = ({ name, email }, key) => call('POST', '/v1/admins', { name, email }, { key });

/** @type {(id: string) => Promise<void>} */
export const removeAdmin = (id) => remove(`/v1/admins/${id}`);
