import { call } from '../api.js';

/** @typedef {{ by: { id: string, name: string | null } | null, act: string, subject: { id: string } }} Act */

/** @type {(link: string) => Promise<string | undefined>} the name of whoever edited a link last, if that is not long ago */
export async function lastEditorOf(link) {
  /** @type {{ records: Act[] }} */
  const { records } = await call('GET', '/v1/audit?limit=50');
  return records.find(({ act, subject }) => subject.id === link && act === 'link_edited')?.by?.name ?? undefined;
}
