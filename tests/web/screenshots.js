/**
 * Pictures of every page, of the demo, at phone and desktop width: `node screenshots.js FOLDER [--dark] [--whole]`. They are for people to look
 * at; some stand in docs/images.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DESK, PHONE, Visitor, launch } from './browser/browser.js';
import { System } from './browser/system.js';
import { together } from './browser/together.js';

const [folder = 'screenshots', ...flags] = process.argv.slice(2);
const colorScheme = flags.includes('--dark') ? 'dark' : 'light';

mkdirSync(folder, { recursive: true });
const [system, browser] = await together(System.start({ demo: true }), launch());
try {
  const [guests, admins, somebody] = await Promise.all([guestsPages(), adminsPages(), trained()]);
  for (const [size, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
    const arrive = () => Visitor.arrive(browser, system.origin, { viewport, colorScheme, reducedMotion: 'reduce' });
    await show(await arrive(), size, guests);
    const worker = await arrive();
    await signIn(worker, somebody);
    await show(worker, size, { training: '/training' });
    const admin = await arrive();
    await system.enter(admin);
    await show(admin, size, admins);
  }
} finally {
  await browser.close();
  await system.stop();
}

/** Takes the pictures of these pages as `visitor` sees them, who leaves. */
async function show(visitor, size, pages) {
  for (const [name, path] of Object.entries(pages)) {
    await visitor.page.goto(path);
    await visitor.page.locator('h1').waitFor();
    await visitor.page.waitForLoadState('networkidle');
    await visitor.page.screenshot({ path: join(folder, `${name}-${size}.png`), fullPage: flags.includes('--whole') });
    console.log(`${name}-${size}`);
  }
  await visitor.leave();
}

/** Has a login link mailed to `email`, and follows it. */
async function signIn(visitor, email) {
  const before = (await system.mails(email)).length;
  await visitor.page.goto('/sign-in');
  await visitor.page.getByRole('textbox').fill(email);
  await visitor.page.getByRole('button').first().click();
  await visitor.page.goto(await system.loginLink(email, before + 1));
  await visitor.page.getByRole('button').first().click();
  await visitor.page.waitForURL('**/training');
}

/** The address of somebody who has training. */
async function trained() {
  const { members } = await system.call('GET', '/v1/members?access=granted&limit=100');
  const units = ({ groups, sites, regions }) => groups.length + sites.length + regions.length;
  return members.reduce((a, b) => (units(a) >= units(b) ? a : b)).email;
}

/** What whoever has a link sees: a link of each kind. */
async function guestsPages() {
  const { links } = await system.call('GET', '/v1/links?limit=100');
  const byAdmission = (admission) => links.find((link) => link.status === 'open' && link.admission === admission)?.code;
  const named = (status) => links.find((link) => link.status === status)?.code;
  return {
    join: `/join/${byAdmission('instant')}`,
    'join-ask': `/join/${byAdmission('approval')}`,
    'join-waiting': `/join/${named('waiting_list')}`,
    'join-full': `/join/${named('full')}`,
    'sign-in': '/sign-in',
  };
}

/** What an admin sees: each part of the dashboard. */
async function adminsPages() {
  const { links } = await system.call('GET', '/v1/links?limit=100');
  const { members } = await system.call('GET', '/v1/members?access=granted&limit=100');
  const { jobs } = await system.call('GET', '/v1/jobs');
  const busiest = links.reduce((a, b) => (a.seats.taken >= b.seats.taken ? a : b));
  const parts = ['links', 'members', 'jobs', 'import', 'catalog', 'audit', 'mail-trouble', 'settings', 'admins', 'api-keys', 'webhooks'];
  return {
    overview: '/admin',
    ...Object.fromEntries(parts.map((part) => [part, `/admin/${part}`])),
    'link-new': '/admin/links/new',
    link: `/admin/links/${busiest.id}`,
    'link-edit': `/admin/links/${busiest.id}/edit`,
    member: `/admin/members/${members[0].id}`,
    ...(jobs[0] && { job: `/admin/jobs/${jobs[0].id}` }),
  };
}
