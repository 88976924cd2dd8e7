import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { DESK, Visitor, becomes, launch } from './browser.js';
import { SITE, System } from './system.js';
import { together } from './together.js';

const HOSTILE = '"><img src=x onerror=alert(1)>';
const [FIRST, GROUP] = ['6a1f0d2e-0000-4000-8000-000000000001', '6a1f0d2e-0000-4000-8000-000000000002'];

let system, browser, eve;
before(async () => {
  [system, browser] = await together(System.start(), launch());
  await system.call('PUT', `/v1/modules/${FIRST}`, { title: 'First aid', url: 'https://training.example/first-aid' });
  const [, north] = [await system.call('GET', '/v1/catalog')].flatMap(({ sites }) => [sites, sites[0]]);
  await system.call('PUT', `/v1/units/${GROUP}`, { kind: 'group', name: 'Welders', modules: [...north.modules, FIRST] });
});
after(async () => {
  await browser?.close();
  await system?.stop();
});
beforeEach(async () => {
  eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(eve, '/admin/links');
});
afterEach(() => eve.leave());

const said = (text) => eve.page.locator('.toast').getByText(text).waitFor();
const linkOf = (id) => system.call('GET', `/v1/links/${id}`);
const created = async () => {
  await eve.page.waitForURL(/\/admin\/links\/[0-9a-f-]{36}/);
  return linkOf(/links\/([0-9a-f-]{36})/.exec(eve.page.url())[1]);
};
const edit = async (link, visitor = eve) => {
  await visitor.page.goto(`/admin/links/${link.id}/edit`);
  await visitor.heading(`Edit ${link.name}`);
  await visitor.page.getByLabel('Name', { exact: true }).waitFor();
};
const beside = () => eve.page.getByRole('complementary', { name: 'Preview' });
const warnings = () => eve.page.locator('.form-page .warnings');
const warned = (text) => warnings().getByText(text).waitFor();
const unwarned = (text) => warnings().getByText(text).waitFor({ state: 'detached' });
/** Presses what the form asks before it saves something that is seldom meant. */
const anyway = (label) => eve.page.getByRole('dialog').getByRole('button', { name: label }).click();
const unfold = (title) => eve.page.locator('summary').filter({ hasText: title }).click();

test('a link is made with all it can have, and a double click makes it once', async () => {
  await eve.page.getByRole('link', { name: 'New link' }).click();
  await eve.heading('New link');
  await warned('No group, site or region selected');
  await eve.checkPage();
  await eve.fill({ Description: 'For spring', 'Welcome text': 'Welcome to the yard', 'Enrollment cap (optional)': '12', 'Start date (optional)': '2027-02-01', 'Expiration date (optional)': '2027-03-01' });
  await eve.page.getByLabel('Name', { exact: true }).fill(HOSTILE);
  await eve.page.getByLabel('North yard').check();
  await eve.page.getByLabel('Welders').check();
  await eve.page.getByLabel(/^Admin approval/).check();
  await unfold('Allowed email domains');
  await eve.page.getByLabel('Email domains').fill('@Acme.com, sub.acme.com');
  await unfold('When full or expired');
  await eve.page.getByLabel('Offer a waiting list').check();
  await eve.page.getByLabel('Give free seats to the waiting list automatically').check();
  await unfold('Custom questions');
  await eve.press('Add question');
  await eve.page.getByLabel('Question', { exact: true }).fill('Ihr Gewerk (Straße)');
  await eve.page.getByLabel('Answer type', { exact: true }).selectOption('Single choice');
  await eve.page.getByLabel('Choices').fill('Welder\nRigger');
  await eve.press('Add question');
  await eve.page.getByLabel('Question', { exact: true }).last().fill(HOSTILE);
  await eve.press(`Move ${HOSTILE} up`);
  await eve.page.getByLabel('Email admins when people are waiting').uncheck();
  await unfold('Allocation end date');
  await eve.page.getByLabel('Ends', { exact: true }).selectOption('A number of days after enrollment');
  await eve.page.getByLabel('Days after enrollment', { exact: true }).fill('90');
  await eve.checkPage();
  await beside().getByText('2 training modules').waitFor();
  await beside().getByText('Ask to join the training').waitFor();
  await beside().getByText('Welcome to the yard').waitFor();
  await eve.page.getByRole('button', { name: 'Create link' }).dblclick();
  const link = await created();
  await said(`${HOSTILE} created.`);
  assert.equal(eve.asked('POST /v1/links'), 1);
  const { name, description, welcome, cap, admission, allocation, starts_local, expires_local, domains, overflow, admit_waiting, notify_waiting, fields, allocation_ends } = link;
  assert.deepEqual(
    { name, description, welcome, cap, admission, allocation, starts_local, expires_local, domains, overflow, admit_waiting, notify_waiting, allocation_ends },
    {
      name: HOSTILE,
      description: 'For spring',
      welcome: 'Welcome to the yard',
      cap: 12,
      admission: 'approval',
      allocation: { groups: [GROUP], sites: [SITE], regions: [] },
      starts_local: '2027-02-01 00:00 Europe/Berlin',
      expires_local: '2027-03-01 23:59 Europe/Berlin',
      domains: { only: ['acme.com', 'sub.acme.com'], others: 'refuse' },
      overflow: 'waiting_list',
      admit_waiting: true,
      notify_waiting: false,
      allocation_ends: { after_days: 90 },
    },
  );
  assert.deepEqual(fields, [
    { key: 'img_src_x_onerror_alert_1', label: HOSTILE, kind: 'text', required: false },
    { key: 'ihr_gewerk_strasse', label: 'Ihr Gewerk (Straße)', kind: 'choice', options: ['Welder', 'Rigger'], required: false },
  ]);
  await edit(link);
  await becomes(() => eve.page.locator('details[open]').count(), 4);
  await eve.press('Remove Ihr Gewerk (Straße)');
  await eve.press('Save');
  await said('updated.');
  assert.equal((await linkOf(link.id)).fields.length, 1);
});

