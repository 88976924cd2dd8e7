import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { DESK, Visitor, becomes, launch } from './browser.js';
import { SITE, System } from './system.js';
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
  await system.enter(eve, '/admin/links');
});
afterEach(() => eve.leave());

const said = (text) => eve.page.locator('.toast').getByText(text).waitFor();
const row = (name) => eve.page.getByRole('row').filter({ hasText: name });
const region = (name) => eve.page.getByRole('region', { name, exact: true });
const open = async (link) => {
  await eve.page.goto(`/admin/links/${link.id}`);
  await eve.heading(link.name);
};
/** What the page does by itself after half a minute, at once. */
const reload = () => eve.page.clock.fastForward(40_000);

test('a link made here takes a worker from its page to the mail and in, and its own page shows each step', async () => {
  await eve.page.clock.install();
  await eve.page.getByRole('link', { name: 'New link' }).click();
  await eve.page.getByLabel('Name', { exact: true }).fill('Both sides');
  await eve.page.getByLabel('Enrollment cap (optional)').fill('2');
  await eve.page.getByLabel('North yard').check();
  await eve.page.getByRole('button', { name: 'Create link' }).click();
  await eve.heading('Both sides');
  await eve.page.getByText('Nobody has registered yet').waitFor();
  await eve.checkPage();
  await region('Link address').getByRole('button', { name: 'Copy' }).click();
  await said('Copied.');
  const address = await eve.page.evaluate(() => navigator.clipboard.readText());
  const ana = await Visitor.arrive(browser, system.origin);
  await ana.page.goto(address);
  await ana.heading('Join the training');
  await ana.fill({ 'Your name': HOSTILE, 'Your email address': 'ana@example.com' });
  await ana.press('Join');
  await ana.heading('Check your email');
  const mail = await system.loginLink('ana@example.com');
  await reload();
  await row('ana@example.com').getByText('Awaiting email confirmation').waitFor();
  await ana.page.goto(mail);
  await ana.press('Sign in');
  await ana.heading(`Hello ${HOSTILE}`);
  await ana.leave();
  await reload();
  await row('ana@example.com').getByText('Enrolled', { exact: true }).waitFor();
  await row('ana@example.com').getByText('North yard').waitFor();
  await eve.page.getByText('1 of 2').waitFor();
  await becomes(() => region('Conversion').innerText(), /Opened the link\s*1\s*Registered\s*1\s*Signed in\s*1/);
  await eve.page.getByRole('slider', { name: 'In 30 days: 1 registered, 1 opened the link.' }).waitFor();
  await eve.checkPage();
});

test('a link that fills up is seen while it does, and a lost connection is said and mended', async () => {
  const link = await system.link({ name: 'Rush', cap: 2, overflow: 'waiting_list' });
  await eve.page.clock.install();
  await open(link);
  await eve.page.getByText('0 of 2').waitFor();
  for (const n of [1, 2, 3]) await system.register(link, `Rush ${n}`, `rush${n}@example.com`);
  await reload();
  await eve.page.getByText('2 of 2').waitFor();
  await row('Rush 3').getByText('On the waiting list').waitFor();
  await eve.page.getByRole('button', { name: 'On the waiting list 1' }).click();
  await becomes(() => eve.page.getByRole('table', { name: 'People' }).getByRole('row').count(), 2);
  await eve.page.reload();
  await row('Rush 3').waitFor();
  await becomes(() => row('Rush 1').count(), 0);
  await eve.context.setOffline(true);
  await reload();
  await eve.page.getByText('No connection.').waitFor();
  await row('Rush 3').waitFor();
  await eve.context.setOffline(false);
  await eve.press('Try again');
  await eve.page.getByText('No connection.').waitFor({ state: 'detached' });
});

