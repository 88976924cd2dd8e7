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

/** @typedef {{ from?: string, to?: string }} Period days of the organization's zone, both included */

/** @type {(period: Period) => string} */
export const auditPath = (period) => `/v1/audit${query(period)}`;

/** @type {(period: Period, cursor?: string) => Promise<{ records: AuditRecord[], next: string | null }>} */
export const listAudit = (period, cursor) => call('GET', `/v1/audit${query({ ...period, limit: 50, cursor })}`);