test('the texts of a link are translated beside the originals, and read so in the preview', async () => {
  await eve.page.goto('/admin/links/new');
  await eve.page.getByLabel('Name', { exact: true }).fill('Many languages');
  await unfold('Translations');
  await eve.page.getByText('Add a welcome text or a question first.').waitFor();
  await eve.page.getByLabel('Welcome text').first().fill('Welcome to the yard');
  await unfold('Custom questions');
  await eve.press('Add question');
  await eve.page.getByLabel('Question', { exact: true }).fill('Trade');
  await eve.page.getByLabel('Answer type', { exact: true }).selectOption('Single choice');
  await eve.page.getByLabel('Choices').fill('Welder\nRigger');
  await eve.page.getByLabel('Translate into').selectOption('de');
  await eve.page.getByText('Texts translated into Deutsch: 0 of 4.').waitFor();
  const into = () => eve.page.locator('#translations');
  await into().getByLabel('Welcome text').focus();
  await eve.page.keyboard.type('Willkommen <b>');
  await eve.page.keyboard.press('Tab');
  await eve.page.keyboard.type('Gewerk');
  await into().getByLabel('Choice “Welder”').fill('Schweißer');
  await eve.page.getByText('Texts translated into Deutsch: 3 of 4.').waitFor();
  await becomes(() => into().getByText('Not translated yet.').count(), 1);
  await beside().getByText('Willkommen <b>').waitFor();
  await beside().getByText('Gewerk').waitFor();
  await beside().getByText('An der Schulung teilnehmen').waitFor();
  await eve.checkPage();
  await beside().getByLabel('Preview language').selectOption('English');
  await beside().getByText('Welcome to the yard').waitFor();
  // What is typed is kept, as in every field.
  await eve.page.reload();
  await eve.page.getByText('Deutsch (3 of 4)').waitFor({ state: 'attached' });
  await eve.page.getByRole('button', { name: 'Create link' }).click();
  await anyway('Create anyway');
  const link = await created();
  const german = { welcome: 'Willkommen <b>', fields: { trade: { label: 'Gewerk', options: { Welder: 'Schweißer' } } } };
  assert.deepEqual(link.translations, { de: german });
  await eve.page.getByText('Deutsch (3 of 4)').waitFor();
  await edit(link);
  await eve.page.getByLabel('Translate into').selectOption('de');
  await into().getByLabel('Question “Trade”').fill('a\u200bb');
  await eve.press('Save');
  await eve.page.locator('#translations > .error').waitFor();
  await eve.focused('#translations');
  await into().getByLabel('Question “Trade”').fill('');
  await eve.page.getByLabel('Choices').fill('Rigger\nFitter');
  await eve.press('Save');
  await said('updated.');
  assert.deepEqual((await linkOf(link.id)).translations, { de: { welcome: 'Willkommen <b>' } });
});

