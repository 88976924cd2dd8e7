import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { DESK, Visitor, becomes, launch } from './browser.js';
import { System } from './system.js';
import { together } from './together.js';

const HOSTILE = '"><img src=x onerror=alert(1)>';

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

const open = async (path, heading) => {
  await eve.page.goto(path);
  await eve.heading(heading);
};
const row = (name) => eve.page.getByRole('row').filter({ hasText: name });
const dialog = () => eve.page.getByRole('dialog');
const inDialog = (name) => dialog().getByRole('button', { name, exact: true });
const said = (text) => eve.page.locator('.toast').getByText(text, { exact: true }).last().waitFor();
/** Lets what is sent arrive, and loses its answer, once. */
const losingTheAnswer = async (path, send) => {
  let told;
  const lost = new Promise((done) => (told = done));
  await eve.page.route(path, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await route.fetch();
    await route.abort();
    return told();
  });
  await send();
  await lost;
  await eve.page.unroute(path);
};
const settings = () => system.call('GET', '/v1/organization');

test('the organization gets another name, zone, language and contact, at once and back again', async () => {
  await open('/admin/settings', 'Settings');
  await eve.page.getByText(/It’s \d\d:\d\d there now/).waitFor();
  await eve.checkPage();
  await eve.fill({ 'Time zone': 'Nowhere/At all', 'Support contact': 'not an address' });
  await eve.press('Save');
  await eve.page.getByText('Choose a time zone from the list').waitFor();
  await eve.page.getByText('Enter an email address, or').waitFor();
  await eve.focused('#organization-time_zone');
  await eve.checkPage();
  await eve.fill({ 'Organization name': HOSTILE, 'Time zone': 'America/New_York', 'Support contact': 'help@demo.example' });
  await eve.page.locator('#content').getByLabel('Language').selectOption('Polish');
  await eve.page.reload();
  await eve.page.getByText('Your unsaved changes were restored.').waitFor();
  await eve.page.getByRole('button', { name: 'Save' }).dblclick();
  await said('Saved.');
  assert.equal(eve.asked('PATCH /v1/organization'), 2);
  await eve.page.locator('.side-name').getByText(HOSTILE).waitFor();
  const { name, time_zone, language, support_contact } = await settings();
  assert.deepEqual([name, time_zone, language, support_contact], [HOSTILE, 'America/New_York', 'pl', 'help@demo.example']);
  await eve.press('Undo');
  await said('Undone.');
  await eve.page.locator('.side-name').getByText('Demo').waitFor();
  assert.equal((await settings()).support_contact, null);
  await eve.press('Save');
  await said('No changes to save.');
});

test('an accent colour is previewed, kept, and taken away again', async () => {
  await open('/admin/settings', 'Settings');
  await eve.fill({ 'Accent color': 'yellow' });
  await eve.press('Save');
  await eve.page.getByText('Enter a color such as #0b5fae.', { exact: true }).waitFor();
  await eve.focused('#organization-accent_color');
  assert.equal(await eve.page.locator('.accent-sample').count(), 0);
  await eve.fill({ 'Accent color': '#FFFF00' });
  await eve.page.getByText('Buttons have exactly this color. For links on light screens and in emails, and for posters, a darker shade is used').waitFor();
  const button = (scheme) =>
    eve.page.locator(`.accent-sample.${scheme} .accent-button`).evaluate((one) => {
      const { backgroundColor, color, borderTopColor } = getComputedStyle(one);
      return [backgroundColor, color, borderTopColor].join(' ');
    });
  await becomes(() => button('light'), 'rgb(255, 255, 0) rgb(0, 0, 0) rgb(139, 139, 0)');
  await becomes(() => button('dark'), 'rgb(255, 255, 0) rgb(0, 0, 0) rgb(255, 255, 0)');
  await becomes(() => eve.page.locator('.accent-sample.light .accent-link').evaluate((one) => getComputedStyle(one).color), 'rgb(112, 112, 0)');
  await eve.checkPage();
  await eve.press('Save');
  await said('Saved.');
  assert.equal((await settings()).accent_color, '#ffff00');
  await eve.page.getByLabel('Pick a color').fill('#0b5fae');
  await eve.page.getByText('For links on dark screens, a lighter shade is used').waitFor();
  await eve.fill({ 'Accent color': '' });
  await eve.press('Save');
  await becomes(async () => (await settings()).accent_color, null);
});

test('what another admin saved meanwhile is shown before it is overwritten', async () => {
  await open('/admin/settings', 'Settings');
  await eve.fill({ 'Support contact': 'mine@demo.example' });
  await system.call('PATCH', '/v1/organization', { support_contact: 'theirs@demo.example', language: 'de' });
  await eve.press('Save');
  await eve.page.getByText('Another admin has changed these settings.').waitFor();
  await eve.page.getByText('Saved by another admin: theirs@demo.example').waitFor();
  await eve.checkPage();
  await eve.page.locator('#content').getByLabel('Language').selectOption('German');
  await eve.press('Save');
  await said('Saved.');
  const { support_contact, language } = await settings();
  assert.deepEqual([support_contact, language], ['mine@demo.example', 'de']);
  await eve.fill({ 'Organization name': 'Demo two' });
  await eve.context.setOffline(true);
  await eve.press('Save');
  await eve.page.getByText('No connection').waitFor();
  await becomes(() => eve.page.getByLabel('Organization name').inputValue(), 'Demo two');
  await eve.context.setOffline(false);
  await eve.press('Save');
  await said('Saved.');
  await eve.page.locator('.side-name').getByText('Demo two').waitFor();
});

