import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { DESK, Visitor, launch } from './browser.js';
import { System } from './system.js';
import { together } from './together.js';

let system, browser, eve;
before(async () => ([system, browser] = await together(System.start({ demo: true }), launch())));
after(async () => {
  await browser?.close();
  await system?.stop();
});
beforeEach(() => arrive());
afterEach(() => eve.leave());

/** The demo has many pages to look at: none of them is to wait for a busy machine in vain. */
async function arrive() {
  eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  eve.context.setDefaultTimeout(60_000);
  await system.enter(eve);
}

/** Waits until nothing of a page is still being fetched. */
async function settled() {
  await eve.page.locator('.content h1').waitFor();
  await eve.page.waitForLoadState('networkidle');
  await eve.page.locator('.content .waiting').first().waitFor({ state: 'detached' });
}

async function open(path) {
  await eve.page.goto(path);
  await settled();
}

/** How many rows a list has, over all its pages. */
async function rows() {
  await settled();
  const more = eve.page.getByRole('button', { name: 'Show more' });
  while ((await more.count()) > 0) {
    await more.click();
    await settled();
  }
  return eve.page.locator('.content table.table tbody tr').count();
}

/** Holds that a list has so many rows, once what was pressed has come. */
async function lists(n, what) {
  for (const end = Date.now() + 15_000; ; ) {
    const seen = await rows();
    if (seen === n || Date.now() > end) return assert.equal(seen, n, what);
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** The counts of a page that lead to a list: links by where they lead, tabs by their place. */
const countsOf = () =>
  eve.page.locator('.content [data-count]').evaluateAll((all) =>
    all.map((one) => ({ at: [...document.querySelectorAll('.content .tab')].indexOf(one), n: Number(one.dataset.count), text: one.getAttribute('aria-label') ?? one.textContent.trim().replace(/\s+/g, ' '), href: one.tagName === 'A' ? one.href : undefined })),
  );

/** Compares each count of a page with the list that it leads to, and gives how many there were. */
async function walk(path) {
  await open(path);
  // A number beside a tab's word that is not told to be a count would go by unseen.
  const untold = await eve.page.locator('.content .tab:not([data-count])').evaluateAll((tabs) => tabs.map((tab) => tab.textContent.trim()).filter((text) => /\s[\d,]+$/.test(text)));
  assert.deepEqual(untold, [], path);
  const counts = await countsOf();
  for (const { at, n, text } of counts.filter(({ href }) => !href)) {
    await eve.page.locator('.content .tab').nth(at).click();
    await lists(n, `${text} on ${path}`);
  }
  for (const { n, text, href } of counts.filter(({ href }) => href)) {
    await open(href);
    await lists(n, `${text} on ${path}`);
  }
  return counts.length;
}

async function pages() {
  const { links } = await system.call('GET', '/v1/links?limit=100');
  const { jobs } = await system.call('GET', '/v1/jobs?limit=100');
  const kinds = ['', '?kind=site', '?kind=region', '?kind=module'].map((query) => `/admin/catalog${query}`);
  return ['/admin', '/admin/links', '/admin/members', ...kinds, ...links.map(({ id }) => `/admin/links/${id}`), ...jobs.map(({ id }) => `/admin/jobs/${id}`)];
}

async function walkAll() {
  let counts = 0;
  for (const path of await pages()) {
    // A browser that has opened hundreds of pages is begun anew.
    await eve.leave();
    await arrive();
    counts += await walk(path);
  }
  return counts;
}

test('every count of the dashboard is that of the list it leads to', async () => {
  assert.ok((await walkAll()) > 60);
});

test('the number of a dialog is the number that it does, and the report has a reason for everybody else', async () => {
  await open('/admin/members?access=without');
  const listed = await rows();
  const opens = eve.page.getByRole('button', { name: new RegExp(`^Grant access to \\d+ of ${listed}$`) });
  const before = Number(/\d+/.exec(await opens.textContent())[0]);
  await opens.click();
  const dialog = eve.page.getByRole('dialog');
  const button = dialog.getByRole('button', { name: /^Grant access to \d+ people$/ });
  await button.waitFor({ timeout: 60_000 });
  const said = Number(/\d+/.exec(await button.textContent())[0]);
  const skipped = await dialog.locator('.rows li strong').evaluateAll((all) => all.reduce((sum, one) => sum + Number(/\d+/.exec(one.textContent)[0]), 0));
  assert.equal(said, before);
  assert.equal(said + skipped, listed);
  await eve.checkPage();
  await button.click();
  await eve.page.waitForURL(/\/admin\/jobs\/[0-9a-f-]{36}/);
  const id = eve.page.url().split('/').at(-1);
  let job;
  do job = await system.call('GET', `/v1/jobs/${id}`);
  while (job.state !== 'done');
  assert.equal(job.outcomes.granted, said);
  assert.equal(job.done, listed);
  const { rows: report } = await system.call('GET', `/v1/jobs/${id}/report?limit=100`);
  assert.ok(report.every(({ outcome, reason }) => outcome === 'granted' || reason));
});

test('counts and lists agree after people are rejected, and a link and a unit that links give are deleted', async () => {
  const { links } = await system.call('GET', '/v1/links?limit=100');
  const [used] = links.filter(({ state, allocation }) => state === 'active' && allocation.sites.length > 0);
  const catalog = await system.call('GET', '/v1/catalog');
  const site = catalog.sites.find(({ id }) => used.allocation.sites.includes(id));
  const { links: giving, members } = await system.call('GET', `/v1/units/${site.id}/usage`);
  await open('/admin/catalog?kind=site');
  await eve.page.getByRole('button', { name: `Actions for ${site.name}` }).click();
  await eve.press('Delete');
  const dialog = eve.page.getByRole('dialog');
  await dialog.getByText(giving[0].name).waitFor();
  const leads = await dialog.locator('a[data-count]').evaluateAll((all) => all.map((one) => [one.href, Number(one.dataset.count)]));
  assert.deepEqual(leads.map(([, n]) => n), [giving.length, members.count]);
  await eve.checkPage();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await eve.page.locator('.toast').getByText(' deleted.').waitFor();
  for (const [href, n] of leads) {
    await open(href);
    await lists(n, href);
  }
  await open('/admin');
  await eve.page.getByText(`${giving.length} links assign a group, site or region that was deleted.`).waitFor();
  await eve.checkPage();
  await open(`/admin/links/${used.id}`);
  await eve.page.getByText('that was deleted').waitFor();
  await eve.checkPage();
  await open(`/admin/links/${used.id}/edit`);
  await eve.page.getByText('that was deleted').first().waitFor();
  await open('/admin/links?gives=deleted');
  assert.equal(await eve.page.getByText('Assigns something that was deleted').count(), giving.length);
  await eve.checkPage();

  const { members: pending } = await system.call('GET', '/v1/members?access=without&limit=3');
  await system.call('POST', '/v1/members/refusals', { members: pending.map(({ id }) => id) });
  const deleted = links.find(({ state, id, expires_at }) => state === 'active' && id !== used.id && expires_at);
  await system.call('DELETE', `/v1/links/${deleted.id}`);
  await open('/admin/links?status=deleted');
  const row = eve.page.getByRole('row').filter({ hasText: deleted.name });
  await row.getByText(/^Deleted .*(now|ago)$/).waitFor();
  assert.equal(await row.getByText('Expires').count(), 0);
  assert.ok((await walkAll()) > 60);
});