test('what is wrong is said beside its field, which takes the focus, also in a part that is folded', async () => {
  await eve.page.goto('/admin/links/new');
  await eve.page.getByRole('button', { name: 'Create link' }).click();
  await eve.page.getByText('Enter a name (max. 100 characters).').waitFor();
  await eve.focused('#name');
  await eve.page.getByLabel('Name', { exact: true }).fill('Wrong');
  await unfold('Allowed email domains');
  await eve.page.getByLabel('Email domains').fill('no domain');
  await unfold('Allowed email domains');
  await eve.page.getByRole('button', { name: 'Create link' }).click();
  await eve.page.getByText('Enter up to 20 email domains').waitFor();
  await eve.focused('#domains');
  await eve.checkPage();
  await eve.page.getByLabel('Email domains').fill('');
  await eve.fill({ 'Enrollment cap (optional)': '0', 'Expiration date (optional)': '2029-11-01' });
  await eve.page.getByRole('button', { name: 'Create link' }).click();
  await eve.page.getByText('Enter a whole number').waitFor();
  await eve.fill({ 'Enrollment cap (optional)': '' });
  await eve.page.getByText('Enter a whole number').waitFor({ state: 'detached' });
  await eve.page.getByLabel('North yard').check();
  // How far away a day may be is the API's to say.
  await eve.page.getByRole('button', { name: 'Create link' }).click();
  await eve.page.getByText('Choose today or a later date').waitFor();
  await eve.focused('#expires');
  assert.equal(eve.asked('POST /v1/links'), 1);
});

