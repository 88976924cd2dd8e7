import { call } from '../api.js';
import { query } from './links.js';

/** @typedef {'link' | 'organization' | 'member' | 'unit' | 'module' | 'job' | 'api_key' | 'webhook'} SubjectKind */

/**
 * @typedef {object} AuditRecord
 * @property {string} id
 * @property {string} at
 * @property {{ id: string, name: string | null } | null} by nothing for what the operator or the system did
 * @property {string} act
 * @property {{ kind: SubjectKind, id: string, name: string | null }} subject
 * @property {Record<string, unknown>} before the fields that the act changed
 * @property {Record<string, unknown>} after
 */

/**
 * @typedef {object} AuditFilter what is empty is not asked for
 * @property {string} [by] an admin's id, `key:` and the id of an API key, `operator` or `system`
 * @property {string} [act]
 * @property {string} [from] a day of the organization's zone, included as is `to`
 * @property {string} [to]
 */

/** @type {(filter: AuditFilter) => string} */
export const auditPath = (filter) => `/v1/audit${query(filter)}`;

/** @type {(filter: AuditFilter, cursor?: string) => Promise<{ records: AuditRecord[], next: string | null }>} */
export const listAudit = (filter, cursor) => call('GET', `/v1/audit${query({ ...filter, limit: 50, cursor })}`);

/** The page of what somebody did. @type {(by: string) => string} */
export const actsOf = (by) => `/admin/audit?by=${encodeURIComponent(by)}`;
