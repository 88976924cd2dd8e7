import { Problem } from '../../../api.js';
import { getMember } from '../../../calls/members.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { say } from './say.js';

/**
 * Who may be the same person: their address differs in a tag alone.
 * @param {{ ids: readonly string[] }} props
 */
export function Duplicates({ ids }) {
  const loaded = useLoaded(() => Promise.all(ids.map(nameOf)), [ids.join()]);
  if (ids.length === 0) return null;
  return html`<dt>${say('duplicates')}</dt>
    <dd>
      <ul>
        ${ids.map((id, at) => html`<li key=${id}><a class="address" href=${`/admin/members/${id}`}>${loaded.data?.[at] ?? say('another')}</a></li>`)}
      </ul>
    </dd>`;
}

/** @param {string} id */
async function nameOf(id) {
  try {
    const { member } = await getMember(id);
    return `${member.name}, ${member.email}`;
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_found') return undefined;
    throw error;
  }
}
