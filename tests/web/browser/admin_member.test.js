import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { DESK, Visitor, becomes, launch } from './browser.js';
import { System } from './system.js';
import { together } from './together.js';

const HOSTILE = '"><img src=x onerror=alert(1)>';
const GROUP = '3c6e0a7e-2a58-4c43-9d27-5b1b8f2a9e77';

let system, browser, eve;
before(async () => {
  [system, browser] = await together(System.start(), launch());
  await system.call('PUT', `/v1/units/${GROUP}`, { kind: 'group', name: `Crew ${HOSTILE}`, modules: [] });
});
after(async () => {
  await browser?.close();
  await system?.stop();
});
beforeEach(async () => {
  eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(eve);
});
afterEach(() => eve.leave());

const dialog = () => eve.page.getByRole('dialog');
const inDialog = (name) => dialog().getByRole('button', { name, exact: true }).last();
const box = (name) => eve.page.getByRole('region', { name });
const said = (text) => eve.page.locator('.toast').getByText(text).waitFor();
const more = async (item) => {
  await eve.press('More');
  await eve.page.getByRole('button', { name: item, exact: true }).click();
};
const someone = async (name, email, terms = {}, answers) => {
  const link = await system.link({ name: `Link of ${name}`.slice(0, 100), admission: 'approval', ...terms });
  await system.register(link, name, email, answers);
  return { link, id: (await system.found(email))[0].id };
};
const open = (id) => eve.page.goto(`/admin/members/${id}`);
const held = (id) => system.call('GET', `/v1/members/${id}`);

test('a member gets access, is added to units by hand and removed from a link, and the page shows all of it', async () => {
  const fields = [{ key: 'trade', label: 'Your trade', kind: 'text', required: true }];
  const { link, id } = await someone(HOSTILE, 'hostile@example.com', { fields, description: HOSTILE }, { trade: HOSTILE });
  await open(id);
  await eve.heading(HOSTILE);
  await box('Registrations').getByText('Awaiting approval').waitFor();
  await box('Registrations').getByText('Your trade').waitFor();
  await box('History').getByText('Nothing yet.').waitFor();
  await eve.checkPage();
  await eve.press('Grant access');
  await inDialog('Grant access to 1 person').dblclick();
  await dialog().getByText('1 person has access now').waitFor();
  assert.equal(eve.asked('POST /v1/members/grants'), 1);
  await inDialog('Close').click();
  await box('Groups, sites and regions').getByText(`assigned by ${link.name}`).waitFor();
  await box('History').getByText('Access granted').waitFor();
  await eve.page.getByRole('button', { name: 'Edit', exact: true }).click();
  await dialog().getByLabel('Name', { exact: true }).fill('');
  await inDialog('Save').click();
  await dialog().getByText('Enter a name').waitFor();
  await eve.checkPage();
  await dialog().getByLabel('Name', { exact: true }).fill('Hal Renamed');
  await dialog().getByLabel(`Crew ${HOSTILE}`).check();
  await eve.page.route(`**/v1/members/${id}`, (route) => (route.request().method() === 'PATCH' ? route.abort() : route.continue()));
  await inDialog('Save').click();
  await dialog().getByText('No connection').waitFor();
  await eve.page.reload();
  await eve.page.getByRole('button', { name: 'Edit', exact: true }).click();
  await becomes(() => dialog().getByLabel('Name', { exact: true }).inputValue(), 'Hal Renamed');
  await eve.page.unroute(`**/v1/members/${id}`);
  await inDialog('Save').click();
  await said('Saved.');
  await eve.heading('Hal Renamed');
  await box('Groups, sites and regions').getByText('assigned by an admin').waitFor();
  await box('History').getByText(`Added: Crew ${HOSTILE}`).waitFor();
  assert.deepEqual((await held(id)).member.assigned.groups, [GROUP]);
  await eve.page.getByRole('button', { name: `Remove from ${link.name}` }).click();
  await eve.checkPage();
  await inDialog('Remove').click();
  await said('Hal Renamed was removed from');
  await box('Registrations').getByText('Rejected or removed').waitFor();
  await box('History').getByText('Removed from a link').waitFor();
  assert.deepEqual((await held(id)).member.sites, []);
  await eve.checkPage();
});

test('access is revoked and restored, each with what follows, and a sign-in email is sent that works', async () => {
  const { id } = await someone('Rita Back', 'rita@example.com');
  await system.call('POST', '/v1/members/grants', { members: [id] });
  await open(id);
  await more('Revoke access');
  await inDialog('Revoke access').click();
  await dialog().getByText('Access revoked for 1 person').waitFor();
  await inDialog('Undo: restore access').click();
  await dialog().getByText('receives a sign-in email').waitFor();
  await eve.checkPage();
  await inDialog('Restore access').click();
  await dialog().getByText('1 person restored').waitFor();
  await inDialog('Close').click();
  await box('History').getByText('Access restored').waitFor();
  const mails = await system.logins('rita@example.com', 2);
  await eve.press('Send sign-in email');
  await inDialog('Send sign-in email').click();
  await dialog().getByText('1 sign-in email is on its way').waitFor();
  await inDialog('Close').click();
  const rita = await Visitor.arrive(browser, system.origin);
  await rita.page.goto(await system.loginLink('rita@example.com', mails.length + 1));
  await rita.press('Sign in');
  await rita.heading('Hello Rita Back');
  await rita.leave();
  await eve.page.reload();
  await eve.page.getByText('In 1 browser').waitFor();
});

