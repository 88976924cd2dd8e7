import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { DESK, Visitor, becomes, launch } from './browser.js';
import { System } from './system.js';
import { together } from './together.js';

let system, browser, eve;
before(async () => ([system, browser] = await together(System.start(), launch())));
after(async () => {
  await browser?.close();
  await system?.stop();
});
beforeEach(async () => {
  eve = await Visitor.arrive(browser, system.origin, { viewport: DESK, permissions: ['clipboard-read', 'clipboard-write'] });
  await system.enter(eve);
});
afterEach(() => eve.leave());

const row = (name) => eve.page.getByRole('row').filter({ hasText: name });
const menu = async (name, item) => {
  await eve.page.getByRole('button', { name: `Actions for ${name}` }).click();
  await eve.page.getByRole('button', { name: item, exact: true }).click();
};
/** A day so many days from now, where the organization is. */
const day = (days) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(Date.now() + days * 86_400_000);
const said = (text) => eve.page.locator('.toast').getByText(text).waitFor();

test('the overview says what there is, and every link is found, sorted and copied', async () => {
  const full = await system.link({ name: 'Night shift', cap: 1, description: 'Świt' });
  await system.register(full, 'Di First', 'di@example.com');
  await system.link({ name: 'From March', starts: '2027-03-01' });
  await system.link({ name: 'Ends soon', expires: new Date(Date.now() + 3 * 86_400_000 + 60_000).toISOString() });
  await eve.page.reload();
  await eve.page.getByText('Open links').waitFor();
  await eve.page.getByRole('link', { name: 'Night shift' }).waitFor();
  await eve.checkPage();
  await eve.page.getByRole('link', { name: 'Access links' }).click();
  await eve.heading('Access links');
  await becomes(() => eve.page.title(), /^Access links · Demo$/);
  await row('Ends soon').getByText('in 3 days').waitFor();
  await row('Night shift').getByText('1 of 1').waitFor();
  await row('From March').getByText('Starts in').waitFor();
  await eve.checkPage();
  await eve.page.getByLabel('Search').fill('swit');
  await becomes(() => eve.page.getByRole('row').count(), 2);
  await eve.page.reload();
  await becomes(() => eve.page.getByLabel('Search').inputValue(), 'swit');
  await eve.page.getByLabel('Search').fill('nothing like it');
  await eve.page.getByText('No results.').waitFor();
  await eve.press('Clear filters');
  await eve.press('Seats taken');
  await eve.press('Seats taken');
  await becomes(() => eve.page.getByRole('row').nth(1).innerText(), /Night shift/);
  await eve.page.getByRole('button', { name: /^Scheduled/ }).click();
  await becomes(() => eve.page.getByRole('row').count(), 2);
  await eve.press('Copy link of From March');
  await said('Copied.');
  await becomes(() => eve.page.evaluate(() => navigator.clipboard.readText()), /\/join\/[0-9a-z]{26}$/);
});

test('the overview says what is open to people beside the open links and the free seats', async () => {
  await eve.page.route('**/v1/overview*', async (route) => {
    const answer = await route.fetch();
    const sums = await answer.json();
    await route.fulfill({ response: answer, json: { ...sums, links: { ...sums.links, waiting_list: 2 }, seats: { ...sums.seats, held: 3 } } });
  });
  await eve.page.goto('/admin');
  await eve.page.getByText('plus 2 links with a waiting list').waitFor();
  await eve.page.getByText('3 more seats are held for people on the waiting list').waitFor();
  await eve.checkPage();
});

