import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PHONE, Visitor, launch } from './browser.js';
import { System } from './system.js';
import { together } from './together.js';

/** One word of as many letters as a name may have, another script, and what other languages take for more than text. */
const NAMES = [
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorsitzendenamtsüden'.slice(0, 100),
  'מדריך בטיחות לעובדים חדשים 👷',
  '<b>bold</b> & "quoted" {{x}} ${y} %s =1+1',
];
const KINDS = ['site', 'group', 'region'];

let system, browser;
before(async () => ([system, browser] = await together(System.start(), launch())));
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

/** From the narrowest phone to a desk, and to either side of each width at which the pages are laid out anew. */
const WIDTHS = [320, 360, 390, 430, 480, 560, 640, 699, 700, 701, 767, 768, 820, 860, 896, 897, 900, 959, 960, 1023, 1024, 1025, 1100, 1199, 1200, 1280];

/** What stands outside its box, or of the page sideways. */
const outside = () => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const cut = [...document.querySelectorAll('main h1, main h2, main p, main dd, main a, main strong, main .chip, main .box, main legend, main label, main section, main table, main button, main svg')].filter((one) => {
    const box = one.getBoundingClientRect();
    const inScroller = one.closest('.table-scroll, .scroll, pre, [tabindex="0"]');
    return box.width > 0 && !inScroller && box.right > clientWidth + 1;
  });
  return { over: scrollWidth - clientWidth, cut: cut.map((one) => `${one.tagName}.${one.className}: ${one.textContent?.slice(0, 40)}`) };
};

test('the longest names fit every page at every width', async () => {
  const lists = ['', '/links', '/links/new', '/members', '/import', '/jobs', '/catalog', '/audit', '/mail-trouble', '/settings', '/admins', '/api-keys', '/webhooks'];
  const pages = [...lists.map((one) => `/admin${one}`), ...(await furnish())];
  const eve = await Visitor.arrive(browser, system.origin, { viewport: { ...PHONE, width: 320 } });
  await system.enter(eve);
  const faults = [];
  for (const path of pages) {
    await eve.page.goto(path);
    await eve.page.locator('h1').first().waitFor();
    await eve.page.waitForLoadState('networkidle');
    for (const width of WIDTHS) {
      await eve.resize({ width, height: 844 });
      const { over, cut } = await eve.page.evaluate(outside);
      if (over > 0 || cut.length > 0) faults.push(`${path} at ${width}: ${over} pixels, ${cut.slice(0, 3).join(' | ')}`);
    }
  }
  assert.deepEqual(faults, []);
  await eve.leave();
});
