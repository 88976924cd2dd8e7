/** Who can have done something: the admins and API keys of the organization. */

import { listAdmins } from '../../../calls/admins.js';
import { listApiKeys } from '../../../calls/api_keys.js';

/** @typedef {{ id: string, name: string }} Named */
/** @typedef {{ admins: readonly Named[], keys: readonly Named[] }} Doers */

/** @returns {Promise<Doers>} */
export async function allDoers() {
  const [{ admins }, { api_keys: keys }] = await Promise.all([listAdmins(), listApiKeys()]);
  return { admins, keys };
}
