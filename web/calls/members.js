import { call, remove } from '../api.js';
import { query } from './links.js';

/** @typedef {import('./worker.js').Member['access']} Access */
/** @typedef {import('./links.js').UnitIds} UnitIds */
/** @typedef {import('./links.js').UnitNames} UnitNames */
/** @typedef {'queued' | 'sending' | 'sent' | 'failed' | 'dropped' | 'bounced' | 'complained'} MailState */
/** @typedef {{ state: MailState, at: string, reason: string | null }} LastMail */

/**
 * @typedef {object} Member
 * @property {string} id
 * @property {string} name
 * @property {string} email
 * @property {'member' | 'admin'} role
 * @property {Access} access
 * @property {string[]} groups
 * @property {string[]} sites
 * @property {string[]} regions
 * @property {string} created_at
 * @property {string | null} granted_at
 * @property {string | null} granted_by an admin's id, or `key:` and an API key's
 * @property {LastMail | null} mail
 * @property {boolean} suppressed
 */

/** @typedef {Member & { allocation: UnitNames, assigned: UnitIds, possible_duplicates?: string[], address_proven?: boolean }} WholeMember */

/**
 * @typedef {object} Enrollment
 * @property {{ id: string, name: string | null, state: 'active' | 'inactive' | 'deleted' | null }} link
 * @property {import('./links.js').EnrollmentState} state
 * @property {string} registered_at
 * @property {string | null} enrolled_at
 * @property {string | null} lapses_at
 * @property {string | null} granted_by
 * @property {UnitNames} allocation
 * @property {string | null} allocation_ends_at
 * @property {string | null} allocation_ended_at
 * @property {Record<string, string | number>} answers
 */

/** @typedef {'registration' | 'login' | 'grant' | 'admitted' | 'first_admin' | 'link_filling' | 'link_full' | 'link_expiring_week' | 'link_expiring_day' | 'link_waiting' | 'webhook_failing' | 'webhook_gone' | 'admin' | 'turned_away' | 'not_yet' | 'refused'} MailKind */
/** @typedef {{ id: string, kind: MailKind, state: MailState, at: string | null, reason: string | null, created_at: string }} Mail */
/** @typedef {{ member: WholeMember, enrollments: Enrollment[], mails: Mail[], sessions: number }} MemberFile */
/** @typedef {{ at: string, act: string, by: string | null, before: Record<string, unknown>, after: Record<string, unknown> }} Act */
/** @typedef {'grants' | 'refusals' | 'revocations' | 'restorations' | 'login-mails'} Deed what is done with many members */

/**
 * @typedef {'granted' | 'already_granted' | 'link_full' | 'rejected' | 'revoked' | 'already_revoked' | 'is_admin' | 'refused' | 'nothing_pending' | 'restored'
 *   | 'not_revoked' | 'queued' | 'no_access' | 'suppressed' | 'too_soon' | 'not_found' | 'unavailable'} Outcome
 */

/**
 * @typedef {object} Asked which members are asked for; what is not said does not matter
 * @property {Access | 'without'} [access]
 * @property {string} [link]
 * @property {string} [unit]
 * @property {string} [q]
 * @property {'trouble'} [mail]
 * @property {'access' | 'newest' | 'created' | 'name'} [sort]
 */

/** How many members one call takes. */
export const AT_ONCE = 100;

/** @typedef {Record<Access, { count: number, more: boolean }>} Counts the members by access; `more` where there are more than were counted */

/** @type {(asked: Asked, cursor?: string, limit?: number) => Promise<{ members: Member[], next: string | null }>} */
export const listMembers = (asked, cursor, limit = 50) => call('GET', `/v1/members${query({ ...asked, limit, cursor })}`);

/** @type {(asked: Asked) => Promise<{ members: Member[], next: string | null, counts: Counts }>} the first page, and how many there are by access */
export const listAndCount = (asked) => call('GET', `/v1/members${query({ ...asked, limit: 50, counts: 'true' })}`);

/** @type {(id: string) => Promise<MemberFile>} */
export const getMember = (id) => call('GET', `/v1/members/${id}`);

/** @type {(id: string, edit: { name?: string, allocation?: UnitIds }) => Promise<Member>} */
export const updateMember = (id, edit) => call('PATCH', `/v1/members/${id}`, edit);

/** @type {(id: string, email: string) => Promise<Member>} */
export const correctAddress = (id, email) => call('POST', `/v1/members/${id}/correct-address`, { email });

/** @type {(id: string) => Promise<void>} */
export const eraseMember = (id) => remove(`/v1/members/${id}`);

/** @type {(id: string) => Promise<{ acts: Act[] }>} everything held about one person */
export const exportMember = (id) => call('GET', `/v1/members/${id}/export`);

/** @typedef {{ id: string, name: string | null }} NamedLink */
/** @typedef {{ id: string, outcome: Outcome, link?: NamedLink | null }} Result of a grant that found a link full, which link */

/**
 * @typedef {object} How
 * @property {boolean} [includeRejected] of grants: whether those get access too whom an admin rejected or removed
 * @property {{ message: string } | undefined} [mail] of refusals: what the mail about it says in the admin's words; without it nobody is mailed
 */

/**
 * @param {Deed} deed
 * @param {string[]} members at most 100 at a time
 * @param {How} [how]
 * @returns {Promise<{ results: Result[] }>}
 */
export const doToMembers = (deed, members, { includeRejected = false, mail } = {}) =>
  call('POST', `/v1/members/${deed}`, { members, ...(includeRejected && { include_rejected: true }), ...(mail && { mail }) });

/** @typedef {{ outcomes: Partial<Record<Outcome, number>>, people: number, next: string | null }} Preview how granting access would end */

/** @type {(whom: { members: string[] } | { filter: import('./jobs.js').NewGrantFilter }, cursor?: string) => Promise<Preview>} of those counted so far */
export const previewGrants = (whom, cursor) => call('POST', '/v1/members/grants/previews', { ...whom, ...(cursor && { cursor }) });

/** @type {(id: string) => Promise<void>} */
export const clearSuppression = (id) => remove(`/v1/suppressions/${id}`);
