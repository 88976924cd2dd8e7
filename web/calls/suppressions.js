import { call } from '../api.js';
import { query } from './links.js';

/**
 * @typedef {object} Suppression
 * @property {{ id: string, name: string, email: string, access: import('./worker.js').Member['access'] }} member
 * @property {'bounced' | 'complained'} reason
 * @property {string} at
 */

/** @type {(cursor?: string) => Promise<{ suppressions: Suppression[], next: string | null }>} */
export const listSuppressions = (cursor) => call('GET', `/v1/suppressions${query({ limit: 100, cursor })}`);
