import { call } from '../api.js';

/** @typedef {{ name: string, time_zone: string, language: string, support_contact: string | null, accent_color: string | null }} Settings */
/** @typedef {{ color: string, strong: string, soft: string, button: { color: string, strong: string, edge: string, text: string } }} Shades of an accent colour in one colour scheme */
/** @typedef {{ light: Shades, dark: Shades }} Accent */
/** @typedef {Settings & { id: string, version: number, created_at: string }} Organization */

/** @type {() => Promise<Organization>} */
export const getOrganization = () => call('GET', '/v1/organization');

/** @type {(edit: Partial<Settings> & { version: number }) => Promise<Organization>} */
export const updateOrganization = (edit) => call('PATCH', '/v1/organization', edit);
