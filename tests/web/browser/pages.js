/** Every page there is, with each address that it is opened by. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTES } from '../../../web/pages/admin/routes.js';
import { WEB } from './system.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** What a `:id` stands for, and which filters a page has in its address. A page that is not here fails the tests. */
const DASHBOARD = {
  '/admin': {},
  '/admin/members': { filters: ['access=without', 'access=unverified', 'access=rejected', 'access=pending', 'access=granted', 'access=revoked', 'mail=trouble', 'q=zzzz', 'sort=newest'] },
  '/admin/members/:id': { ids: membersOf },
  '/admin/jobs': {},
  '/admin/jobs/:id': { ids: jobsOf },
  '/admin/import': {},
  '/admin/links': { filters: ['status=open', 'status=full', 'status=waiting_list', 'status=scheduled', 'status=expired', 'status=deleted', 'sort=fullest', 'q=zzzz'] },
  '/admin/links/new': {},
  '/admin/links/:id': { ids: linksOf, filters: ['state=enrolled', 'state=pending'] },
  '/admin/links/:id/edit': { ids: linksOf },
  '/admin/catalog': { filters: ['kind=site', 'kind=region', 'kind=module'] },
  '/admin/audit': { filters: ['from=2020-01-01&to=2020-01-31'] },
  '/admin/mail-trouble': {},
  '/admin/settings': {},
  '/admin/admins': {},
  '/admin/api-keys': {},
  '/admin/webhooks': {},
  '/admin/webhooks/:id': { ids: async (system) => (await system.call('GET', '/v1/webhooks')).webhooks.map(({ id }) => id) },
};

/** The files of pages, with the addresses of each. The dashboard's are above. */
const WORKERS = {
  'index.html': () => ['/'],
  'sign-in.html': () => ['/sign-in', '/sign-in?t=abc'],
  'training.html': () => ['/training'],
  'join.html': async (system) => [...one(await links(system), ({ status, admission }) => `${status} ${admission}`).map(({ code }) => `/join/${code}`), '/join/0000-0000'],
  '404.html': () => ['/nowhere'],
  'admin.html': () => [],
};

const links = (system) => system.all('/v1/links', 'links');

/** One of each kind. */
const one = (all, kind) => [...new Map(all.map((each) => [kind(each), each])).values()];

async function linksOf(system) {
  return one(await links(system), ({ status, admission }) => `${status} ${admission}`).map(({ id }) => id);
}

async function membersOf(system) {
  const ids = [];
  for (const access of ['unverified', 'rejected', 'pending', 'granted', 'revoked']) {
    const { members } = await system.call('GET', `/v1/members?access=${access}&limit=2`);
    ids.push(...members.map(({ id }) => id));
  }
  return ids;
}

async function jobsOf(system) {
  return one(await system.all('/v1/jobs', 'jobs'), ({ kind, state, import: file }) => `${kind} ${state} ${file?.dry_run}`).map(({ id }) => id);
}

/** The addresses of the dashboard, on what there is in the system. @returns {Promise<string[]>} */
export async function dashboardPages(system) {
  const paths = [];
  for (const { at } of ROUTES) {
    const page = DASHBOARD[at];
    if (!page) throw new Error(`${at} is opened by no test: say in pages.js how`);
    const ids = page.ids ? [...(await page.ids(system)), NOBODY] : [''];
    const filtered = ids.flatMap((id) => ['', ...(page.filters ?? []).map((filter) => `?${filter}`)].map((filter) => at.replace(':id', id) + filter));
    paths.push(...filtered);
  }
  return [...paths, '/admin/nowhere'];
}

/** The addresses of what workers see. @returns {Promise<string[]>} */
export async function workersPages(system) {
  const files = readdirSync(WEB).filter((name) => name.endsWith('.html'));
  const paths = await Promise.all(
    files.map((file) => {
      if (!WORKERS[file]) throw new Error(`${file} is opened by no test: say in pages.js how`);
      return WORKERS[file](system);
    }),
  );
  return paths.flat();
}
