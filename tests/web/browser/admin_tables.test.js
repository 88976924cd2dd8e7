import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { DESK, PHONE, Visitor, becomes, launch } from './browser.js';
import { System } from './system.js';
import { together } from './together.js';

let system, browser, eve;
before(async () => {
  [system, browser] = await together(System.start(), launch());
  for (const [name, cap] of [['Crew 10', 10], ['Crew 9', null], ['Ärger', 5]]) await system.link({ name, cap });
  const people = Array.from({ length: 70 }, (_, n) => `Person ${String((n * 37) % 70).padStart(2, '0')},p${n}@example.com`);
  await system.bringIn(['name,email', ...people].join('\n'), 'pending');
});
after(async () => {
  await browser?.close();
  await system?.stop();
});
afterEach(() => eve?.leave());

/** @param {{ width: number, height: number }} viewport */
async function open(path, viewport = DESK) {
  eve = await Visitor.arrive(browser, system.origin, { viewport });
  await system.enter(eve);
  await eve.page.goto(path);
  await eve.page.locator('tbody tr').first().waitFor();
}

const names = () => eve.page.locator('tbody .table-name').allInnerTexts();
const shows = (...expected) => becomes(async () => (await names()).join(), expected.join());
const sortedBy = (heading) => eve.page.getByRole('columnheader', { name: heading }).getAttribute('aria-sort');
const query = () => new URL(eve.page.url()).search;

test('a heading puts the rows in its order, turns it, and gives the table back its own; the address keeps it', async () => {
  await open('/admin/links');
  await shows('Ärger', 'Crew 9', 'Crew 10');
  const heading = eve.page.getByRole('button', { name: 'Name', exact: true });
  await heading.focus();
  await eve.page.keyboard.press('Enter');
  await shows('Ärger', 'Crew 9', 'Crew 10');
  assert.equal(await sortedBy('Name'), 'ascending');
  await eve.page.keyboard.press('Space');
  await shows('Crew 10', 'Crew 9', 'Ärger');
  assert.equal(await sortedBy('Name'), 'descending');
  assert.equal(query(), '?sort=-name');
  await eve.checkPage();
  await eve.page.reload();
  await shows('Crew 10', 'Crew 9', 'Ärger');
  await eve.page.getByRole('link', { name: 'Crew 9' }).click();
  await eve.heading('Crew 9');
  await eve.page.goBack();
  await shows('Crew 10', 'Crew 9', 'Ärger');
  await eve.press('Name');
  await becomes(query, '');
  assert.equal(await sortedBy('Name'), null);
  await eve.press('Seats taken');
  await becomes(async () => (await names()).at(-1), 'Crew 9');
  await eve.press('Seats taken');
  await becomes(async () => (await names()).at(-1), 'Crew 9');
});

test('a list that the API sorts offers its orders alone, until all of it is there', async () => {
  await open('/admin/members');
  assert.equal(await sortedBy('Status'), 'ascending');
  assert.equal(await eve.page.getByRole('button', { name: 'Last email', exact: true }).count(), 0);
  await eve.press('Name');
  await becomes(async () => (await names())[1], 'Person 00');
  assert.equal(query(), '?sort=name');
  await eve.press('Show more');
  await becomes(async () => (await names()).length, 71);
  await eve.press('Last email');
  await becomes(query, '?sort=mail');
  await eve.page.reload();
  await eve.page.getByText('Only some of the rows are loaded.').waitFor();
  assert.equal(await sortedBy('Last email'), null);
  await eve.press('Show more');
  await becomes(() => sortedBy('Last email'), 'ascending');
  assert.equal(await eve.page.getByText('Only some of the rows are loaded.').count(), 0);
});

test('where rows are cards, a choice above them sorts', async () => {
  await open('/admin/links', PHONE);
  assert.equal(await eve.page.getByRole('button', { name: 'Name', exact: true }).count(), 0);
  await eve.page.getByLabel('Sort by').selectOption('Name (Z to A)');
  await shows('Crew 10', 'Crew 9', 'Ärger');
  await eve.checkPage();
  await eve.page.reload();
  await shows('Crew 10', 'Crew 9', 'Ärger');
  await becomes(() => eve.page.getByLabel('Sort by').inputValue(), '-name');
  await eve.page.getByLabel('Sort by').selectOption('Newest first');
  await shows('Ärger', 'Crew 9', 'Crew 10');
});

test('on a phone the filters stand behind a button that says how many are set', async () => {
  await open('/admin/members?access=pending', PHONE);
  const fold = eve.page.getByRole('button', { name: 'Filters (1)', exact: true });
  assert.equal(await fold.getAttribute('aria-expanded'), 'false');
  assert.equal(await eve.page.getByLabel('Source').isVisible(), false);
  assert.ok(await eve.page.getByLabel('Search').isVisible());
  await fold.press('Enter');
  assert.equal(await fold.getAttribute('aria-expanded'), 'true');
  await eve.checkPage();
  await eve.page.getByRole('button', { name: /^All/ }).click();
  await eve.page.getByRole('button', { name: 'Filters', exact: true }).waitFor();
  await eve.resize(DESK);
  await eve.page.getByRole('button', { name: 'Filters', exact: true }).waitFor({ state: 'detached' });
  assert.ok(await eve.page.getByLabel('Source').isVisible());
});

test('what can be done with many takes one line of a phone, with a menu of the rest', async () => {
  await open('/admin/members?access=pending', PHONE);
  await eve.page.getByLabel('Select all on this page').check();
  const bar = eve.page.getByRole('region', { name: 'Actions' });
  const { height } = await bar.boundingBox();
  assert.ok(height <= 0.15 * PHONE.height, `${height} pixels`);
  const more = bar.getByRole('button', { name: 'More actions' });
  await more.press('Enter');
  await eve.checkPage();
  const revoke = bar.getByRole('button', { name: 'Revoke access' });
  const { y } = await revoke.boundingBox();
  assert.ok(y > 0, 'the menu is in sight');
  await revoke.press('Enter');
  await eve.page.getByRole('dialog').getByText('Revoke access for 50 people?').waitFor();
  await eve.page.keyboard.press('Escape');
  await eve.page.locator(':focus[aria-label="More actions"]').waitFor();
  await eve.press('Clear selection');
  await bar.waitFor({ state: 'detached' });
});

test('what is off says so in the menu of a phone too, with the reason', async () => {
  await open('/admin/members?access=pending', PHONE);
  await eve.page.getByLabel('Select all on this page').check();
  const bar = eve.page.getByRole('region', { name: 'Actions' });
  await bar.getByRole('button', { name: 'More actions' }).click();
  const restore = bar.getByRole('button', { name: 'Restore access' });
  assert.equal(await restore.getAttribute('aria-disabled'), 'true');
  assert.equal(await bar.getByRole('button', { name: 'Revoke access' }).getAttribute('aria-disabled'), 'false');
  await bar.getByText('Nobody selected has had their access revoked.').waitFor();
  const [off, on] = await Promise.all([restore, bar.getByRole('button', { name: 'Send sign-in email' })].map((item) => item.evaluate((button) => getComputedStyle(button).color)));
  assert.notEqual(off, on);
  const reason = await restore.evaluate((button) => document.getElementById(button.getAttribute('aria-describedby')).textContent);
  assert.equal(reason, 'Nobody selected has had their access revoked.');
  await eve.checkPage();
  await restore.press('Enter');
  await bar.getByRole('status').getByText('Nobody selected has had their access revoked.').waitFor();
  assert.equal(await eve.page.getByRole('dialog').count(), 0);
});
