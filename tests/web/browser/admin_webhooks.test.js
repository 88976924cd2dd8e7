import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { DESK, Visitor, becomes, launch } from './browser.js';
import { System } from './system.js';
import { together } from './together.js';

const HOSTILE = '"><img src=x onerror=alert(1)>';

/** A receiver of the organization's: it answers each path with the status in it. */
const received = [];
const receiver = createServer(async (request, answer) => {
  let body = '';
  for await (const part of request) body += part;
  received.push({ path: request.url, headers: request.headers, body });
  answer.statusCode = Number(request.url.slice(1));
  answer.end();
});

let system, browser, eve, at;
before(async () => {
  await new Promise((done) => receiver.listen(0, '127.0.0.1', done));
  at = `http://127.0.0.1:${receiver.address().port}`;
  [system, browser] = await together(System.start(), launch());
});
after(async () => {
  await browser?.close();
  await system?.stop();
  receiver.close();
});
beforeEach(async () => {
  eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(eve, '/admin/webhooks');
  await eve.heading('Webhooks');
});
afterEach(async () => {
  for (const { id } of (await system.call('GET', '/v1/webhooks')).webhooks) await system.call('DELETE', `/v1/webhooks/${id}`);
  await eve.leave();
});

const row = (name) => eve.page.getByRole('row').filter({ hasText: name });
const dialog = () => eve.page.getByRole('dialog');
const inDialog = (name) => dialog().getByRole('button', { name, exact: true });
const said = (text) => eve.page.locator('.toast').getByText(text, { exact: true }).last().waitFor();
const action = async (name) => {
  await eve.press('Actions');
  await eve.page.getByRole('button', { name, exact: true }).click();
};
const make = (path, terms) => system.call('POST', '/v1/webhooks', { url: `${at}/${path}`, ...terms });
const openIt = async ({ id, url }) => {
  await eve.page.goto(`/admin/webhooks/${id}`);
  await eve.heading(url);
};
/** Looks again until what was sent came to its end. */
const became = async (words) => {
  for (let tries = 0; tries < 30; tries += 1) {
    await eve.press('Refresh');
    if (await row('Test').getByText(words).isVisible()) return;
    await eve.page.waitForTimeout(200);
  }
  assert.fail(`no delivery became: ${words}`);
};

test('a webhook is created, with its secret shown once; a test event goes there and is signed by it', async () => {
  await eve.page.getByText('No webhooks yet').waitFor();
  await eve.press('Create webhook');
  await eve.fill({ URL: 'no address' });
  await inDialog('Create webhook').click();
  await dialog().getByText('Enter a full URL').waitFor();
  await eve.checkPage();
  await eve.fill({ URL: `${at}/204`, Description: HOSTILE });
  await dialog().getByLabel('Selected events only').check();
  await inDialog('Create webhook').click();
  await dialog().getByText('Select at least one').waitFor();
  await dialog().getByLabel(/^Enrolled/).check();
  await eve.checkPage();
  await inDialog('Create webhook').dblclick();
  const secret = await eve.page.getByLabel('Signing secret').inputValue();
  // It is shown this once: what closes other dialogs does not close this one.
  for (let times = 0; times < 3; times += 1) await eve.page.keyboard.press('Escape');
  await eve.page.mouse.click(5, 5);
  assert.equal(await eve.page.getByLabel('Signing secret').inputValue(), secret);
  await eve.page.getByLabel('Signing secret').focus();
  assert.equal(eve.asked('POST /v1/webhooks'), 2);
  await eve.checkPage();
  await inDialog('I’ve saved it').click();
  assert.equal((await eve.page.content()).includes(secret), false);
  await row(HOSTILE).getByText('1 event type').waitFor();
  await eve.checkPage();
  await row(HOSTILE).getByRole('link').click();
  await eve.heading(`${at}/204`);
  await eve.page.getByText('No deliveries yet').waitFor();
  await eve.press('Send test event');
  await said('The test event is on its way. See the result below.');
  await became('Answered 204');
  const { headers, body } = received.at(-1);
  const signed = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64');
  assert.equal(headers['webhook-signature'], `v1,${signed}`);
  await eve.page.getByRole('button', { name: 'Delivered' }).click();
  await eve.page.reload();
  await row('Test').getByText('Answered 204').waitFor();
  await eve.checkPage();
  await eve.page.getByRole('button', { name: 'Failed' }).click();
  await eve.page.getByText('No results.').waitFor();
});

