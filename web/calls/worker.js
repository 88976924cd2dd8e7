import { Problem, call } from '../api.js';

/** @typedef {import('./worker_answers.js').Asked} Asked */
/** @typedef {import('./worker_answers.js').Translations} Translations */
/** @typedef {import('./worker_answers.js').Logo} Logo */
/** @typedef {import('./worker_answers.js').PublicLink} PublicLink */
/** @typedef {import('./worker_answers.js').Member} Member */
/** @typedef {import('./worker_answers.js').Module} Module */
/** @typedef {import('./worker_answers.js').MyEnrollment} MyEnrollment */
/** @typedef {import('./worker_answers.js').Training} Training */

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
