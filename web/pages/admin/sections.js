/** The sections of the dashboard, as its menu shows them. */

/** @typedef {import('../../parts/admin/icon.js').IconName} IconName */
/** @typedef {import('./say.js').Word} Word */
/** @typedef {{ at: string, word: Word, icon: IconName, also?: string }} Section `also` is a page of it that lies elsewhere */

/** @type {readonly { word: Word, sections: readonly Section[] }[]} */
export const SECTIONS = [
  {
    word: 'nav_users',
    sections: [
      { at: '/admin', word: 'overview', icon: 'home' },
      { at: '/admin/links', word: 'links', icon: 'link' },
      { at: '/admin/members', word: 'members', icon: 'people', also: '/admin/import' },
      { at: '/admin/jobs', word: 'jobs', icon: 'jobs' },
    ],
  },
  { word: 'nav_training', sections: [{ at: '/admin/catalog', word: 'catalog', icon: 'catalog' }] },
  {
    word: 'nav_organization',
    sections: [
      { at: '/admin/audit', word: 'audit', icon: 'audit' },
      { at: '/admin/mail-trouble', word: 'mail_trouble', icon: 'mailTrouble' },
      { at: '/admin/settings', word: 'settings', icon: 'settings' },
      { at: '/admin/admins', word: 'admins', icon: 'admins' },
      { at: '/admin/api-keys', word: 'api_keys', icon: 'key' },
      { at: '/admin/webhooks', word: 'webhooks', icon: 'webhook' },
    ],
  },
];

/**
 * The section that a page belongs to.
 * @param {string} path
 */
export const sectionOf = (path) =>
  SECTIONS.flatMap(({ sections }) => sections).find(({ at, also }) => path === at || path === also || (at !== '/admin' && path.startsWith(`${at}/`)));