test('a link is deactivated and that is undone; it is regenerated; it is deleted', async () => {
  const link = await system.link({ name: 'Turned off' });
  await eve.page.goto('/admin/links');
  await menu('Turned off', 'Deactivate');
  await said('Turned off deactivated.');
  assert.equal((await system.call('GET', `/v1/links/${link.id}`)).state, 'inactive');
  await eve.press('Undo');
  await said('Undone.');
  assert.equal((await system.call('GET', `/v1/links/${link.id}`)).state, 'active');
  await menu('Turned off', 'Regenerate link');
  await eve.page.getByRole('dialog').getByText('stop working immediately').waitFor();
  await eve.checkPage();
  await eve.page.getByRole('dialog').getByRole('button', { name: 'Regenerate link' }).click();
  await said('Turned off regenerated.');
  assert.notEqual((await system.call('GET', `/v1/links/${link.id}`)).code, link.code);
  await menu('Turned off', 'Delete');
  await eve.page.getByRole('dialog').waitFor();
  await eve.page.keyboard.press('Escape');
  await eve.page.getByRole('dialog').waitFor({ state: 'hidden' });
  await menu('Turned off', 'Delete');
  await eve.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).dblclick();
  await said('Turned off deleted.');
  await row('Turned off').waitFor({ state: 'detached' });
  assert.equal(eve.asked(`DELETE /v1/links/${link.id}`), 1);
});

test('many links are extended and switched off at once, each with its result, and none is made to end earlier', async () => {
  const soon = await system.link({ name: 'Many one', expires: day(3) });
  const endless = await system.link({ name: 'Many two' });
  const late = await system.link({ name: 'Many three', expires: day(300) });
  const expiry = async ({ id }) => (await system.call('GET', `/v1/links/${id}`)).expires_local?.slice(0, 10);
  await eve.page.goto('/admin/links?q=many');
  await eve.page.getByLabel('Select all on this page').check();
  await eve.page.getByText('3 selected').waitFor();
  await eve.page.getByRole('region', { name: 'Actions' }).getByRole('button', { name: 'Extend' }).click();
  const dialog = eve.page.getByRole('dialog');
  await dialog.getByLabel('Expiration date').fill(day(60));
  await dialog.getByText('2 of them aren’t changed').waitFor();
  await eve.checkPage();
  await dialog.getByRole('button', { name: 'Extend' }).click();
  await said('2 skipped: expire later or never.');
  assert.deepEqual([await expiry(soon), await expiry(endless), await expiry(late)], [day(60), undefined, day(300)]);
  assert.equal(await eve.page.getByRole('region', { name: 'Actions' }).getByRole('button', { name: 'Reactivate' }).count(), 0);
  await eve.press('Deactivate');
  await said('3 links deactivated.');
  await eve.checkPage();
});

test('a link that never expires is not offered to be extended, and one that expires is extended to a later day alone', async () => {
  await system.link({ name: 'Endless' });
  await system.link({ name: 'Short', expires: day(40) });
  await eve.page.goto('/admin/links');
  await eve.page.getByRole('button', { name: 'Actions for Endless' }).click();
  assert.equal(await eve.page.getByRole('button', { name: 'Extend', exact: true }).count(), 0);
  await eve.page.keyboard.press('Escape');
  await menu('Short', 'Extend');
  const dialog = eve.page.getByRole('dialog');
  await dialog.getByText('Current expiration: ').waitFor();
  assert.equal(await dialog.getByLabel('Expiration date').inputValue(), day(70));
  await dialog.getByLabel('Expiration date').fill(day(20));
  await dialog.getByRole('button', { name: 'Extend' }).click();
  await dialog.getByText('Choose a date after the current expiration date.').waitFor();
  assert.equal(eve.requests.filter((request) => request.startsWith('PATCH')).length, 0);
  await eve.page.keyboard.press('Escape');
});

