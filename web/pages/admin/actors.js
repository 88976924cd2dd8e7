/** Who did something: admins and API keys, by name. */

import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../../api.js';
import { listAdmins } from '../../calls/admins.js';
import { listApiKeys } from '../../calls/api_keys.js';
import { say } from './say.js';
import { admin } from './who.js';

/** @typedef {(id: string | null) => string} NameOf */

/** Knows the admins and keys that there are; whoever is none any more is told as somebody who was. */
async function actors() {
  const [{ admins }, { api_keys }] = await Promise.all([listAdmins(), listApiKeys()]);
  return new Map([...admins.map(({ id, name }) => /** @type {const} */ ([id, name])), ...api_keys.map(({ id, name }) => /** @type {const} */ ([`key:${id}`, say('by_key', { name })]))]);
}

/** @returns {NameOf} by an admin's id, or `key:` and a key's */
export function useActors() {
  const me = admin();
  const [names, setNames] = useState(() => new Map([[me.id, me.name]]));
  useEffect(() => {
    actors().then(setNames, (error) => {
      // Without it the page has all else.
      if (!(error instanceof Problem)) throw error;
    });
  }, []);
  return (id) => (id === null ? say('by_system') : (names.get(id) ?? say(id.startsWith('key:') ? 'by_old_key' : 'by_old_admin')));
}