test('people get access one by one and all at once, and are removed', async () => {
  const link = await system.link({ name: 'Looked at', admission: 'approval', fields: [{ key: 'trade', label: 'Your trade', kind: 'text', required: true }, { key: 'years', label: 'Years', kind: 'number', required: false }] });
  for (const n of [1, 2, 3]) await system.register(link, `Look ${n}`, `look${n}@example.com`, { trade: HOSTILE, years: 1200 });
  await open(link);
  await row('Look 1').getByText('Awaiting approval').waitFor();
  await row('Look 1').getByText(HOSTILE).waitFor();
  await row('Look 1').getByText('1,200').waitFor();
  await eve.page.getByLabel('Select Look 1').check();
  await eve.press('Grant access to 1 person');
  await eve.checkPage();
  await eve.page.getByRole('dialog').getByRole('button', { name: 'Grant access' }).dblclick();
  await eve.page.getByRole('dialog').getByText('look1@example.com').waitFor();
  assert.equal(eve.asked('POST /v1/members/grants'), 1);
  await eve.checkPage();
  await eve.page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await row('Look 1').getByText('Enrolled', { exact: true }).waitFor();
  await row('Look 1').getByText('Demo Admin (you)').waitFor();
  await eve.press('Remove Look 1 from this link');
  await eve.page.getByRole('dialog').getByText('To bring them back, send them another link').waitFor();
  await eve.page.getByRole('dialog').getByText('Any seat they have becomes free').waitFor();
  await eve.checkPage();
  await eve.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).dblclick();
  await said('Look 1 removed.');
  assert.equal(eve.asked(`DELETE /v1/links/${link.id}/enrollments/${(await system.stats(link)).enrollments[0].member.id}`), 1);
  await row('Look 1').getByText('Rejected or removed').waitFor();
  await eve.press('Rejected or removed 1');
  await eve.page.getByText('To bring someone back, send them another link').waitFor();
  await eve.checkPage();
  await eve.press(/^All/);
  await eve.page.getByLabel('Select Look 1').check();
  await eve.page.getByText('None of the selected people is waiting for access.').waitFor();
  await eve.press('Grant access to all 2');
  await eve.page.getByRole('dialog').getByText('Grant access to 2 people?').waitFor();
  await eve.checkPage();
  await eve.page.getByRole('dialog').getByRole('button', { name: 'Grant access to' }).dblclick();
  await eve.page.waitForURL(/\/admin\/jobs\/[0-9a-f-]{36}/);
  assert.equal(eve.asked('POST /v1/jobs/grants'), 1);
  for (let tries = 0; tries < 100 && (await system.stats(link)).by_state.pending > 0; tries += 1) await new Promise((done) => setTimeout(done, 100));
  await eve.page.goBack();
  await row('Look 3').getByText('Enrolled', { exact: true }).waitFor();
});

test('a refusal of the API is said where it was asked for, and changes nothing', async () => {
  const link = await system.link({ name: 'Refused', admission: 'approval' });
  await system.register(link, 'Ref One', 'ref1@example.com');
  await open(link);
  await eve.page.route('**/enrollments/*', (route) => route.fulfill({ status: 404, json: { error: { code: 'not_found', message: '' } } }), { times: 1 });
  await eve.press('Remove Ref One from this link');
  await eve.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await eve.page.getByRole('dialog').getByText('We can’t find this.').waitFor();
  await eve.press('Cancel');
  await eve.page.route('**/v1/jobs/grants', (route) => route.abort(), { times: 1 });
  await eve.press('Grant access to 1 person');
  await eve.page.getByRole('dialog').getByRole('button', { name: 'Grant access to' }).click();
  await eve.page.getByRole('dialog').getByText('No connection.').waitFor();
  await eve.checkPage();
  await eve.page.getByRole('dialog').getByRole('button', { name: 'Grant access to' }).click();
  await eve.page.waitForURL(/\/admin\/jobs\/[0-9a-f-]{36}/);
  assert.equal((await system.call('GET', '/v1/jobs')).jobs.filter(({ filter }) => filter?.link === link.id).length, 1);
});

