/** Members as a table for spreadsheets. */

import { cellOf, csvRow, joined } from '../../../lib/csv.js';
import { KINDS } from './units.js';

/** @typedef {import('../../../calls/members.js').Member} Member */

/** Names of columns; those that hold times have the zone beside them. */
const HEADINGS = /** @type {const} */ ([
  'member id', 'name', 'email', 'role', 'access', 'added', 'access granted', 'groups', 'sites', 'regions', 'last email', 'last email at', 'last email reason', 'email paused',
]);
const TIMES = /** @type {readonly string[]} */ (['added', 'access granted', 'last email at']);

/**
 * @param {readonly Member[]} members
 * @param {import('./units.js').Names} names
 * @param {{ zone: string, separator: import('../../../lib/csv.js').Separator }} how
 */
export function tableOfMembers(members, names, { zone, separator }) {
  const headings = HEADINGS.map((name) => (TIMES.includes(name) ? `${name} (${zone})` : name));
  return [headings, ...members.map((member) => cellsOf(member, names, zone))].map((cells) => csvRow(cells, separator)).join('');
}

/**
 * @param {Member} member
 * @param {import('./units.js').Names} names
 * @param {string} zone
 */
function cellsOf(member, { units }, zone) {
  const { id, name, email, role, access, created_at, granted_at, mail, suppressed } = member;
  const at = (/** @type {string | null | undefined} */ instant) => (instant ? cellOf(instant, zone) : '');
  const where = KINDS.map((kind) => joined(member[kind].map((id) => units.get(id)?.name ?? id)));
  return [id, name, email, role, access, at(created_at), at(granted_at), ...where, mail?.state ?? '', at(mail?.at), mail?.reason ?? '', suppressed ? 'yes' : ''];
}
