import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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
  eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
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

/** Somebody whose mailbox the local mailbox simulates, once it is known what became of the mail to them. */
async function trouble(link, name, email, fits) {
  await system.register(link, name, email);
  for (let tries = 0; tries < 100; tries += 1) {
    const { members } = await system.call('GET', '/v1/members?mail=trouble');
    const member = members.find((one) => one.email === email);
    if (member && fits(member)) return member;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`no trouble with ${email}`);
}
const shut = (link, name, email) => trouble(link, name, email, ({ suppressed }) => suppressed);
const suppressed = async () => (await system.call('GET', '/v1/suppressions')).suppressions.length;

test('every act is told in words, with what it changed, and leads to what it was done to', async () => {
  const link = await system.link({ name: HOSTILE, cap: 40 });
  const edited = await system.call('PATCH', `/v1/links/${link.id}`, { version: 1, cap: 60, admission: 'approval' });
  await system.call('DELETE', `/v1/links/${edited.id}`);
  await open('/admin/audit', 'Audit log');
  await row('Link edited').getByText('Enrollment cap: 40 → changed to 60').waitFor();
  await row('Link edited').getByText('instant access → changed to admin approval').waitFor();
  await row('Link deleted').getByText('active → changed to deleted').waitFor();
  await row('Link created').getByText(/fields$/).click();
  await row('Link created').getByText('Auto-allocation: North yard').waitFor();
  await row('Organization created').getByText('System').waitFor();
  await eve.checkPage();
  await eve.resize({ width: 390, height: 844 });
  await eve.checkPage();
  await becomes(() => row('Link edited').getByRole('link', { name: HOSTILE }).getAttribute('href'), `/admin/links/${link.id}`);
  await row('Module saved').getByRole('link', { name: 'Hot work safety' }).click();
  await eve.heading('Catalog');
  await eve.page.goBack();
  await eve.heading('Audit log');
});

test('a time is chosen in the address, and fetched as a table with it', async () => {
  await open('/admin/audit?from=2020-01-01&to=2020-01-31', 'Audit log');
  await eve.page.getByText('Nothing was recorded in this period.').waitFor();
  await eve.page.getByLabel('From').fill('2020-02-01');
  await eve.page.getByText('Choose a date on or after the “From” date.').waitFor();
  await eve.checkPage();
  await eve.page.getByLabel('To').fill('');
  await row('Organization created').waitFor();
  await eve.page.reload();
  await becomes(() => eve.page.getByLabel('From').inputValue(), '2020-02-01');
  const [file] = await Promise.all([eve.page.waitForEvent('download'), eve.press('Download CSV')]);
  assert.equal(file.suggestedFilename(), 'audit.csv');
  assert.match(readFileSync(await file.path(), 'utf8'), /organization_created/);
  await eve.press('Clear filters');
  await becomes(() => new URL(eve.page.url()).search, '');
});

test('a person and an action are chosen in the address, and lead to what that person did', async () => {
  const link = await system.link({ name: 'Chosen' });
  await system.call('PATCH', `/v1/links/${link.id}`, { version: 1, cap: 60 });
  await open('/admin/admins', 'Admins');
  await eve.page.getByRole('link', { name: /^Activity: / }).first().click();
  await eve.heading('Audit log');
  await row('Link edited').first().waitFor();
  assert.equal(await row('Organization created').count(), 0);
  await eve.page.getByLabel('Action', { exact: true }).selectOption('Link edited');
  await becomes(() => row('Link created').count(), 0);
  await row('Link edited').first().waitFor();
  await eve.page.reload();
  await row('Link edited').first().waitFor();
  await becomes(() => eve.page.getByLabel('Action', { exact: true }).inputValue(), 'link_edited');
  await eve.page.getByLabel('By', { exact: true }).selectOption('Operator');
  await eve.page.getByText('No action matches these filters.').waitFor();
  await eve.checkPage();
  await eve.resize({ width: 390, height: 844 });
  await eve.checkPage();
  await eve.page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click();
  await becomes(() => new URL(eve.page.url()).search, '');
  await row('Organization created').waitFor();
  await open(`/admin/audit?by=${crypto.randomUUID()}`, 'Audit log');
  await becomes(() => eve.page.getByLabel('By', { exact: true }).locator('option:checked').innerText(), 'Former admin or API key');
});

