import { call, sendFile } from '../api.js';
import { query } from './links.js';

/** @typedef {'pending' | 'unverified' | 'rejected' | 'without'} Waiting */
/** @typedef {import('./links.js').EnrollmentState} EnrollmentState */
/** @typedef {{ access: Waiting | null, link: string | null, state: EnrollmentState | null, unit: string | null, include_rejected: boolean }} GrantFilter */
/** @typedef {{ access?: Waiting, link?: string, state?: EnrollmentState, unit?: string, include_rejected?: boolean }} NewGrantFilter */
/** @typedef {'queued' | 'running' | 'done' | 'failed' | 'cancelled'} JobState */

/**
 * @typedef {'granted' | 'already_granted' | 'rejected' | 'revoked' | 'not_found' | 'link_full' | 'unavailable' | 'created' | 'updated'
 *   | 'already' | 'invalid' | 'duplicate_in_file' | 'unknown_unit'} JobOutcome
 */

/**
 * @typedef {object} Job
 * @property {string} id
 * @property {'grants' | 'imports'} kind
 * @property {JobState} state
 * @property {boolean} cancelling
 * @property {string | null} reason
 * @property {number | null} total
 * @property {number} done
 * @property {Partial<Record<JobOutcome, number>>} outcomes
 * @property {string} created_at
 * @property {string} created_by
 * @property {string | null} started_at
 * @property {string | null} ended_at
 * @property {GrantFilter} [filter] of grants
 * @property {{ access: 'granted' | 'pending', dry_run: boolean }} [import] of imports
 */

/**
 * @typedef {object} Row one person of a report
 * @property {string | null} member
 * @property {string | null} name
 * @property {string | null} email
 * @property {JobOutcome} outcome
 * @property {{ state: import('./members.js').MailState, queued_at: string, reason: string | null } | null} mail
 * @property {number | null} row the line of the file
 * @property {string | null} field
 * @property {string | null} reason in English
 * @property {Fault | null} why what is wrong with the row of a file
 * @property {import('./members.js').NamedLink | null} link that has no seat
 */

/** @type {(filter: NewGrantFilter, key: string) => Promise<Job>} */
export const startGrants = (filter, key) => call('POST', '/v1/jobs/grants', { filter }, { key });

/** @typedef {{ code: string, limit?: number, lines?: number, line?: number, character?: string }} Fault of a file or of a row of it, with what goes with its code */

/**
 * @typedef {object} ImportProblem why a row is not taken, and what stands there
 * @property {number} row the line of the file
 * @property {number | null} column from 1 on
 * @property {string | null} heading
 * @property {string} value
 * @property {JobOutcome} outcome
 * @property {string} reason in English
 * @property {Fault} why
 */

/**
 * @typedef {object} ImportedFile how a file was read; told once
 * @property {string} encoding
 * @property {string} separator
 * @property {import('../pages/admin/import/file.js').Column[]} columns
 * @property {number} without_training how many people the file gives none
 * @property {ImportProblem[]} problems
 */

/**
 * @type {(file: Blob, how: { access: 'granted' | 'pending', dry_run: boolean, columns?: string }, key: string) => Promise<Job & { file?: ImportedFile }>}
 */
export const startImport = (file, { access, dry_run, columns }, key) =>
  sendFile(`/v1/jobs/imports${query({ access, dry_run: String(dry_run), columns })}`, file, 'text/csv; charset=utf-8', { key });

/** @type {(cursor?: string) => Promise<{ jobs: Job[], next: string | null }>} */
export const listJobs = (cursor) => call('GET', `/v1/jobs${query({ cursor })}`);

/** @type {(id: string) => Promise<Job>} */
export const getJob = (id) => call('GET', `/v1/jobs/${id}`);

/** @type {(id: string) => Promise<Job>} */
export const cancelJob = (id) => call('POST', `/v1/jobs/${id}/cancellation`);

/** @type {(id: string, cursor?: string, outcome?: JobOutcome) => Promise<{ rows: Row[], next: string | null }>} */
export const jobReport = (id, cursor, outcome) => call('GET', `/v1/jobs/${id}/report${query({ outcome, limit: 100, cursor })}`);

/** @type {(id: string) => string} */
export const reportPath = (id) => `/v1/jobs/${id}/report`;
