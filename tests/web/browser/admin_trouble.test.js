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
  eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(eve);
  await eve.heading('Overview');
});
afterEach(() => eve.leave());

const dialog = () => eve.page.getByRole('dialog');
const said = (text) => eve.page.locator('.toast').getByText(text).last();
const open = async (path, heading) => {
  await eve.page.goto(path);
  await eve.heading(heading);
};

test('whose session ends in the middle signs in beside it, and loses nothing', async () => {
  await open('/admin/links/new', 'New link');
  await eve.page.getByLabel('Name', { exact: true }).fill('Typed before');
  await eve.page.getByLabel('North yard').check();
  const cookies = await eve.context.cookies();
  await eve.context.clearCookies();
  await eve.press('Create link');
  const notice = eve.page.getByRole('alert').filter({ hasText: 'You’re signed out.' });
  const link = notice.getByRole('link', { name: 'Sign in' });
  await link.waitFor();
  await eve.checkPage();
  const [tab] = await Promise.all([eve.context.waitForEvent('page'), link.click()]);
  await tab.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(new URL(tab.url()).pathname, '/sign-in');
  await tab.close();
  await eve.context.addCookies(cookies);
  await eve.press('Create link');
  await eve.heading('Typed before');
});

test('a list, a question and what was done by one press lead to the sign-in too', async () => {
  const made = await system.link({ name: 'Left open' });
  await open(`/admin/links/${made.id}`, 'Left open');
  await eve.context.clearCookies();
  await eve.press('Actions');
  await eve.page.getByRole('button', { name: 'Deactivate', exact: true }).click();
  await said('You’re signed out.').getByRole('link', { name: 'Sign in' }).waitFor();
  await eve.checkPage();
  await eve.press('Actions');
  await eve.page.getByRole('button', { name: 'Delete', exact: true }).click();
  await dialog().getByRole('button', { name: 'Delete', exact: true }).click();
  await dialog().getByRole('alert').getByRole('link', { name: 'Sign in' }).waitFor();
  await eve.checkPage();
  await eve.page.keyboard.press('Escape');
  await eve.page.getByRole('link', { name: 'Members' }).first().click();
  await eve.page.getByRole('alert').getByRole('link', { name: 'Sign in' }).first().waitFor();
  assert.equal((await system.call('GET', `/v1/links/${made.id}`)).state, 'active');
});

test('what was done, though its answer was lost, is done once and told so', async () => {
  /** Lets the next such call arrive, and loses its answer. */
  const lose = async (method, path) => {
    let over = false;
    await eve.page.route(
      (url) => url.pathname.endsWith(path),
      async (route) => {
        if (over || route.request().method() !== method) return route.fallback();
        over = true;
        await route.fetch();
        return route.abort();
      },
    );
  };
  const lost = () => eve.page.getByRole('alert').filter({ hasText: 'No connection.' }).waitFor();
  const action = async (name) => {
    await eve.press('Actions');
    await eve.page.getByRole('button', { name, exact: true }).click();
  };
  const inDialog = (name) => dialog().getByRole('button', { name, exact: true });

  const link = await system.link({ name: 'Heard of late' });
  await open(`/admin/links/${link.id}/edit`, 'Edit Heard of late');
  await eve.page.getByLabel('Description').fill('Gate 1');
  await lose('PATCH', link.id);
  await eve.press('Save');
  await lost();
  await eve.press('Save');
  await eve.heading('Heard of late');
  await action('Regenerate link');
  await lose('POST', '/code');
  await inDialog('Regenerate link').click();
  await lost();
  await inDialog('Regenerate link').click();
  await said('Heard of late regenerated').waitFor();
  const is = await system.call('GET', `/v1/links/${link.id}`);
  assert.deepEqual([is.version, is.description], [3, 'Gate 1']);
  await action('Delete');
  await lose('DELETE', link.id);
  await inDialog('Delete').click();
  await lost();
  await inDialog('Delete').click();
  await said('Heard of late deleted').waitFor();

  await open('/admin/settings', 'Settings');
  await eve.page.getByLabel('Organization name').fill('Heard Late');
  await lose('PATCH', '/v1/organization');
  await eve.press('Save');
  await lost();
  await eve.press('Save');
  await said('Saved.').waitFor();
  const { name, version } = await system.call('GET', '/v1/organization');
  assert.deepEqual([name, version], ['Heard Late', 2]);
});

test('what did not load says why, and is asked for again where that helps', async () => {
  await open('/admin/audit', 'Audit log');
  await eve.context.setOffline(true);
  await eve.page.getByLabel('From').fill('2026-01-01');
  const notice = eve.page.getByRole('alert');
  await notice.getByText('Couldn’t load this. No connection.').waitFor();
  await eve.context.setOffline(false);
  await eve.press('Try again');
  await notice.waitFor({ state: 'detached' });
  await eve.page.goto(`/admin/members/${crypto.randomUUID()}`);
  await notice.getByText('We can’t find this.').waitFor();
  await becomes(() => eve.page.getByRole('button', { name: 'Try again' }).count(), 0);
  await eve.checkPage();
});

test('an address that is not right is told, or left aside', async () => {
  await open('/admin/audit?from=99&to=2020-01-31', 'Audit log');
  await eve.page.getByText('Nothing was recorded in this period.').waitFor();
  await becomes(() => eve.page.getByLabel('From').inputValue(), '');
  await eve.page.goto('/admin/links/');
  await eve.heading('Access links');
  await eve.page.goto('/admin/');
  await eve.heading('Overview');
});