test('more acts than a page holds are fetched one page after the other, also after the connection dropped', async () => {
  for (let n = 0; n < 60; n += 1) await system.call('PUT', `/v1/modules/${crypto.randomUUID()}`, { title: `Part ${n}`, url: 'https://training.example/part' });
  await open('/admin/audit', 'Audit log');
  await row('Part 59').waitFor();
  await becomes(() => row('Part 0').count(), 0);
  await eve.context.setOffline(true);
  await eve.press('Show more');
  await eve.page.getByText('No connection').waitFor();
  await eve.context.setOffline(false);
  await eve.press('Try again');
  await eve.page.getByRole('link', { name: 'Part 0', exact: true }).waitFor();
});

test('a paused address says why, and its email is resumed, alone and with others', async () => {
  await open('/admin/mail-trouble', 'Email delivery');
  await eve.page.getByText('No paused addresses').waitFor();
  await eve.checkPage();
  const link = await system.link({ name: 'Trouble' });
  await shut(link, HOSTILE, 'bounce@simulator.amazonses.com');
  await shut(link, 'Bo Second', 'bounce+bo@simulator.amazonses.com');
  await shut(link, 'Cy Third', 'complaint+cy@simulator.amazonses.com');
  await eve.page.reload();
  await row('Bo Second').getByText('Bounced: mailbox doesn’t exist').waitFor();
  await row('Cy Third').getByText('Marked as spam').waitFor();
  assert.equal(await row('Cy Third').getByRole('link', { name: /^Correct address/ }).count(), 0);
  await row('Bo Second').getByRole('link', { name: /^Correct address/ }).click();
  await dialog().getByText('Correct the email address of Bo Second').waitFor();
  await eve.checkPage();
  await inDialog('Cancel').click();
  await becomes(() => eve.page.url(), /members\/[\w-]+$/);
  await eve.page.goBack();
  await eve.checkPage();
  await row(HOSTILE).getByRole('button').click();
  await dialog().getByText('First make sure, in another way than by email, that the mailbox works').waitFor();
  await eve.checkPage();
  await inDialog('Resume email').dblclick();
  await said(`Email to ${HOSTILE} resumed.`);
  assert.equal(eve.requests.filter((one) => one.startsWith('DELETE /v1/suppressions/')).length, 1);
  assert.equal(await suppressed(), 2);
  await eve.resize({ width: 390, height: 844 });
  await eve.page.getByRole('region', { name: 'Paused addresses' }).getByLabel('Select all on this page').check();
  await eve.page.getByText('2 selected').waitFor();
  await eve.checkPage();
  await eve.page.getByRole('region', { name: /^Actions/ }).getByRole('button', { name: 'Resume email' }).click();
  await eve.context.setOffline(true);
  await inDialog('Resume email').click();
  await dialog().getByText('No connection').waitFor();
  await eve.context.setOffline(false);
  // Another admin was first with one of them.
  const [first] = (await system.call('GET', '/v1/suppressions')).suppressions;
  await system.call('DELETE', `/v1/suppressions/${first.member.id}`);
  await inDialog('Resume email').click();
  await said('Email to 2 addresses resumed.');
  assert.equal(await suppressed(), 0);
  // Whoever marked an email as spam is asked first, and sent nothing from here.
  await row('Cy Third').getByText('Ask them before you resend.').waitFor();
  assert.equal(await row('Cy Third').getByRole('button').count(), 0);
  await row('Bo Second').getByRole('button', { name: /^Resend sign-in email/ }).waitFor();
  await eve.page.getByText('No paused addresses').waitFor();
});

test('somebody whose last email was not delivered is sent the sign-in email again', async () => {
  const link = await system.link({ name: 'Away' });
  await trouble(link, 'Ola Away', 'ooto@simulator.amazonses.com', ({ mail }) => mail.state === 'bounced');
  await open('/admin/mail-trouble', 'Email delivery');
  await row('Ola Away').getByText('Bounced').waitFor();
  await eve.resize({ width: 390, height: 844 });
  await eve.checkPage();
  await row('Ola Away').getByRole('button').click();
  await eve.checkPage();
  let answer;
  const answered = new Promise((done) => (answer = done));
  await eve.page.route(/\/v1\/members\?.*mail=trouble/, async (route) => {
    await answered;
    await route.fulfill({ json: { members: [], next: null } });
  });
  await dialog().getByRole('button').last().click();
  await dialog().getByText('1 sign-in email is on its way').waitFor();
  await system.mails('ooto@simulator.amazonses.com', 2);
  await inDialog('Close').last().click();
  await eve.focused('tr button');
  // The row that has the focus goes with the list that is fetched anew.
  answer();
  await row('Ola Away').waitFor({ state: 'detached' });
  await eve.focused('h1');
});
