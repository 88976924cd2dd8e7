import { Problem, call } from '../api.js';

/**
 * @typedef {object} Asked what a link asks beside name and address
 * @property {string} key
 * @property {string} label
 * @property {'text' | 'choice' | 'number' | 'date'} kind
 * @property {string[]} [options]
 * @property {boolean} required
 */

/**
 * @typedef {object} Translation a link's texts in one language; what is missing is read as it was written
 * @property {string} [welcome]
 * @property {Record<string, { label?: string, options?: Record<string, string> }>} [fields] by key
 */

/** @typedef {Record<string, Translation>} Translations by language */

/** @typedef {import('./organization.js').Accent} Accent */

/**
 * @typedef {object} PublicLink
 * @property {'instant' | 'approval'} admission
 * @property {string} language
 * @property {string} organization
 * @property {string | null} support_contact
 * @property {Accent | null} accent
 * @property {'open' | 'scheduled' | 'waiting_list'} state
 * @property {{ sites: string[], modules: string[], more: boolean }} gives what people get, by name, and whether there is more
 * @property {string | null} welcome
 * @property {string | null} starts_at
 * @property {string | null} starts_local
 * @property {string[] | null} domains
 * @property {Asked[]} fields
 * @property {string} text_language of `welcome` and `fields`
 * @property {Translations} translations
 */

/**
 * @typedef {object} Member
 * @property {string} id
 * @property {string} name
 * @property {boolean} [name_confirmed] of one's own: whether the name needs no word of the member's any more
 * @property {string} email
 * @property {'member' | 'admin'} role
 * @property {'unverified' | 'rejected' | 'pending' | 'granted' | 'revoked'} access
 * @property {string | null} language of mails to them; the organization's without one
 */

/**
 * @typedef {object} Module
 * @property {string} id
 * @property {string} title
 * @property {string} url
 * @property {string[]} units
 */

/** @typedef {{ id: string, name: string, modules: { id: string }[] }} Unit */

/** @typedef {{ link: string, state: 'waiting' | 'pending' | 'enrolled', units: string[], registered_at: string }} MyEnrollment */

/**
 * @typedef {object} Training
 * @property {Member} member
 * @property {{ id: string, name: string, time_zone: string, language: string, support_contact: string | null, accent: Accent | null }} organization
 * @property {Unit[]} groups
 * @property {Unit[]} sites
 * @property {Unit[]} regions
 * @property {Module[]} modules
 * @property {MyEnrollment[]} enrollments
 */

/** @typedef {'check_your_mail' | 'awaiting_approval' | 'waiting' | 'enrolled' | 'pending' | 'reserved' | 'removed'} Joined */

/** @typedef {{ name?: string, email?: string, website?: string, code_challenge?: string, language?: string, answers?: Record<string, string | number> }} Registration */

/** @type {(code: string) => Promise<PublicLink>} */
export const viewLink = (code) => call('GET', `/v1/join/${code}`);

/** @type {(code: string) => Promise<void>} */
export const countOpened = (code) => call('POST', `/v1/join/${code}/opened`);

/** @type {(code: string, registration: Registration) => Promise<{ status: Joined }>} */
export const join = (code, registration) => call('POST', `/v1/join/${code}`, registration);

/** @type {(code: string, email: string, verifier: string) => Promise<void>} */
export const withdrawRegistration = (code, email, verifier) =>
  call('POST', `/v1/join/${code}/withdraw`, { email, code_verifier: verifier });

/** @type {(code: string, email: string, verifier: string, right: string) => Promise<{ status: Joined }>} */
export const correctRegistration = (code, email, verifier, right) =>
  call('POST', `/v1/join/${code}/correct-address`, { email, code_verifier: verifier, new_email: right });

/** @type {(email: string, challenge?: string) => Promise<void>} */
export const requestLogin = (email, challenge) =>
  call('POST', '/v1/login-links', { email, ...(challenge !== undefined && { code_challenge: challenge }) });

/** @type {(token: string) => Promise<{ member: Member }>} */
export const signIn = (token) => call('POST', '/v1/sessions', { token, session: 'cookie' });

/** @type {(code: string, verifier: string) => Promise<{ member: Member }>} */
export const signInByCode = (code, verifier) =>
  call('POST', '/v1/sessions', { code, code_verifier: verifier, session: 'cookie' });

/** @type {() => Promise<void>} */
export const signOut = () => call('DELETE', '/v1/sessions/current');

/** The training of the member who is signed in now. @type {() => Promise<Training>} */
export const myTraining = () => call('GET', '/v1/me', undefined, { anyone: true });

/** Leaves a link that one came through. @type {(link: string) => Promise<void>} */
export const leaveLink = (link) => call('DELETE', `/v1/me/enrollments/${link}`);

/** Says what one's own name is, once. @type {(name: string) => Promise<Member>} */
export const confirmName = (name) => call('PATCH', '/v1/me', { name });

/** Says in which language one is written to. @type {(language: string) => Promise<Member>} */
export const keepLanguage = (language) => call('PATCH', '/v1/me', { language });

/**
 * Who is signed in in this browser, if anybody is.
 * @returns {Promise<Training | undefined>}
 */
export async function whoIsThere() {
  try {
    return await myTraining();
  } catch (error) {
    if (error instanceof Problem && error.code === 'unauthenticated') return undefined;
    throw error;
  }
}