test('an admin is added and removed; the last one stays', async () => {
  await open('/admin/admins', 'Admins');
  const [me] = (await system.call('GET', '/v1/admins')).admins;
  await row(me.name).getByText('You', { exact: true }).waitFor();
  await row(me.name).getByRole('button').click();
  await dialog().getByText('You’re signed out right away').waitFor();
  await inDialog('Remove as admin').click();
  await dialog().getByText('You’re the only admin who can receive email').waitFor();
  await eve.checkPage();
  await eve.page.keyboard.press('Escape');
  await eve.press('Add admin');
  await eve.fill({ 'Email address': 'no address' });
  await inDialog('Add admin').click();
  await dialog().getByText('Enter a full email address').waitFor();
  await dialog().getByText('Enter a name').waitFor();
  await eve.checkPage();
  await eve.fill({ 'Email address': 'second@example.com' });
  await dialog().getByLabel('Name').fill(HOSTILE);
  await inDialog('Add admin').dblclick();
  await said(`${HOSTILE} is an admin now and will get a sign-in email.`);
  assert.equal(eve.asked('POST /v1/admins'), 2);
  await system.mails('second@example.com');
  await eve.checkPage();
  await row(HOSTILE).getByRole('button').click();
  await inDialog('Remove as admin').click();
  await said(`${HOSTILE} is no longer an admin.`);
  assert.equal((await system.call('GET', '/v1/admins')).admins.length, 1);
});

test('whoever removes themselves is signed out', async () => {
  await system.call('POST', '/v1/admins', { email: 'leaver@example.com', name: 'Lea Leaver' });
  const lea = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await lea.page.goto(await system.loginLink('leaver@example.com'));
  await lea.press('Sign in');
  await lea.heading('Overview');
  await lea.page.goto('/admin/admins');
  await lea.page.getByRole('row').filter({ hasText: 'Lea Leaver' }).getByRole('button').click();
  await lea.page.getByRole('dialog').getByRole('button', { name: 'Remove as admin' }).click();
  await lea.heading('Sign in');
  await lea.leave();
});

test('an API key is shown once, works, and is revoked', async () => {
  await open('/admin/admins', 'Admins');
  await eve.page.getByRole('link', { name: 'API keys' }).click();
  await eve.heading('API keys');
  await eve.page.getByText('No API keys yet').waitFor();
  await eve.press('Create API key');
  await inDialog('Create API key').click();
  await dialog().getByText('Enter a name').waitFor();
  await eve.fill({ Name: HOSTILE, 'Expiration date': '2020-01-01' });
  await inDialog('Create API key').click();
  await dialog().getByText('Choose today or a later date').waitFor();
  await eve.checkPage();
  await eve.page.getByLabel('Expiration date').fill('');
  await dialog().getByLabel(/^Manage/).check();
  await inDialog('Create API key').dblclick();
  await dialog().getByText('It won’t be shown again').waitFor();
  assert.equal(eve.asked('POST /v1/api-keys'), 3);
  const key = await eve.page.getByLabel('API key', { exact: true }).inputValue();
  assert.match(key, /^alk_/);
  await eve.checkPage();
  await inDialog('Copy').click();
  await becomes(() => eve.page.evaluate(() => navigator.clipboard.readText()), key);
  // It is shown this once: the browser's Back does not take it away, and leaving is asked about.
  const asksToStay = () => eve.page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
  for (let times = 0; times < 3; times += 1) await eve.page.evaluate(() => history.back());
  await becomes(() => new URL(eve.page.url()).pathname, '/admin/api-keys');
  assert.equal(await eve.page.getByLabel('API key', { exact: true }).inputValue(), key);
  assert.equal(await asksToStay(), true);
  await inDialog('I’ve saved it').click();
  await dialog().waitFor({ state: 'detached' });
  await eve.heading('API keys');
  assert.equal(await asksToStay(), false);
  assert.equal((await eve.page.content()).includes(key), false);
  const used = () => fetch(`${system.origin}/v1/links`, { headers: { authorization: `Bearer ${key}` } });
  assert.equal((await used()).status, 200);
  await eve.page.reload();
  await row(HOSTILE).getByText('Manage').waitFor();
  await eve.resize({ width: 390, height: 844 });
  await eve.checkPage();
  await row(HOSTILE).getByRole('button').click();
  await inDialog('Revoke').click();
  await said(`${HOSTILE} was revoked.`);
  await row(HOSTILE).getByText(/^Revoked/).waitFor();
  assert.equal((await used()).status, 401);
});

test('a key whose text was lost with its answer is to be revoked', async () => {
  await open('/admin/api-keys', 'API keys');
  await eve.press('Create API key');
  await eve.fill({ Name: 'Lost on the way' });
  await losingTheAnswer('**/v1/api-keys', () => inDialog('Create API key').click());
  await dialog().getByText('No connection').waitFor();
  await inDialog('Create API key').click();
  await dialog().getByText('Revoke it and create a new one').waitFor();
  await eve.checkPage();
  await inDialog('Revoke').click();
  await row('Lost on the way').getByText(/^Revoked/).waitFor();
  assert.equal((await system.call('GET', '/v1/api-keys')).api_keys.filter(({ name }) => name === 'Lost on the way').length, 1);
});
