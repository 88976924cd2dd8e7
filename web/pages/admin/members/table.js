/** Members as a table for spreadsheets. */

import { csvRow } from '../../../lib/csv.js';
import { KINDS } from './units.js';

/** @typedef {import('../../../calls/members.js').Member} Member */

const HEADINGS = ['member id', 'name', 'address', 'role', 'access', 'registered', 'granted', 'groups', 'sites', 'regions', 'mail', 'mail at', 'mail reason', 'not mailed'];

/**
 * @param {readonly Member[]} members
 * @param {import('./units.js').Names} names
 */
export const tableOfMembers = (members, names) => [csvRow(HEADINGS), ...members.map((member) => csvRow(cellsOf(member, names)))].join('');

/**
 * @param {Member} member
 * @param {import('./units.js').Names} names
 */
function cellsOf(member, { units }) {
  const { id, name, email, role, access, created_at, granted_at, mail, suppressed } = member;
  const where = KINDS.map((kind) => member[kind].map((id) => units.get(id)?.name ?? id).join('; '));
  return [id, name, email, role, access, created_at, granted_at ?? '', ...where, mail?.state ?? '', mail?.at ?? '', mail?.reason ?? '', suppressed ? 'yes' : ''];
}
