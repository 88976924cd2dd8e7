import { call } from '../api.js';

/** @typedef {{ name: string, time_zone: string, language: string, support_contact: string | null, accent_color: string | null }} Settings */
/** @typedef {{ color: string, strong: string, soft: string, button: { color: string, strong: string, edge: string, text: string } }} Shades of an accent colour in one colour scheme */
/** @typedef {{ light: Shades, dark: Shades }} Accent */
/** @typedef {{ url: string, width: number, height: number }} Logo where its picture is, and how large */
/** @typedef {Settings & { id: string, version: number, created_at: string, logo: Logo | null }} Organization */

/** @type {() => Promise<Organization>} */
export const getOrganization = () => call('GET', '/v1/organization');

/** @type {(edit: Partial<Settings> & { version: number }) => Promise<Organization>} */
export const updateOrganization = (edit) => call('PATCH', '/v1/organization', edit);

/** @type {(picture: string) => Promise<Organization>} `picture`: the bytes of a PNG or JPEG in base64 */
export const putLogo = (picture) => call('PUT', '/v1/organization/logo', { picture });

/** @type {() => Promise<Organization>} */
export const deleteLogo = () => call('DELETE', '/v1/organization/logo');
