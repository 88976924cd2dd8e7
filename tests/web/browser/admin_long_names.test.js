import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PHONE, Visitor, launch } from './browser.js';
import { System } from './system.js';

/** One word of as many letters as a name may have, another script, and what other languages take for more than text. */
const NAMES = [
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorsitzendenamt-Süd',
  'מדריך בטיחות לעובדים חדשים 👷',
  '<b>bold</b> & "quoted" {{x}} ${y} %s =1+1',
];
const KINDS = ['site', 'group', 'region'];

let system, browser;
before(async () => ([system, browser] = await Promise.all([System.start(), launch()])));
after(async () => {
  await browser?.close();
  await system?.stop();
});

/** Gives everything that has a name the longest one; gives the pages about it. */
async function furnish() {
  const pages = [];
  for (const [at, name] of NAMES.entries()) {
    const [unit, module] = [crypto.randomUUID(), crypto.randomUUID()];
    await system.call('PUT', `/v1/modules/${module}`, { title: name, url: `https://training.example/${'a'.repeat(200)}` });
    await system.call('PUT', `/v1/units/${unit}`, { kind: KINDS[at], name, modules: [module] });
    const ask = { key: 'trade', label: name, kind: 'choice', options: [name.slice(0, 60), 'Other'], required: false };
    const terms = { name, description: name, welcome: name, cap: 1, allocation: { [`${KINDS[at]}s`]: [unit] }, fields: [ask] };
    const link = await system.link(terms);
    const email = `worker${at}.${'x'.repeat(50)}@${'long'.repeat(12)}.example.com`;
    await system.register(link, name, email, { trade: name.slice(0, 60) });
    const { id } = await system.call('POST', '/v1/webhooks', { url: `http://127.0.0.1:9/${'p'.repeat(200)}${at}`, description: name });
    await system.call('POST', '/v1/api-keys', { name, scope: 'read' });
    await system.call('POST', '/v1/admins', { name, email: `admin${at}@example.com` });
    pages.push(`/admin/links/${link.id}`, `/admin/links/${link.id}/edit`, `/admin/webhooks/${id}`, `/join/${link.code}`);
  }
  const { version } = await system.call('GET', '/v1/organization');
  await system.call('PATCH', '/v1/organization', { version, name: NAMES[0], support_contact: `https://example.com/${'s'.repeat(150)}` });
  const { members } = await system.call('GET', '/v1/members?limit=100');
  return [...pages, ...members.map(({ id }) => `/admin/members/${id}`)];
}

test('the longest names fit every page of the narrowest phone', async () => {
  const lists = ['', '/links', '/links/new', '/members', '/import', '/jobs', '/catalog', '/audit', '/mail-trouble', '/settings', '/admins', '/api-keys', '/webhooks'];
  const pages = [...lists.map((one) => `/admin${one}`), ...(await furnish())];
  const eve = await Visitor.arrive(browser, system.origin, { viewport: { ...PHONE, width: 320 } });
  await system.enter(eve);
  for (const path of pages) {
    await eve.page.goto(path);
    await eve.page.locator('h1').first().waitFor();
    await eve.page.waitForLoadState('networkidle');
    const over = await eve.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${path} scrolls sideways`);
  }
  await eve.leave();
});
