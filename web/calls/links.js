import { call, pictureOf, remove } from '../api.js';

/** @typedef {{ groups: string[], sites: string[], regions: string[] }} UnitIds */
/** @typedef {{ id: string, name: string | null }} UnitName */
/** @typedef {{ groups: UnitName[], sites: UnitName[], regions: UnitName[] }} UnitNames */
/** @typedef {'scheduled' | 'open' | 'full' | 'expired' | 'waiting_list' | 'inactive' | 'deleted'} Status what a newcomer meets */
/** @typedef {{ only: string[], others: 'refuse' | 'approval' }} Domains */
/** @typedef {{ on: string } | { after_days: number }} AllocationEnds */

/**
 * @typedef {object} Link
 * @property {string} id
 * @property {string} name
 * @property {string} description
 * @property {string | null} welcome
 * @property {string} url
 * @property {string} code
 * @property {'active' | 'inactive' | 'deleted'} state what the admin decided
 * @property {Status} status
 * @property {number} version
 * @property {string | null} expires_at
 * @property {string | null} expires_local such as `2026-12-01 23:59 Europe/Berlin`
 * @property {number | null} cap
 * @property {'instant' | 'approval'} admission
 * @property {UnitIds} allocation
 * @property {string | null} starts_at
 * @property {string | null} starts_local
 * @property {Domains | null} domains
 * @property {'refuse' | 'waiting_list'} overflow
 * @property {boolean} admit_waiting
 * @property {boolean} notify_waiting
 * @property {import('./worker.js').Asked[]} fields
 * @property {string | null} text_language of `welcome` and `fields`; the organization's where it is not said
 * @property {import('./worker.js').Translations} translations
 * @property {AllocationEnds | null} allocation_ends
 * @property {{ taken: number, free: number | null }} seats
 * @property {string} created_at
 * @property {string} created_by
 * @property {string} updated_at
 * @property {string | null} code_replaced_at
 * @property {string | null} code_replaced_by
 * @property {string | null} deleted_at
 * @property {string | null} deleted_by
 */

/**
 * @typedef {object} Terms what an admin sets of a link. In an edit, what is left out stays.
 * @property {string} [name]
 * @property {string} [description]
 * @property {string | null} [welcome]
 * @property {string | null} [expires] an instant or a date
 * @property {number | null} [cap]
 * @property {'instant' | 'approval'} [admission]
 * @property {UnitIds} [allocation]
 * @property {string | null} [starts] an instant or a date
 * @property {Domains | null} [domains]
 * @property {'refuse' | 'waiting_list'} [overflow]
 * @property {boolean} [admit_waiting]
 * @property {boolean} [notify_waiting]
 * @property {import('./worker.js').Asked[] | null} [fields]
 * @property {string} [text_language]
 * @property {import('./worker.js').Translations | null} [translations]
 * @property {AllocationEnds | null} [allocation_ends]
 * @property {'active' | 'inactive'} [state]
 */

/** @typedef {'reserved' | 'pending' | 'enrolled' | 'lapsed' | 'removed' | 'waiting'} EnrollmentState */

/**
 * @typedef {object} Enrollment
 * @property {{ id: string, name: string, email: string, access: import('./worker.js').Member['access'], erased?: undefined } | { id: string, erased: true }} member
 * @property {EnrollmentState} state
 * @property {string} registered_at
 * @property {string | null} lapses_at
 * @property {string | null} enrolled_at
 * @property {string | null} signed_in_at
 * @property {string | null} granted_by
 * @property {string | null} allocation_ends_at
 * @property {Record<string, string | number>} answers
 * @property {UnitNames} allocation
 */

/**
 * @typedef {object} Stats
 * @property {Link} link
 * @property {Record<EnrollmentState, number>} by_state
 * @property {{ opened: number, registered: number, signed_in: number }} funnel
 * @property {string} time_zone
 * @property {{ day: string, opened: number, registered: number }[]} per_day
 * @property {Enrollment[]} enrollments
 * @property {string | null} next
 */

/** @typedef {{ state: 'active' | 'inactive' } | { expires: string }} Change */
/** @typedef {{ id: string, outcome: 'changed' | 'unchanged' | 'starts_later' | 'not_found' | 'unavailable' }} ChangeResult */

/**
 * @param {Record<string, string | number | undefined>} values
 * @returns {string} as the end of a path; what is not said is left out
 */
export function query(values) {
  const said = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}

/** @type {(cursor?: string, limit?: number) => Promise<{ links: Link[], next: string | null }>} */
export const listLinks = (cursor, limit = 100) => call('GET', `/v1/links${query({ limit, cursor })}`);

/** @type {(id: string) => Promise<Link>} */
export const getLink = (id) => call('GET', `/v1/links/${id}`);

/** @type {(terms: Terms, key: string) => Promise<Link>} */
export const createLink = (terms, key) => call('POST', '/v1/links', terms, { key });

/** @type {(link: { id: string, version: number }, terms: Terms) => Promise<Link>} */
export const updateLink = ({ id, version }, terms) => call('PATCH', `/v1/links/${id}`, { version, ...terms });

/** @type {(id: string) => Promise<void>} */
export const deleteLink = (id) => remove(`/v1/links/${id}`);

/** @type {(link: { id: string, version: number }) => Promise<Link>} */
export const regenerateLink = ({ id, version }) => call('POST', `/v1/links/${id}/code`, { version });

/** @type {(id: string, name: string | undefined, key: string) => Promise<Link>} */
export const duplicateLink = (id, name, key) => call('POST', `/v1/links/${id}/duplicates`, { name }, { key });

/** @type {(links: string[], change: Change) => Promise<{ results: ChangeResult[] }>} at most 100 at a time */
export const changeLinks = (links, change) => call('POST', '/v1/links/changes', { links, change });

/** @type {(id: string, cursor?: string, limit?: number, state?: EnrollmentState) => Promise<Stats>} `state`: only the people in it; the counts are of all */
export const linkStats = (id, cursor, limit = 50, state = undefined) => call('GET', `/v1/links/${id}/stats${query({ state, limit, cursor })}`);

/** @type {(id: string, languages?: readonly string[]) => string} `languages`: the one it is written in, and others that it speaks */
export const posterPath = (id, languages = []) => `/v1/links/${id}/poster${query({ languages: languages.join(',') })}`;

/** @type {(id: string) => string} */
export const qrPath = (id) => `/v1/links/${id}/poster?part=qr`;

/** @type {(id: string) => Promise<string>} the QR code as an SVG drawing */
export const qrDrawing = (id) => pictureOf(qrPath(id));

/** @type {(link: string, member: string) => Promise<void>} */
export const removeEnrollment = (link, member) => call('DELETE', `/v1/links/${link}/enrollments/${member}`);

/**
 * @typedef {object} Overview
 * @property {Partial<Record<Status, number>>} links
 * @property {number} links_with_deleted_units
 * @property {{ taken: number, free: number, held: number, open_without_cap: number }} seats
 * @property {Record<EnrollmentState, number>} by_state
 * @property {{ opened: number, registered: number, signed_in: number }} funnel
 * @property {Record<'unverified' | 'rejected' | 'pending' | 'granted' | 'revoked', { count: number, more: boolean }>} members
 * @property {number} days
 * @property {{ id: string, name: string | null, registered: number }[]} most_registered
 * @property {string | null} next
 */

/** @type {(days: 7 | 30, cursor?: string) => Promise<Overview>} of the links looked at so far; whole once `next` is null */
export const overview = (days, cursor) => call('GET', `/v1/overview${query({ days, cursor })}`);