test('the page shows every setting in words, hostile ones too, and what was done with the link and by whom', async () => {
  const link = await system.link({
    name: HOSTILE,
    description: HOSTILE,
    welcome: HOSTILE,
    starts: '2027-01-05T05:30:00Z',
    expires: '2027-02-05',
    cap: 1200,
    domains: { only: ['acme.com'], others: 'approval' },
    overflow: 'waiting_list',
    admit_waiting: true,
    fields: [{ key: 'trade', label: HOSTILE, kind: 'choice', options: [HOSTILE, 'b'], required: true }],
    allocation_ends: { on: '2027-03-31' },
  });
  await system.call('POST', `/v1/links/${link.id}/code`, { version: link.version });
  await open(link);
  const terms = region('Settings');
  for (const words of ['Time zone: Europe/Berlin', '5 Jan 2027, 06:30', '5 Feb 2027, 23:59', '1,200', 'acme.com; others need admin approval', 'Offer a waiting list', 'At the end of 31 Mar 2027', `${HOSTILE} (Single choice, required)`]) {
    await terms.getByText(words).first().waitFor();
  }
  await becomes(() => terms.getByText('Europe/Berlin').count(), 1);
  await region('What people get').getByText('Hot work safety').waitFor();
  await region('History').getByText('Regenerated').waitFor();
  await region('History').getByText('Demo Admin (you)').first().waitFor();
  await eve.checkPage();
  await eve.press('QR code and poster');
  await eve.page.getByRole('dialog').getByRole('img').first().waitFor();
  await eve.page.keyboard.press('Escape');
  await eve.page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('free seats are granted where one is free, and it is said for whom they are held', async () => {
  const link = await system.link({ name: 'Two seats', cap: 1, overflow: 'waiting_list', admit_waiting: false });
  for (const n of [1, 2, 3]) await system.register(link, `Seat ${n}`, `seat${n}@example.com`);
  await open(link);
  await eve.page.getByText('No seat is free. To give them one, raise the enrollment cap.').waitFor();
  assert.equal(await eve.page.getByRole('button', { name: 'Grant free seats' }).count(), 0);
  await system.call('PATCH', `/v1/links/${link.id}`, { version: 1, cap: 2 });
  await eve.page.reload();
  await eve.page.getByText('1 free seat is held for a person on the waiting list').waitFor();
  await eve.page.getByRole('button', { name: 'Grant free seats' }).waitFor();
  await eve.checkPage();
  await eve.page.goto('/admin/links?q=two');
  await row('Two seats').getByText('Free seats are held for the waiting list').waitFor();
});

test('a link is switched off, extended and deleted from its page, and stays with whom it let in', async () => {
  const link = await system.link({ name: 'Ending' });
  await system.register(link, 'End One', 'end1@example.com');
  await open(link);
  for (const words of ['No waiting list', 'Not needed: nobody waits for an admin']) await region('Settings').getByText(words).waitFor();
  const menu = async (item) => {
    await eve.press('Actions');
    await eve.page.locator('.menu-items').getByRole('button', { name: item, exact: true }).click();
  };
  await menu('Deactivate');
  await said('Ending deactivated.');
  await eve.page.getByText('Inactive', { exact: true }).waitFor();
  await eve.press('Undo');
  await eve.page.getByText('Open', { exact: true }).waitFor();
  await menu('Delete');
  await eve.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await eve.page.getByText('This link has been deleted').waitFor();
  await row('End One').waitFor();
  await becomes(() => eve.page.getByText('Link address').count(), 0);
  await region('History').getByText('Deleted').waitFor();
  await eve.checkPage();
  await eve.page.goto('/admin/links/01a20450-0000-7000-8000-000000000000');
  await eve.page.getByText('We can’t find this link.').waitFor();
  await eve.checkPage();
});

test('the days of a chart can be read as a table, and the people be kept as a file', async () => {
  const link = await system.link({ name: 'Charted', allocation: { sites: [SITE] } });
  await system.register(link, 'Chart One', 'chart1@example.com');
  await open(link);
  await eve.press('90 days');
  await eve.page.getByRole('slider', { name: 'In 90 days: 1 registered' }).waitFor();
  await becomes(() => eve.page.locator('.chart g').count(), 90);
  await eve.page.getByText('Show as table').click();
  await becomes(() => region('Show as table').getByRole('row').count(), 2);
  await eve.checkPage();
  const [file] = await Promise.all([eve.page.waitForEvent('download'), eve.press('Download CSV')]);
  assert.equal(file.suggestedFilename(), 'enrollments.csv');
});

test('many people come in pages, and what is loaded stays while it is fetched anew', async () => {
  const link = await system.link({ name: 'Crowd' });
  await Promise.all(Array.from({ length: 130 }, (_, n) => system.register(link, `Crowd ${n}`, `crowd${n}@example.com`)));
  await eve.page.clock.install();
  await open(link);
  await eve.page.getByText('Showing 100 of 130').waitFor();
  await eve.press('Show more');
  await eve.page.getByText('Showing 100 of 130').waitFor({ state: 'detached' });
  await system.register(link, 'Late', 'late@example.com');
  await reload();
  await row('late@example.com').waitFor();
  await becomes(() => eve.page.getByRole('table', { name: 'People' }).getByRole('row').count(), 132);
});

test('of a very long list only the numbers are fetched anew by themselves', async () => {
  const link = await system.link({ name: 'Very long' });
  const stats = await system.stats(link);
  const person = (n) => ({
    member: n % 2 ? { id: `id-${n}`, erased: true } : { id: `id-${n}`, name: `Long ${n}`, email: `long${n}@example.com`, access: 'granted' },
    state: 'enrolled', registered_at: link.created_at, lapses_at: null, enrolled_at: link.created_at, signed_in_at: null, granted_by: 'key:gone',
    allocation_ends_at: null, answers: { gone: 'still here' }, allocation: { groups: [], sites: [{ id: 'x', name: null }], regions: [] },
  });
  const asked = [];
  let enrolled = 400;
  await eve.page.route('**/stats?*', (route) => {
    const query = new URL(route.request().url()).searchParams;
    const from = Number(query.get('cursor') ?? 0);
    const to = from + Number(query.get('limit'));
    asked.push(`${from}-${to}`);
    const enrollments = Array.from({ length: to - from }, (_, n) => person(from + n));
    return route.fulfill({ json: { ...stats, by_state: { ...stats.by_state, enrolled }, enrollments, next: to < 400 ? String(to) : null } });
  });
  await eve.page.clock.install();
  await open(link);
  for (const n of [200, 300]) {
    await eve.press('Show more');
    await eve.page.getByText(`Showing ${n} of 400`).waitFor();
  }
  await eve.press('Show more');
  await row('Long 398').getByText('Site (deleted)').waitFor();
  await row('Long 398').getByText('an API key that no longer exists').waitFor();
  asked.length = 0;
  enrolled = 401;
  await reload();
  await eve.page.getByRole('button', { name: 'All 401' }).waitFor();
  assert.deepEqual(asked, ['0-1']);
  await row('Long 398').waitFor();
});
