/** Which fields a record tells of. */

import { isEmpty } from './value.js';

/** @typedef {import('../../../calls/audit.js').AuditRecord} AuditRecord */
/** @typedef {{ field: string, before: unknown, after: unknown, made: boolean }} Changed `made` where nothing is to be told of before */

/** What the act itself says already, or what is an id that leads nowhere. */
const SAID = ['mail', 'revoked', 'cancelled', 'member'];

/** What tells of the act itself, not of a field that was something else before. */
const FACTS = ['enrolled', 'refused', 'link', 'withdrawn', 'renamed', 'mailed'];

/**
 * @param {Pick<AuditRecord, 'before' | 'after'>} record
 * @returns {Changed[]}
 */
export function changesOf({ before, after }) {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => !SAID.includes(field));
  const made = fields.every((field) => isEmpty(before[field]));
  const changes = fields.map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null, made: made || FACTS.includes(field) }));
  return changes.filter((one) => !isEmpty(one.after) || (!one.made && !isEmpty(one.before)));
}