test('a webhook whose secret was lost with its answer is created once, and its secret is rotated', async () => {
  await eve.press('Create webhook');
  await eve.fill({ URL: `${at}/204` });
  await eve.page.route('**/v1/webhooks', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await route.fetch();
    return route.abort();
  });
  await inDialog('Create webhook').click();
  await dialog().getByText('No connection').waitFor();
  await eve.page.unroute('**/v1/webhooks');
  await inDialog('Create webhook').click();
  await dialog().getByText('Open the webhook and rotate the secret').waitFor();
  await eve.checkPage();
  await dialog().getByRole('link', { name: 'Open webhook' }).click();
  await eve.heading(`${at}/204`);
  assert.equal((await system.call('GET', '/v1/webhooks')).webhooks.length, 1);
  await action('Rotate secret');
  await inDialog('Rotate secret').click();
  await becomes(() => eve.page.getByLabel('Signing secret').inputValue(), /^whsec_/);
  await inDialog('I’ve saved it').click();
});

test('a delivery that failed says why and when it is tried next, and is sent again', async () => {
  const webhook = await make('503');
  await openIt(webhook);
  await eve.press('Send test event');
  await became('Answered 503 instead of 2xx.');
  await row('Test').getByText('Next attempt in').waitFor();
  await eve.page.getByText('The receiver is failing').waitFor();
  await eve.resize({ width: 390, height: 844 });
  await eve.checkPage();
  const tries = () => received.filter(({ path }) => path === '/503').length;
  const before = tries();
  await eve.page.getByRole('button', { name: 'Resend' }).dblclick();
  await said('The event is being sent again.');
  assert.equal(eve.requests.filter((one) => one.endsWith('/redeliveries')).length, 1);
  for (let looks = 0; tries() === before && looks < 50; looks += 1) await eve.page.waitForTimeout(100);
  assert.ok(tries() > before);
  await became('Answered 503 instead of 2xx.');
});

test('a receiver that is gone deactivates its webhook; it is activated again, and that is undone', async () => {
  const webhook = await make('410');
  await openIt(webhook);
  await eve.press('Send test event');
  await became('Answered 410: gone for good.');
  await eve.page.getByText('Deactivated: the receiver is gone').waitFor();
  await becomes(() => eve.page.getByRole('button', { name: 'Send test event' }).count(), 0);
  await eve.checkPage();
  await action('Activate');
  await said('Webhook activated.');
  assert.equal((await system.call('GET', `/v1/webhooks/${webhook.id}`)).state, 'active');
  await eve.press('Undo');
  await said('Undone.');
  assert.equal((await system.call('GET', `/v1/webhooks/${webhook.id}`)).state, 'inactive');
});

test('a webhook is edited, also after somebody else was first, its secret is rotated, and it is deleted', async () => {
  const webhook = await make('204', { events: ['link.created'] });
  await openIt(webhook);
  await action('Edit');
  await eve.fill({ Description: 'Mine' });
  await system.call('PATCH', `/v1/webhooks/${webhook.id}`, { version: 1, description: 'Theirs' });
  await inDialog('Save').click();
  await dialog().getByText('Someone else has changed this.').waitFor();
  await eve.page.reload();
  await eve.page.getByText('Theirs').waitFor();
  await action('Edit');
  await dialog().getByLabel('All events').check();
  await eve.fill({ Description: 'Ours' });
  await eve.context.setOffline(true);
  await inDialog('Save').click();
  await dialog().getByText('No connection').waitFor();
  await eve.context.setOffline(false);
  await inDialog('Save').click();
  await said('Webhook saved.');
  const is = await system.call('GET', `/v1/webhooks/${webhook.id}`);
  assert.deepEqual([is.description, is.events], ['Ours', null]);
  await action('Rotate secret');
  await dialog().getByText('For 24 hours, every event is signed with both the old and the new secret').waitFor();
  await eve.checkPage();
  await inDialog('Rotate secret').click();
  const secret = await eve.page.getByLabel('Signing secret').inputValue();
  assert.match(secret, /^whsec_/);
  assert.notEqual(secret, webhook.secret);
  await inDialog('I’ve saved it').click();
  await action('Delete');
  await dialog().getByText('pending deliveries are canceled').waitFor();
  await eve.checkPage();
  await inDialog('Delete').dblclick();
  await said('Webhook deleted.');
  await eve.heading('Webhooks');
  assert.equal(eve.asked(`DELETE /v1/webhooks/${webhook.id}`), 1);
  await eve.page.goto(`/admin/webhooks/${webhook.id}`);
  await eve.page.getByText('We can’t find this.').waitFor();
  await eve.checkPage();
});