test('an expiry that somebody else changed meanwhile is shown before a link is extended, and another edit does not matter', async () => {
  const link = await system.link({ name: 'Contested', expires: day(10) });
  const now = () => system.call('GET', `/v1/links/${link.id}`);
  const edited = async (terms) => system.call('PATCH', `/v1/links/${link.id}`, { version: (await now()).version, ...terms });
  await eve.page.goto(`/admin/links/${link.id}`);
  const opened = async () => {
    await eve.press('Actions');
    await eve.page.locator('.menu-items').getByRole('button', { name: 'Extend', exact: true }).click();
    return eve.page.getByRole('dialog');
  };
  const dialog = await opened();
  await edited({ expires: day(100) });
  await dialog.getByLabel('Expiration date').fill(day(60));
  await dialog.getByRole('button', { name: 'Extend' }).click();
  await dialog.getByText('Someone else has changed the expiration date since.').waitFor();
  await eve.checkPage();
  assert.equal((await now()).expires_local.slice(0, 10), day(100));
  await dialog.getByRole('button', { name: 'Extend' }).click();
  await dialog.getByText('Choose a date after the current expiration date.').waitFor();
  await dialog.getByLabel('Expiration date').fill(day(120));
  await edited({ description: 'Edited meanwhile' });
  await dialog.getByRole('button', { name: 'Extend' }).click();
  await said('Contested can be used until the end of');
  const extended = await now();
  assert.deepEqual([extended.expires_local.slice(0, 10), extended.description], [day(120), 'Edited meanwhile']);
  await opened();
  await edited({ expires: null });
  await dialog.getByRole('button', { name: 'Extend' }).click();
  await dialog.getByText('Someone else has removed the expiration date since').waitFor();
  assert.equal(await dialog.getByRole('button', { name: 'Extend' }).getAttribute('aria-disabled'), 'true');
  assert.equal((await now()).expires_at, null);
  await eve.checkPage();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

test('many links are extended from the days that they have by then, not from those of an old list', async () => {
  const [first, second] = [await system.link({ name: 'Stale one', expires: day(3) }), await system.link({ name: 'Stale two', expires: day(3) })];
  const expiry = async ({ id }) => (await system.call('GET', `/v1/links/${id}`)).expires_local.slice(0, 10);
  await eve.page.goto('/admin/links?q=stale');
  await eve.page.getByLabel('Select all on this page').check();
  await system.call('PATCH', `/v1/links/${second.id}`, { version: second.version, expires: day(200) });
  await eve.page.getByRole('region', { name: 'Actions' }).getByRole('button', { name: 'Extend' }).click();
  const dialog = eve.page.getByRole('dialog');
  await dialog.getByLabel('Expiration date').fill(day(60));
  await dialog.getByRole('button', { name: 'Extend' }).click();
  await said('1 link extended. 1 skipped: expires later or never.');
  assert.deepEqual([await expiry(first), await expiry(second)], [day(60), day(200)]);
});

test('the tab of all links says that deleted ones are not among them', async () => {
  const link = await system.link({ name: 'To be deleted' });
  await system.call('DELETE', `/v1/links/${link.id}`);
  await eve.page.goto('/admin/links');
  await eve.page.getByRole('button', { name: /^All but deleted \d+$/ }).waitFor();
});

test('every part of the menu leads somewhere, by keyboard and on a phone', async () => {
  await eve.resize({ width: 390, height: 844 });
  await eve.page.goto('/admin/nothing-here');
  await eve.heading('Page not found');
  await eve.checkPage();
  await eve.press('Menu');
  await eve.checkPage();
  await eve.page.keyboard.press('Escape');
  await becomes(() => eve.page.getByRole('navigation').isVisible(), false);
  await eve.press('Menu');
  const ways = await eve.page.getByRole('navigation').getByRole('link').evaluateAll((links) => links.map((link) => link.pathname));
  for (const way of ways) {
    await eve.page.goto(way);
    await eve.page.locator('h1').waitFor();
    assert.notEqual(await eve.page.locator('h1').innerText(), 'Page not found', way);
  }
});

test('whoever is signed out signs in and comes back to the page that was left; who is no admin is told so', async () => {
  const link = await system.link({ name: 'Deep' });
  const ana = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await ana.page.goto('/admin/links?q=deep');
  await ana.heading('Sign in');
  await system.register(link, 'Ana Welder', 'ana@example.com');
  await ana.page.goto(await system.loginLink('ana@example.com'));
  await ana.press('Sign in');
  await ana.heading('Hello Ana Welder');
  await ana.page.goto('/admin');
  await ana.heading('For admins only');
  await ana.checkPage();
  await ana.leave();
  await eve.page.getByRole('button', { name: 'Sign out' }).click();
  await eve.heading('Sign in');
  await eve.page.goto('/admin/links?q=deep');
  await eve.heading('Sign in');
  const mails = await system.logins('admin@example.com');
  await eve.fill({ 'Your email address': 'admin@example.com' });
  await eve.press('Email me a sign-in link');
  await eve.page.goto(await system.loginLink('admin@example.com', mails.length + 1));
  await eve.press('Sign in');
  await row('Deep').waitFor();
});
