import { fit } from '../../lib/fit.js';

/** @typedef {{ id: string, [name: string]: string }} Values */
/** @typedef {(props: Values) => import('preact').VNode} Page */
/** @typedef {{ at: string, page: () => Promise<Page> }} RouteTo */

/**
 * The pages of the dashboard. Each is loaded when it is opened first.
 * @type {readonly RouteTo[]}
 */
export const ROUTES = [
  { at: '/admin', page: async () => (await import('./overview/page.js')).Overview },
  { at: '/admin/members', page: async () => (await import('./members/list.js')).Members },
  { at: '/admin/members/:id', page: async () => (await import('./member/page.js')).MemberPage },
  { at: '/admin/jobs', page: async () => (await import('./jobs/list.js')).Jobs },
  { at: '/admin/jobs/:id', page: async () => (await import('./jobs/page.js')).JobPage },
  { at: '/admin/import', page: async () => (await import('./import/page.js')).Import },
  { at: '/admin/links', page: async () => (await import('./links/list.js')).Links },
  { at: '/admin/links/new', page: async () => (await import('./links/form_pages.js')).NewLink },
  { at: '/admin/links/:id', page: async () => (await import('./link/page.js')).LinkPage },
  { at: '/admin/links/:id/edit', page: async () => (await import('./links/form_pages.js')).EditLink },
  { at: '/admin/catalog', page: async () => (await import('./catalog/page.js')).CatalogPage },
  { at: '/admin/audit', page: async () => (await import('./audit/page.js')).Audit },
  { at: '/admin/mail-trouble', page: async () => (await import('./mail_trouble/page.js')).MailTrouble },
  { at: '/admin/settings', page: async () => (await import('./settings/page.js')).Settings },
  { at: '/admin/admins', page: async () => (await import('./admins/page.js')).Admins },
  { at: '/admin/api-keys', page: async () => (await import('./api_keys/page.js')).ApiKeys },
  { at: '/admin/webhooks', page: async () => (await import('./webhooks/list.js')).Webhooks },
  { at: '/admin/webhooks/:id', page: async () => (await import('./webhooks/page.js')).WebhookPage },
];

/**
 * The page that a path names, with what the path holds.
 * @param {string} path
 */
export function routeOf(path) {
  for (const route of ROUTES) {
    const values = fit(route.at, path);
    if (values) return { route, values };
  }
  return undefined;
}