test('a possible duplicate is named, and leads to its page', async () => {
  const { id } = await someone('Dup One', 'dup@example.com');
  const other = await someone('Dup Two', 'dup+yard@example.com');
  await open(id);
  await eve.page.getByRole('link', { name: 'Dup Two, dup+yard@example.com' }).click();
  await eve.heading('Dup Two');
  await becomes(() => eve.page.url(), new RegExp(`${other.id}$`));
});

test('email to an address that bounced is resumed by an admin', async () => {
  const { id } = await someone('Bo Unce', 'bounce+bo@simulator.amazonses.com');
  await system.call('POST', '/v1/members/grants', { members: [id] });
  for (let tries = 0; tries < 100 && !(await held(id)).member.suppressed; tries += 1) await new Promise((done) => setTimeout(done, 100));
  await open(id);
  await box('Emails').getByText('Bounced', { exact: true }).waitFor();
  await eve.checkPage();
  await eve.press('Resume email');
  await inDialog('Resume email').click();
  await said('Email to Bo Unce resumed.');
  assert.equal((await held(id)).member.suppressed, false);
  await box('History').getByText('Email resumed').waitFor();
});

test('a member is made an admin, can’t be erased as one, and their data is exported', async () => {
  const { id } = await someone('Ada Min', 'ada@example.com');
  await open(id);
  await more('Make admin');
  await dialog().getByText('can do everything').waitFor();
  await inDialog('Make admin').dblclick();
  await said('Ada Min is an admin now.');
  assert.equal(eve.asked('POST /v1/admins'), 1);
  await eve.page.getByRole('link', { name: 'All admins' }).waitFor();
  await eve.press('More');
  await becomes(() => eve.page.getByRole('button', { name: 'Erase' }).count(), 0);
  const [file] = await Promise.all([eve.page.waitForEvent('download'), eve.press('Export data')]);
  assert.equal(file.suggestedFilename(), 'member.json');
  const data = JSON.parse(await readFile(await file.path(), 'utf8'));
  assert.equal(data.member.email, 'ada@example.com');
  assert.deepEqual(data.acts.map(({ act }) => act), ['admin_added']);
});

test('somebody is erased only once their address is typed, and is gone then', async () => {
  const { id } = await someone('Gone Soon', 'gone@example.com');
  await open(id);
  await more('Erase');
  await dialog().getByText('Kept:').waitFor();
  await dialog().getByLabel('To confirm, type gone@example.com').fill('wrong@example.com');
  await inDialog('Erase').click();
  await dialog().getByText('This doesn’t match their email address.').waitFor();
  await eve.checkPage();
  assert.equal(eve.asked(`DELETE /v1/members/${id}`), 0);
  await dialog().getByLabel('To confirm, type gone@example.com').fill('Gone@example.com ');
  await inDialog('Erase').click();
  await said('Gone Soon was erased.');
  await eve.heading('Members');
  await open(id);
  await eve.page.getByText('We can’t find this.').waitFor();
  await eve.checkPage();
});

test('what another admin changes meanwhile stays, where it was not touched', async () => {
  const { id } = await someone('Two Windows', 'two@example.com');
  await open(id);
  await eve.page.getByRole('button', { name: 'Edit', exact: true }).click();
  await system.call('PATCH', `/v1/members/${id}`, { name: 'Renamed Elsewhere' });
  await dialog().getByLabel('North yard').check();
  await inDialog('Save').dblclick();
  await said('Saved.');
  await eve.heading('Renamed Elsewhere');
  assert.equal(eve.asked(`PATCH /v1/members/${id}`), 1);
  await eve.press('Grant access');
  await inDialog('Grant access to 1 person').waitFor();
  await system.call('DELETE', `/v1/members/${id}`);
  await inDialog('Grant access to 1 person').click();
  await dialog().getByText('1 skipped: no longer a member').waitFor();
  await eve.checkPage();
});

test('the address of somebody who has never signed in is corrected, and one that is taken or proven stays', async () => {
  const { link, id } = await someone('Cora Typo', 'cora@exmaple.example');
  await someone('Dora There', 'dora@example.com');
  await open(id);
  await eve.heading('Cora Typo');
  await more('Correct address');
  await dialog().getByLabel('Email address').fill('nonsense');
  await inDialog('Correct address').click();
  await dialog().getByText('Enter a full email address').waitFor();
  await eve.checkPage();
  await dialog().getByLabel('Email address').fill('dora@example.com');
  await inDialog('Correct address').click();
  await dialog().getByText('Another person in your organization already has this address.').waitFor();
  await dialog().getByLabel('Email address').fill('cora@example.com');
  await inDialog('Correct address').click();
  await said('The email address of Cora Typo is now cora@example.com.');
  const [{ id: now }] = await system.found('cora@example.com');
  await eve.page.waitForURL(`**/admin/members/${now}`);
  await box('Registrations').getByText(link.name).waitFor();
  await box('History').getByText('Address corrected').waitFor();
  await eve.checkPage();
  await eve.page.goto('/admin/audit');
  await eve.page.getByRole('row').getByText('Address corrected').first().waitFor();
});
