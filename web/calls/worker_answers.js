/** What the API answers workers. Types alone: no page loads this file. */

export {};

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
/** @typedef {import('./organization.js').Logo} Logo */

/**
 * @typedef {object} PublicLink
 * @property {'instant' | 'approval'} admission
 * @property {string} language
 * @property {string} organization
 * @property {string | null} support_contact
 * @property {Accent | null} accent
 * @property {Logo | null} logo
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
 * @property {{ id: string, name: string, time_zone: string, language: string, support_contact: string | null, accent: Accent | null, logo: Logo | null }} organization
 * @property {Unit[]} groups
 * @property {Unit[]} sites
 * @property {Unit[]} regions
 * @property {Module[]} modules
 * @property {MyEnrollment[]} enrollments
 */
