/** Who did something, by the names they have now. */

import { Problem, call } from '../api.js';

/** @type {Map<string, Promise<string | undefined>>} */
const known = new Map();

/** @type {(id: string) => Promise<string | undefined>} */
async function memberName(id) {
  try {
    return (await call('GET', `/v1/members/${id}`)).member.name;
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') return undefined;
    throw error;
  }
}

/** @type {(id: string) => Promise<string | undefined>} */
async function keyName(id) {
  /** @type {{ api_keys: { id: string, name: string }[] }} */
  const { api_keys } = await call('GET', '/v1/api-keys');
  return api_keys.find((key) => key.id === id)?.name;
}

/**
 * @param {string} actor an admin's id, or `key:` and an API key's
 * @returns {Promise<string | undefined>} nothing for whoever is gone
 */
export function actorName(actor) {
  const asked = known.get(actor) ?? (actor.startsWith('key:') ? keyName(actor.slice(4)) : memberName(actor));
  known.set(actor, asked);
  // What was not answered is asked for again.
  asked.catch(() => known.delete(actor));
  return asked;
}
