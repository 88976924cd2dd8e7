import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { listLinks } from '../../../calls/links.js';
import { isTaken } from '../../../parts/admin/same_name.js';

/** @typedef {{ id: string, name: string }} Named */

/** How many pages of a hundred links are read, the newest first. */
const PAGES = 10;
/** How long a name rests before it is compared. */
const REST_MS = 500;

/** The names of the newest links that are not deleted. @returns {Promise<Named[]>} */
async function newestNames() {
  /** @type {Named[]} */
  const names = [];
  /** @type {string | undefined} */
  let cursor;
  for (let page = 0; page < PAGES; page += 1) {
    const { links, next } = await listLinks(cursor);
    names.push(...links.filter(({ state }) => state !== 'deleted'));
    if (next === null) break;
    cursor = next;
  }
  return names;
}

/**
 * Whether another link has a name already, among the newest 1,000. They are read once, when a name rests that is not `own`. What could not be
 * read is no reason to keep anybody from saving: then no name is known to be taken.
 * @param {string} name as it is typed
 * @param {Named} [own] the link that is edited, with the name that it has
 */
export function useNameTaken(name, own) {
  const [others, setOthers] = useState(/** @type {readonly Named[]} */ ([]));
  const asked = useRef(false);
  const isNew = name.trim() !== '' && name.trim() !== own?.name;
  useEffect(() => {
    if (!isNew || asked.current) return undefined;
    const timer = setTimeout(async () => {
      asked.current = true;
      try {
        setOthers(await newestNames());
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        asked.current = false;
      }
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [name]);
  return isNew && isTaken(name, own?.id ?? '', others);
}
