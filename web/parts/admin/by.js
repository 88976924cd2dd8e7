import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../../api.js';
import { actorName } from '../../calls/actors.js';
import { html } from '../../lib/html.js';
import { say } from '../../pages/admin/say.js';
import { admin } from '../../pages/admin/who.js';

/**
 * Who did something, by name.
 * @param {{ id: string | null }} props nothing for what the system did
 */
export function By({ id }) {
  const [name, setName] = useState(/** @type {string | undefined | null} */ (null));
  const me = id === admin().id;
  useEffect(() => {
    let left = false;
    if (id && !me) {
      const fill = (/** @type {string | undefined} */ name) => void (left || setName(name));
      actorName(id).then(fill, (error) => {
        // Who could not be asked for is not gone.
        if (!(error instanceof Problem)) throw error;
      });
    }
    return () => void (left = true);
  }, [id]);
  if (id === null) return say('by_system');
  if (me) return say('by_you', { name: admin().name });
  if (name === null) return '…';
  if (name === undefined) return say(id.startsWith('key:') ? 'by_old_key' : 'by_somebody');
  return id.startsWith('key:') ? say('by_key', { name }) : html`<a href=${`/admin/members/${id}`}>${name}</a>`;
}
