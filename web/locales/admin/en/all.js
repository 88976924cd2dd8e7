/** All texts of the dashboard in English: what the others are translated from. */
export { default as admins } from './admins.js';
export { default as api_keys } from './api_keys.js';
export { default as audit } from './audit.js';
export { default as catalog } from './catalog.js';
export { default as first_steps } from './first_steps.js';
export { default as jobs } from './jobs.js';
export { default as link } from './link.js';
export { default as link_form } from './link_form.js';
export { default as links } from './links.js';
export { default as mail_trouble } from './mail_trouble.js';
export { default as member } from './member.js';
export { default as members } from './members.js';
export { default as overview } from './overview.js';
export { default as settings } from './settings.js';
export { default as shell } from './shell.js';
export { default as unit_form } from './unit_form.js';
export { default as webhooks } from './webhooks.js';
