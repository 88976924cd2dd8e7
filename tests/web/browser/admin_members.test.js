import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { DESK, Visitor, becomes, launch } from './browser.js';
import { System } from './system.js';
import { together } from './together.js';

/** A hundred people are much for one small machine. */
const LONG = { timeout: 60_000 };
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

const row = (name) => eve.page.getByRole('row').filter({ hasText: name });
const rows = async () => (await eve.page.getByRole('row').count()) - 1;
const dialog = () => eve.page.getByRole('dialog');
const inDialog = (name) => dialog().getByRole('button', { name, exact: true });
const bulk = (name) => eve.page.getByRole('region', { name: 'Actions' }).getByRole('button', { name, exact: true });
const shown = (n) => eve.page.waitForFunction((n) => document.querySelectorAll('tbody tr').length === n, n);

/** People who wait for an admin. */
async function crowd(link, word, n) {
  for (let from = 0; from < n; from += 20) {
    const some = Array.from({ length: Math.min(20, n - from) }, (_, at) => from + at);
    await Promise.all(some.map((at) => system.register(link, `${word} ${at}`, `${word.toLowerCase()}${at}@example.com`)));
  }
}
const memberOf = async (q) => (await system.found(q))[0];

test('members are found by access, link, unit, mail and name, and the address keeps what is chosen', async () => {
  const waiting = await system.link({ name: 'By approval', admission: 'approval' });
  await system.register(waiting, HOSTILE, 'hostile@example.com');
  await system.register(await system.link({ name: 'At once' }), 'Una Verified', 'una@example.com');
  await eve.page.goto('/admin/members');
  await row('una@example.com').getByText('Email not confirmed').waitFor();
  await row(HOSTILE).getByText('No units').waitFor();
  await eve.checkPage();
  await eve.press(/^Without access/);
  await shown(2);
  await eve.press(/^Awaiting access/);
  await shown(1);
  await eve.page.getByLabel('Source').selectOption('At once');
  await eve.page.getByText('No results.').waitFor();
  await eve.checkPage();
  await eve.press('Email not confirmed');
  await row('Una Verified').waitFor();
  await becomes(() => eve.page.url(), /access=unverified/);
  await eve.page.getByRole('link', { name: 'Una Verified' }).click();
  await eve.heading('Una Verified');
  await eve.page.goBack();
  await row('Una Verified').waitFor();
  await eve.page.reload();
  await row('Una Verified').waitFor();
  await becomes(() => eve.page.getByLabel('Source').evaluate((select) => select.selectedOptions[0].textContent), 'At once');
  await eve.press('All');
  await eve.page.getByLabel('Source').selectOption('Any source');
  await eve.page.getByLabel('Unit').selectOption('Site: North yard');
  await eve.page.getByText('No results.').waitFor();
  await eve.press('Clear filters');
  await shown(3);
  const asked = eve.asked('GET /v1/members');
  await system.found('verif');
  await eve.page.getByLabel('Search').pressSequentially('verif');
  await shown(1);
  assert.ok(eve.asked('GET /v1/members') - asked < 5, 'a search waits until the typing rests');
  await eve.page.getByLabel('Search').fill('');
  await eve.page.getByLabel('Delivery problems only').check();
  await eve.page.getByText('No results.').waitFor();
  await eve.press('Clear filters');
  await eve.press('Name');
  await shown(3);
  const [file] = await Promise.all([eve.page.waitForEvent('download'), eve.press('Download CSV')]);
  assert.match(await readFile(await file.path(), 'utf8'), /"""><img src=x onerror=alert\(1\)>","hostile@example\.com","member","pending"/);
});

test('all 120 pending members are selected on all pages and get access, and one of them signs in from the email', async () => {
  const link = await system.link({ name: 'Big crew', admission: 'approval' });
  await crowd(link, 'Crew', 120);
  await eve.page.goto(`/admin/members?access=pending&link=${link.id}`);
  await shown(50);
  await eve.page.getByLabel('Select all on this page').check();
  await eve.press('Select all on all pages');
  await eve.page.getByText('All 120 selected, on all pages.').waitFor();
  await bulk('Grant access').click();
  await dialog().getByText('Registered with Big crew.').waitFor();
  await inDialog('Cancel').click();
  const found = eve.page.waitForResponse((response) => /members\?/.test(response.url()) && /crew/.test(response.url()) && !/link=/.test(response.url()));
  await system.found('crew', 120);
  await eve.page.getByLabel('Search').pressSequentially('crew');
  await eve.page.getByLabel('Source').selectOption('Any source');
  await eve.page.waitForURL((url) => url.search === '?access=pending&q=crew');
  // The list before it had as many rows.
  await found;
  await becomes(() => eve.page.getByRole('region', { name: 'Actions' }).count(), 0);
  await shown(50);
  await eve.press('Show more');
  await shown(100);
  await eve.page.getByLabel('Select all on this page').check();
  await eve.page.getByText('100 selected').waitFor();
  await eve.checkPage();
  await eve.press('Select all on all pages');
  await eve.page.getByText('All 120 selected, on all pages.').waitFor();
  await bulk('Grant access').click();
  await dialog().getByText('Grant access to 120 people?').waitFor();
  await eve.checkPage();
  await inDialog('Grant access to 120 people').dblclick();
  await dialog().getByText('120 people have access now').waitFor(LONG);
  await eve.checkPage();
  assert.equal(eve.asked('POST /v1/members/grants'), 2);
  const [file] = await Promise.all([eve.page.waitForEvent('download'), inDialog('Download results (CSV)').click()]);
  assert.equal((await readFile(await file.path(), 'utf8')).match(/"granted"/g).length, 120);
  await inDialog('Close').last().click();
  await eve.page.getByText('No results.').waitFor();
  await eve.focused('h1');
  const crew = await Visitor.arrive(browser, system.origin);
  await crew.page.goto(await system.loginLink('crew77@example.com'));
  await crew.press('Sign in');
  await crew.heading('Hello Crew 77');
  await crew.page.getByText('Hot work safety').waitFor();
  await crew.leave();
});

test('a rejected member gets the email of the preview if the admin chooses so', async () => {
  const link = await system.link({ name: 'Full course', admission: 'approval' });
  await crowd(link, 'Turned', 3);
  await system.found('turned', 3);
  await eve.page.goto('/admin/members?q=turned');
  await shown(3);
  await eve.page.getByLabel('Select Turned 0').check();
  await eve.page.getByLabel('Select Turned 1').check();
  await bulk('Reject').click();
  const choice = dialog().getByLabel('Email them');
  assert.equal(await choice.isChecked(), false);
  assert.equal(await dialog().getByLabel('Your message').count(), 0);
  await choice.focus();
  await eve.page.keyboard.press('Space');
  const message = dialog().getByLabel('Your message');
  await message.fill(`Full\u200buntil spring.`);
  await dialog().getByRole('blockquote').getByText('until spring.').waitFor();
  await eve.checkPage();
  await inDialog('Reject').click();
  await dialog().locator('#refusal-message-error').waitFor();
  await message.fill('Full until spring.\nAsk again then.');
  await eve.checkPage();
  await inDialog('Reject').click();
  await dialog().getByText('2 people rejected').waitFor();
  await inDialog('Close').last().click();
  for (const email of ['turned0@example.com', 'turned1@example.com']) {
    const [mail] = await system.mails(email);
    assert.match(mail.subject, /was not approved$/);
    assert.match(mail.text, /> Full until spring\.\n> Ask again then\./);
  }
  // Not chosen, nobody is mailed; what was written for others is not there any more.
  await eve.page.goto(`/admin/members/${(await memberOf('turned 2')).id}`);
  await eve.press('More');
  await eve.page.getByRole('button', { name: 'Reject', exact: true }).click();
  assert.equal(await dialog().getByLabel('Email them').isChecked(), false);
  await inDialog('Reject').click();
  await dialog().getByText('1 person rejected').waitFor();
  await inDialog('Close').last().click();
  await eve.page.getByText('No emails yet.').waitFor();
  await eve.page.goto(`/admin/members/${(await memberOf('turned 0')).id}`);
  await eve.page.getByText('Registration not approved').waitFor();
  await eve.checkPage();
});

test('each person has their own result, and a revocation is undone', async () => {
  const link = await system.link({ name: 'Small crew', admission: 'approval' });
  await crowd(link, 'Rig', 3);
  const { id } = await memberOf('rig 0');
  await system.call('POST', '/v1/members/grants', { members: [id] });
  await system.found('rig', 3);
  await eve.page.goto('/admin/members?q=rig');
  await shown(3);
  await eve.page.getByLabel('Select all on this page').check();
  // Whether a registration of Rig 0, who has access, waits is not in their row.
  await bulk('Reject').click();
  await dialog().getByText('2 of 3 can be rejected.').waitFor();
  await dialog().getByText('1 skipped: has no registration to reject').waitFor();
  await inDialog('Reject').click();
  await dialog().getByText('2 people rejected').waitFor();
  await inDialog('Close').last().click();
  await eve.page.getByLabel('Select Rig 0').check();
  await bulk('Revoke access').click();
  await inDialog('Revoke access').click();
  await dialog().getByText('Access revoked for 1 person').waitFor();
  await eve.checkPage();
  assert.equal((await memberOf('rig 0')).access, 'revoked');
  await inDialog('Undo: restore access').click();
  await dialog().getByText('receives a sign-in email').waitFor();
  await inDialog('Restore access').click();
  await dialog().getByText('1 person restored').waitFor();
  assert.equal((await memberOf('rig 0')).access, 'granted');
  await inDialog('Close').last().click();
  await eve.page.getByLabel('Select all on this page').check();
  await bulk('Send sign-in email').click();
  await inDialog('Send sign-in email').click();
  await dialog().getByText('2 skipped: no access').waitFor();
  await dialog().getByText('Grant them access instead').waitFor();
  await dialog().getByText('1 sign-in email is on its way').waitFor();
  await eve.checkPage();
});

test('on a phone, members are chosen and something is done with them by keyboard', async () => {
  await crowd(await system.link({ name: 'Phone crew', admission: 'approval' }), 'Fon', 2);
  await eve.resize({ width: 390, height: 844 });
  await system.found('fon', 2);
  await eve.page.goto('/admin/members?q=fon');
  await shown(2);
  await eve.page.getByLabel('Select Fon 1').press('Space');
  await bulk('Grant access').press('Enter');
  await eve.checkPage();
  await eve.page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'hidden' });
  await eve.focused('button', 'Grant access');
  await eve.page.keyboard.press('Enter');
  await dialog().getByText('1 person will get access.').waitFor();
  await dialog().getByText('receives a sign-in email').waitFor();
  await inDialog('Grant access to 1 person').press('Enter');
  await dialog().getByText('1 person has access now').waitFor();
  await eve.checkPage();
});

test('who could not be done, and who was not reached, is sent again, and work can be stopped', async () => {
  const link = await system.link({ name: 'Shaky crew', admission: 'approval' });
  await crowd(link, 'Shaky', 101);
  let calls = 0;
  await eve.page.route('**/v1/members/grants', async (route) => {
    calls += 1;
    if (calls === 2) return route.abort();
    const answer = await route.fetch();
    const body = await answer.json();
    if (calls === 1) body.results[0].outcome = 'unavailable';
    await route.fulfill({ response: answer, json: body });
  });
  await system.found('shaky', 101);
  await eve.page.goto('/admin/members?q=shaky');
  await shown(50);
  await eve.page.getByLabel('Select all on this page').check();
  await eve.press('Select all on all pages');
  await eve.page.getByText('All 101 selected').waitFor();
  await bulk('Grant access').click();
  await inDialog('Grant access to 101 people').click();
  await dialog().getByText('No connection').waitFor(LONG);
  await dialog().getByText('1 person not done yet.').waitFor();
  await dialog().getByText('1 failed: temporary problem').waitFor();
  await eve.checkPage();
  await inDialog('Continue').click();
  await dialog().getByText('100 people have access now').waitFor(LONG);
  await inDialog('Try 1 again').click();
  await dialog().getByText('1 skipped: already has access').waitFor();
  await becomes(() => dialog().getByText('not done yet').count(), 0);
  await inDialog('Close').last().click();
  await eve.page.unroute('**/v1/members/grants');
  await eve.page.route('**/v1/members/login-mails', async (route) => {
    await new Promise((done) => setTimeout(done, 300));
    await route.continue();
  });
  await eve.page.getByLabel('Select all on this page').check();
  await eve.press('Select all on all pages');
  await eve.page.getByText('All 101 selected').waitFor();
  await bulk('Send sign-in email').click();
  await inDialog('Send sign-in email').click();
  await inDialog('Stop').click();
  await dialog().getByText('1 person not done yet.').waitFor(LONG);
  assert.equal(eve.asked('POST /v1/members/login-mails'), 1);
});

test('who has nothing to reject is not rejected, and what can be done instead is said before and after', async () => {
  const approval = await system.link({ name: 'Mixed crew', admission: 'approval' });
  const instant = await system.link({ name: 'Mixed at once' });
  await crowd(approval, 'Mixed', 1);
  await crowd(instant, 'Mixin', 1);
  await system.found('mix', 2);
  await eve.page.goto('/admin/members?q=mix');
  await shown(2);
  await eve.page.getByLabel('Select Mixin 0').check();
  const reject = bulk('Reject');
  assert.equal(await reject.getAttribute('aria-disabled'), 'true');
  assert.match(await reject.evaluate((button) => document.getElementById(button.getAttribute('aria-describedby')).textContent), /waiting for approval or a seat/);
  await reject.click({ force: true });
  await eve.page.getByRole('status').filter({ hasText: 'None of the selected people is waiting' }).waitFor();
  assert.equal(await dialog().count(), 0);
  await eve.checkPage();
  await eve.page.getByLabel('Select Mixed 0').check();
  await bulk('Reject').click();
  await dialog().getByText('1 of 2 can be rejected.').waitFor();
  await dialog().getByText('1 skipped: has no registration to reject').waitFor();
  await dialog().getByText('To keep someone out, revoke their access.').waitFor();
  await eve.checkPage();
  await inDialog('Reject').click();
  await dialog().getByText('1 person rejected').waitFor();
  await inDialog('Close').last().click();
  // Another admin was first: nothing was done, which is no success.
  const link = await system.link({ name: 'Mixed again', admission: 'approval' });
  await system.register(link, 'Mixture Late', 'mixture@example.com');
  const late = (await system.found('mixture'))[0];
  await eve.page.goto(`/admin/members/${late.id}`);
  await eve.press('More');
  await eve.page.getByRole('button', { name: 'Reject', exact: true }).click();
  // The dialog has seen that there is something to reject.
  await becomes(() => inDialog('Reject').isEnabled(), true);
  await system.call('POST', '/v1/members/refusals', { members: [late.id] });
  await inDialog('Reject').click();
  await dialog().getByText('1 skipped: has no registration to reject').waitFor();
  await dialog().getByText('Nothing is waiting for approval or a seat').waitFor();
  assert.equal(await dialog().locator('.outcome-sign.good').count(), 0);
  await eve.checkPage();
  await inDialog('Close').last().click();
  const facts = eve.page.getByRole('region', { name: 'Details' });
  await facts.getByText('Rejected', { exact: true }).waitFor();
  await facts.getByText('grant access or send them another link').waitFor();
  await eve.page.getByRole('region', { name: 'History' }).getByText('Registration rejected').waitFor();
  await eve.page.goto(`/admin/members?link=${link.id}`);
  await row('Mixture Late').getByText('Rejected', { exact: true }).waitFor();
  await eve.press('Email not confirmed');
  await eve.page.getByText('No results.').waitFor();
  await eve.press('Rejected');
  await row('Mixture Late').waitFor();
  await becomes(() => eve.page.url(), /access=rejected/);
  await eve.page.getByText('can’t register with the same link again').waitFor();
  await eve.checkPage();
  await eve.page.goto(`/admin/members/${late.id}`);
  await eve.press('More');
  assert.equal(await eve.page.getByRole('button', { name: 'Reject', exact: true }).count(), 0);
  assert.equal(await eve.page.getByRole('button', { name: 'Send sign-in email', exact: true }).count(), 0);
  await eve.checkPage();
});

test('the button says how many of those who wait will get access, as the question does', async () => {
  const link = await system.link({ name: 'Tight crew', overflow: 'waiting_list', cap: 1, admission: 'approval' });
  await crowd(link, 'Tight', 1);
  await system.register(link, 'Tight Last', 'tightlast@example.com');
  await system.found('tight', 2);
  await eve.page.goto(`/admin/members?access=pending&link=${link.id}`);
  await shown(2);
  await eve.press('Grant access to 1 of 2');
  await dialog().getByText('1 person will get access.').waitFor();
  await dialog().getByText('Grant access to 1 person?').waitFor();
});

test('what somebody without access will be in is told as such', async () => {
  await system.bringIn(`name,email,site\nIda Later,ida@example.com,North yard\n`, 'pending');
  await system.found('ida later');
  await eve.page.goto('/admin/members?q=ida');
  await row('Ida Later').getByText('With access: North yard').waitFor();
});

test('the tabs are counted once however often tab and order change, and again after a deed, a contradiction and half a minute', async () => {
  const counted = [];
  eve.page.on('request', (request) => void (new URL(request.url()).searchParams.has('counts') && counted.push(request.url())));
  await crowd(await system.link({ name: 'Counted', admission: 'approval' }), 'Counted', 2);
  await system.found('counted', 2);
  // The lists that are counted are a moment behind too.
  await becomes(async () => (await system.call('GET', '/v1/members?counts=true')).counts.pending.count === (await system.all('/v1/members?access=pending', 'members')).length, true);
  await eve.page.clock.install();
  await eve.page.goto('/admin/members');
  const tab = (words) => eve.page.locator('.tab').filter({ hasText: words });
  const n = async (words) => Number(await tab(words).getAttribute('data-count'));
  await tab('Awaiting access').click();
  await becomes(async () => (await n('Awaiting access')) === (await rows()), true);
  await eve.press('Name');
  await becomes(() => eve.page.url(), /sort=name/);
  await tab('All').click();
  await becomes(() => eve.page.url(), /members\?sort=name$/);
  await row('Counted 0').waitFor();
  assert.equal(counted.length, 1);
  const before = await n('Awaiting access');

  await system.register(await system.link({ name: 'Counted later', admission: 'approval' }), 'Late Counted', 'late.counted@example.com');
  await system.found('late.counted');
  await tab('Awaiting access').click();
  await becomes(() => n('Awaiting access'), before + 1);
  assert.equal(counted.length, 2);

  await eve.page.getByLabel('Select Late Counted').check();
  await bulk('Reject').click();
  await inDialog('Reject').click();
  await dialog().getByText('1 person rejected').waitFor();
  await inDialog('Close').last().click();
  await becomes(() => counted.length, 3);

  await tab('All').click();
  await row('Counted 0').waitFor();
  assert.equal(counted.length, 3);
  await eve.page.clock.fastForward(31_000);
  await tab('Awaiting access').click();
  await becomes(() => counted.length, 4);
});

test('who was imported without access is not counted among those who can be rejected, and of many it is said how many at most', async () => {
  await crowd(await system.link({ name: 'Lots', admission: 'approval' }), 'Lotta', 2);
  await system.bringIn('name,email\nLotta Imported,lottai@example.com\n', 'pending');
  await system.found('lotta', 3);
  await eve.page.goto('/admin/members?q=lotta');
  await shown(3);
  await eve.page.getByLabel('Select all on this page').check();
  await bulk('Reject').click();
  await eve.page.getByRole('heading', { name: 'Reject the registrations of 2 people?' }).waitFor();
  await dialog().getByText('2 of 3 can be rejected.').waitFor();
  await dialog().getByText('1 skipped: has no registration to reject').waitFor();
  await eve.checkPage();
  await inDialog('Cancel').click();
  const others = Array.from({ length: 20 }, (_, n) => `Lotta More ${n},lottamore${n}@example.com`);
  await system.bringIn(['name,email', ...others].join('\n'), 'pending');
  await system.found('lotta', 23);
  await eve.page.reload();
  await shown(23);
  await eve.page.getByLabel('Select all on this page').check();
  const asked = eve.requests.length;
  await bulk('Reject').click();
  await eve.page.getByRole('heading', { name: 'Reject the registrations of up to 23 people?' }).waitFor();
  await dialog().getByText('People who were imported have no registration and are skipped.').waitFor();
  assert.deepEqual(eve.requests.slice(asked), []);
  await eve.checkPage();
  await inDialog('Reject').click();
  await dialog().getByText('2 people rejected').waitFor();
  await dialog().getByText('21 skipped: have no registration to reject').waitFor();
});