test('nothing is lost on a reload or a dropped connection, and what arrived unheard is made once', async () => {
  await eve.page.goto('/admin/links/new');
  await eve.page.getByLabel('Name', { exact: true }).fill('Kept');
  await eve.page.getByLabel('North yard').check();
  await eve.page.reload();
  await eve.page.getByText('Your unsaved changes were restored.').waitFor();
  await becomes(() => eve.page.getByLabel('Name', { exact: true }).inputValue(), 'Kept');
  await becomes(() => eve.page.getByLabel('North yard').isChecked(), true);
  // It arrives, and its answer does not.
  await eve.page.route('**/v1/links', async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await eve.page.getByRole('button', { name: 'Create link' }).click();
  await eve.page.getByText('No connection.').waitFor();
  await eve.page.reload();
  await eve.page.getByRole('button', { name: 'Create link' }).click();
  await created();
  const { links } = await system.call('GET', '/v1/links?limit=100');
  assert.equal(links.filter(({ name }) => name === 'Kept').length, 1);
  await eve.page.goto('/admin/links/new');
  await becomes(() => eve.page.getByLabel('Name', { exact: true }).inputValue(), '');
  await eve.page.getByLabel('Name', { exact: true }).fill('Begun');
  await eve.page.goBack();
  await eve.page.goto('/admin/links/new');
  await eve.press('Start over');
  await becomes(() => eve.page.getByLabel('Name', { exact: true }).inputValue(), '');
  await eve.page.reload();
  await becomes(() => eve.page.getByLabel('Name', { exact: true }).inputValue(), '');
});

test('the preview says what comes with the units, each module once', async () => {
  await eve.page.goto('/admin/links/new');
  await eve.page.getByLabel('North yard').check();
  await beside().getByText('1 training module', { exact: true }).waitFor();
  await eve.page.getByLabel('Welders').check();
  await beside().getByText('2 training modules').waitFor();
  await beside().getByText('From Welders, North yard').waitFor();
  await beside().getByText('From Welders', { exact: true }).waitFor();
  await becomes(() => beside().locator('.given-modules').getByText('Hot work safety').count(), 1);
  await beside().getByText('Training: Hot work safety and').waitFor();
  await eve.page.getByLabel('North yard').uncheck();
  await beside().getByText('From Welders', { exact: true }).first().waitFor();
});

test('an edit keeps a moment that was set to the minute, until another day is chosen', async () => {
  const link = await system.link({ name: 'To the minute', starts: '2027-01-05T05:30:00Z', expires: '2027-02-05T10:15:00Z' });
  await edit(link);
  await eve.page.getByText('The time is 11:15.').waitFor();
  await becomes(() => eve.page.locator('.form-page').getByText('Europe/Berlin').count(), 1);
  await eve.fill({ Description: 'Other words' });
  await eve.press('Save');
  await said('To the minute updated.');
  const kept = await linkOf(link.id);
  assert.deepEqual([kept.description, kept.starts_at, kept.expires_at], ['Other words', link.starts_at, link.expires_at]);
  await edit(link);
  await eve.fill({ 'Expiration date (optional)': '2027-02-06' });
  await eve.press('Clear “Start date”');
  await eve.press('Save');
  await said('To the minute updated.');
  const changed = await linkOf(link.id);
  assert.deepEqual([changed.starts_at, changed.expires_local], [null, '2027-02-06 23:59 Europe/Berlin']);
});

test('an edit that changes nothing sends nothing, and one of a deleted link is not offered', async () => {
  const link = await system.link({ name: 'As it was' });
  await edit(link);
  await eve.press('Save');
  await said('No changes to save.');
  assert.equal(eve.asked(`PATCH /v1/links/${link.id}`), 0);
  await system.call('DELETE', `/v1/links/${link.id}`);
  await eve.page.goto(`/admin/links/${link.id}/edit`);
  await eve.page.getByText('This link has been deleted').waitFor();
  await eve.page.goto('/admin/links/01a20450-0000-7000-8000-000000000000/edit');
  await eve.page.getByText('We can’t find this link.').waitFor();
  await eve.checkPage();
});

test('before a cap closes a link it is asked by the seats that are taken by then', async () => {
  const link = await system.link({ name: 'Filling', cap: 9 });
  await edit(link);
  await eve.fill({ 'Enrollment cap (optional)': '1' });
  for (const n of [1, 2]) await system.register(link, `F ${n}`, `f${n}@example.com`);
  await eve.press('Save');
  const dialog = eve.page.getByRole('dialog');
  await dialog.getByText('2 seats are already taken').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await warned('2 seats are already taken, more than the cap.');
  assert.equal((await linkOf(link.id)).cap, 9);
  await eve.fill({ 'Enrollment cap (optional)': '2' });
  await eve.press('Save');
  await said('Filling updated.');
});

test('each warning is given, and none of them forbids what the API takes', async () => {
  const link = await system.link({ name: 'Warned', cap: 2, overflow: 'waiting_list', expires: '2027-06-01' });
  for (const n of [1, 2, 3]) await system.register(link, `W ${n}`, `w${n}@example.com`);
  await edit(link);
  await warned('3 people have a seat or are on the waiting list');
  await eve.fill({ 'Enrollment cap (optional)': '1' });
  await warned('2 seats are already taken, more than the cap.');
  await eve.fill({ 'Start date (optional)': '2027-07-01' });
  await warned('The expiration date is before the start date.');
  await eve.fill({ 'Expiration date (optional)': '2020-01-01' });
  await warned('The expiration date has passed');
  await eve.fill({ 'Expiration date (optional)': '2027-08-01' });
  await unwarned('The expiration date has passed');
  await unfold('Allowed email domains');
  await eve.page.getByLabel('Email domains').fill('acme.com');
  await eve.page.getByLabel('Need admin approval').check();
  await eve.page.getByLabel(/^Admin approval/).check();
  await warned('the email domains change nothing');
  await unfold('Allocation end date');
  await eve.page.getByLabel('Ends', { exact: true }).selectOption('On a date');
  await eve.page.getByLabel('End date', { exact: true }).fill('2027-06-30');
  await warned('The allocation ends before the link starts');
  await eve.page.getByLabel('End date', { exact: true }).fill('2027-07-15');
  await warned('People can still join after the allocation has ended.');
  await eve.page.getByLabel('North yard').uncheck();
  await warned('No group, site or region selected');
  await eve.checkPage();
  await eve.press('Save');
  // Of these two it is asked: this save makes the link give nothing, and closes it.
  const dialog = eve.page.getByRole('dialog');
  await becomes(() => dialog.locator('p').count(), 2);
  await dialog.getByText('2 seats are already taken').waitFor();
  await eve.checkPage();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(eve.asked(`PATCH /v1/links/${link.id}`), 0);
  await eve.press('Save');
  await anyway('Save anyway');
  await said('Warned updated.');
  assert.equal((await linkOf(link.id)).cap, 1);
  await edit(link);
  await eve.fill({ 'Enrollment cap (optional)': '', 'Expiration date (optional)': '' });
  await warned('its waiting list is never used');
  await eve.page.getByLabel('Close registration').check();
  await unwarned('its waiting list is never used');
});

test('two windows edit one link: the later one sees what the other did, and puts its own on top', async () => {
  const link = await system.link({ name: 'Shared', cap: 40 });
  const bob = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(bob, '/admin/links');
  await edit(link);
  await edit(link, bob);
  await bob.page.getByLabel('Enrollment cap (optional)').fill('60');
  await bob.page.getByLabel('Description').fill('Bob was here');
  await bob.press('Save');
  await bob.page.locator('.toast').getByText('Shared updated.').waitFor();
  await eve.fill({ 'Enrollment cap (optional)': '50', 'Welcome text': 'Hello' });
  // What the tab kept is as old as what it began with.
  await eve.page.reload();
  await eve.page.getByText('Your unsaved changes were restored.').waitFor();
  await eve.press('Save');
  const dialog = eve.page.getByRole('dialog');
  await dialog.getByText('Demo Admin saved a change').waitFor();
  await dialog.getByText('40 → 60').waitFor();
  await dialog.getByText('You: 50').waitFor();
  await dialog.getByText('None → Bob was here').waitFor();
  await eve.checkPage();
  await dialog.getByRole('button', { name: 'Save my changes' }).click();
  await said('Shared updated.');
  const both = await linkOf(link.id);
  assert.deepEqual([both.cap, both.description, both.welcome], [50, 'Bob was here', 'Hello']);
  await edit(link, bob);
  await system.call('PATCH', `/v1/links/${link.id}`, { version: both.version, cap: 70 });
  await bob.page.getByLabel('Enrollment cap (optional)').fill('80');
  await bob.press('Save');
  await bob.press('Discard my changes');
  await becomes(() => bob.page.getByLabel('Enrollment cap (optional)').inputValue(), '70');
  await bob.leave();
});

test('Enter in a field does not create a link that gives nothing, and asks first', async () => {
  await eve.page.goto('/admin/links/new');
  await eve.page.getByLabel('Name', { exact: true }).fill('By Enter');
  await eve.page.keyboard.press('Enter');
  const dialog = eve.page.getByRole('dialog');
  await dialog.waitFor();
  await eve.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  // The second press of a double click falls beside the question, and is no answer to it.
  await eve.page.getByRole('button', { name: 'Create link' }).dblclick();
  await dialog.getByText('No group, site or region selected').waitFor();
  await eve.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(eve.asked('POST /v1/links'), 0);
  await eve.page.getByLabel('North yard').check();
  await eve.page.getByLabel('Name', { exact: true }).focus();
  await eve.page.keyboard.press('Enter');
  assert.equal((await created()).name, 'By Enter');
});

test('what is wrong stays marked until it is mended, and the focus stays where it is typed', async () => {
  await eve.page.goto('/admin/links/new');
  await eve.fill({ 'Enrollment cap (optional)': '0' });
  await eve.page.getByRole('button', { name: 'Create link' }).click();
  await eve.page.getByText('Enter a name').waitFor();
  await eve.page.getByLabel('Enrollment cap (optional)').fill('-5');
  await eve.page.getByText('Enter a whole number').waitFor();
  await eve.page.getByLabel('Enrollment cap (optional)').fill('5');
  await eve.page.getByText('Enter a whole number').waitFor({ state: 'detached' });
  await eve.focused('#cap');
  await eve.page.getByText('Enter a name').waitFor();
  await eve.page.getByLabel('Name', { exact: true }).fill('Mended');
  await eve.page.getByText('Enter a name').waitFor({ state: 'detached' });
});

test('units of a large catalog are found by name, and one that is gone can be let go', async () => {
  const sites = Array.from({ length: 30 }, (_, n) => ({ id: `6a1f0d2e-0000-4000-8000-0000000001${String(n).padStart(2, '0')}`, name: n === 7 ? 'Łódź' : `Yard ${n}`, modules: [] }));
  await eve.page.route('**/v1/catalog', (route) => route.fulfill({ json: { groups: [], sites, regions: [], modules: [] } }));
  const link = await system.link({ name: 'Gone' });
  await edit(link);
  await eve.page.getByLabel('(deleted)').waitFor();
  await eve.page.getByLabel('Search: Sites').fill('łodz');
  await eve.page.getByLabel('Łódź').check();
  await becomes(() => eve.page.getByLabel('Yard 1', { exact: true }).count(), 0);
  await warned('have no training modules');
  await eve.page.getByLabel('Search: Sites').fill('');
  await eve.page.getByLabel('(deleted)').click();
  await eve.press('Save');
  // The catalog that the form was shown is older than the API's.
  await eve.page.getByText('none that was deleted from the catalog').waitFor();
  await eve.focused('#allocation');
  await eve.checkPage();
});

test('what changes nothing on a link is not offered, and it is said why', async () => {
  await eve.page.goto('/admin/links/new');
  const notify = eve.page.getByLabel('Email admins when people are waiting for them');
  await eve.page.getByText('Nobody has to wait for an admin on this link').waitFor();
  assert.deepEqual([await notify.isDisabled(), await notify.isChecked()], [true, false]);
  await unfold('When full or expired');
  const automatic = eve.page.getByLabel('Give free seats to the waiting list automatically');
  assert.equal(await automatic.count(), 0);
  await eve.page.getByLabel('Offer a waiting list').check();
  assert.deepEqual([await notify.isDisabled(), await notify.isChecked()], [false, true]);
  await automatic.check();
  assert.equal(await notify.isDisabled(), true);
  await eve.page.getByLabel(/^Admin approval/).check();
  assert.equal(await notify.isDisabled(), false);
  await eve.checkPage();
});

test('a question is removed by a button that says so', async () => {
  await eve.page.goto('/admin/links/new');
  await unfold('Custom questions');
  await eve.press('Add question');
  const remove = eve.page.getByRole('button', { name: 'Remove Question 1' });
  assert.equal((await remove.innerText()).trim(), 'Remove');
  await remove.click();
  await eve.focused('#ask-add');
});

test('a name that another link has is warned of, and the links are asked for once however long it is typed', async () => {
  await system.link({ name: 'Evening crew' });
  const gone = await system.link({ name: 'Former crew' });
  await system.call('DELETE', `/v1/links/${gone.id}`);
  const own = await system.link({ name: 'Morning crew' });
  const taken = 'There’s already a link called “evening CREW”.';
  await eve.page.goto('/admin/links/new');
  const asked = eve.asked('GET /v1/links');
  await eve.page.getByLabel('Name', { exact: true }).pressSequentially('evening CREW', { delay: 20 });
  await warned(taken);
  await eve.checkPage();
  await eve.page.getByLabel('Name', { exact: true }).fill('Former crew');
  await unwarned(taken);
  await becomes(() => warnings().getByText('There’s already a link').count(), 0);
  await eve.page.getByLabel('Name', { exact: true }).fill('evening CREW');
  await warned(taken);
  assert.equal(eve.asked('GET /v1/links') - asked, 1);
  await eve.page.getByLabel('North yard').check();
  await eve.press('Create link');
  assert.equal((await created()).name, 'evening CREW');
  await edit(own);
  await eve.page.getByLabel('Name', { exact: true }).fill('Morning  crew');
  const read = eve.asked('GET /v1/links');
  await becomes(() => eve.asked('GET /v1/links'), read + 1);
  await eve.page.getByLabel('Name', { exact: true }).fill('Evening crew');
  await warned('There’s already a link called “Evening crew”.');
  await eve.page.getByLabel('Name', { exact: true }).fill('Morning crew');
  await unwarned('There’s already a link');
  assert.equal(eve.asked('GET /v1/links'), read + 1);
});

test('a copy is warned of too when its name is that of another link', async () => {
  const link = await system.link({ name: 'Copied' });
  await system.link({ name: 'Copied (copy)' });
  await eve.page.goto(`/admin/links/${link.id}`);
  await eve.press('Actions');
  await eve.press('Duplicate');
  const dialog = eve.page.getByRole('dialog');
  await dialog.getByText('There’s already a link called “Copied (copy)”.').waitFor();
  await eve.checkPage();
  await dialog.getByLabel('Name of the new link').fill('Copied again');
  await dialog.getByText('There’s already a link').waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Duplicate' }).click();
  await eve.heading('Copied again');
});
