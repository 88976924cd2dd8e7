/** Two tabs of one browser share a session: what a page does when another member has signed in in the other tab. */

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { DESK, Visitor, becomes, launch } from './browser.js';
import { System } from './system.js';
import { together } from './together.js';

let system, browser, ana;
before(async () => ([system, browser] = await together(System.start(), launch())));
after(async () => {
  await browser?.close();
  await system?.stop();
});
beforeEach(async () => (ana = await Visitor.arrive(browser, system.origin)));
afterEach(() => ana.leave());

let people = 0;
/** Registers somebody new; gives their name and the address of their login link. */
async function person() {
  const name = `Person ${(people += 1)}`;
  const email = `person${people}@example.com`;
  await system.register(await system.link(), name, email);
  return { name, email, login: await system.loginLink(email) };
}

/** Signs in by a mail, in a tab of its own of the same browser. */
async function signInElsewhere(visitor, login, heading) {
  const tab = await visitor.context.newPage();
  await tab.goto(login);
  await tab.getByRole('button', { name: 'Sign in', exact: true }).click();
  await tab.getByRole('heading', { name: heading, level: 1 }).waitFor();
  await tab.close();
}

const QUESTION = { key: 'trade', label: 'Your trade', kind: 'text', required: true };
const enrolled = async (link) => (await system.stats(link)).enrollments.map(({ member }) => member.email);

test('the page of a link enrolls nobody but the member it shows', async () => {
  const [one, two] = [await person(), await person()];
  const link = await system.link({ fields: [QUESTION] });
  await signInElsewhere(ana, one.login, `Hello ${one.name}`);
  await ana.page.goto(`/join/${link.code}`);
  await ana.page.getByText(`You’re signed in as ${one.name}`).waitFor();
  await ana.fill({ 'Your trade': 'Welder' });
  await signInElsewhere(ana, two.login, `Hello ${two.name}`);
  await ana.press('Join');
  await ana.page.getByRole('alert').getByText('Someone else has signed in with this browser').waitFor();
  await ana.page.getByText(`You’re signed in as ${two.name}`).waitFor();
  assert.equal(await ana.page.getByLabel('Your trade').inputValue(), 'Welder');
  assert.deepEqual(await enrolled(link), []);
  await ana.checkPage();
  await ana.press('Join');
  await ana.heading('You’ve joined');
  assert.deepEqual(await enrolled(link), [two.email]);
});

test('what a stranger typed is registered for nobody who signed in since, and stays where no storage is', async () => {
  const one = await person();
  const link = await system.link({ fields: [QUESTION] });
  await ana.page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new Error('storage is switched off');
    };
  });
  await ana.page.goto(`/join/${link.code}`);
  await ana.fill({ 'Your name': 'Cleo', 'Your email address': 'cleo@example.com', 'Your trade': 'Rigger' });
  await signInElsewhere(ana, one.login, `Hello ${one.name}`);
  await ana.press('Join');
  await ana.page.getByText(`You’re signed in as ${one.name}`).waitFor();
  assert.deepEqual(await enrolled(link), []);
  await ana.press('Not you? Sign out');
  await becomes(() => ana.page.getByLabel('Your name').inputValue(), 'Cleo');
  assert.equal(await ana.page.getByLabel('Your trade').inputValue(), 'Rigger');
  await ana.press('Join');
  await ana.heading('Check your email');
  assert.deepEqual(await enrolled(link), ['cleo@example.com']);
});

test('a session that ended in another tab leads to the form, with what was typed', async () => {
  const one = await person();
  const link = await system.link({ fields: [QUESTION] });
  await ana.page.goto(one.login);
  await ana.press('Sign in');
  await ana.heading(`Hello ${one.name}`);
  await ana.page.goto(`/join/${link.code}`);
  await ana.fill({ 'Your trade': 'Welder' });
  await ana.context.clearCookies();
  await ana.press('Join');
  await ana.page.getByText('You’re no longer signed in').waitFor();
  await ana.page.getByLabel('Your name').waitFor();
  assert.equal(await ana.page.getByLabel('Your trade').inputValue(), 'Welder');
  assert.deepEqual(await enrolled(link), []);
});

test('the training of one member signs out nobody else', async () => {
  const [one, two] = [await person(), await person()];
  await ana.page.goto(one.login);
  await ana.press('Sign in');
  await ana.heading(`Hello ${one.name}`);
  await signInElsewhere(ana, two.login, `Hello ${two.name}`);
  await ana.press('Sign out');
  await ana.page.getByRole('alert').getByText('Someone else has signed in with this browser').waitFor();
  await ana.heading(`Hello ${two.name}`);
  await ana.checkPage();
  await ana.press('Sign out');
  await ana.heading('Sign in');
});

test('a dashboard that another admin has signed in behind asks in whose name to go on, and keeps what was typed', async () => {
  const eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(eve, '/admin/catalog');
  await eve.heading('Catalog');
  await system.call('POST', '/v1/admins', { name: 'Second Admin', email: 'second@example.com' });
  await eve.press('New group');
  await eve.fill({ Name: 'South yard' });
  await signInElsewhere(eve, await system.loginLink('second@example.com'), 'Overview');
  await eve.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await eve.page.getByRole('heading', { name: 'Someone else is signed in now' }).waitFor();
  await eve.page.getByText('Second Admin (second@example.com) has signed in').waitFor();
  await eve.checkPage();
  await eve.press('Continue as Second Admin');
  assert.equal(await eve.page.getByLabel('Name', { exact: true }).inputValue(), 'South yard');
  const groups = async () => (await system.call('GET', '/v1/catalog')).groups.map(({ name }) => name);
  assert.deepEqual(await groups(), []);
  await eve.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await eve.page.locator('.side-me').getByText('Second Admin').waitFor();
  await becomes(async () => (await groups()).join(), 'South yard');
  const [act] = (await system.call('GET', '/v1/audit')).records;
  assert.equal(act.by.name, 'Second Admin');
  system.cookies = undefined;
  await eve.leave();
});

test('a dashboard behind which a worker has signed in does nothing in their name', async () => {
  const eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(eve, '/admin/settings');
  await eve.heading('Settings');
  const one = await person();
  await signInElsewhere(eve, one.login, `Hello ${one.name}`);
  await eve.fill({ 'Support contact': 'help@demo.example' });
  await eve.press('Save');
  await eve.page.getByRole('heading', { name: 'Someone else is signed in now' }).waitFor();
  await eve.page.getByText(`${one.name} isn’t one of them`).waitFor();
  await eve.checkPage();
  await eve.page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
  assert.equal(await eve.page.getByLabel('Support contact').inputValue(), 'help@demo.example');
  assert.equal((await system.call('GET', '/v1/organization')).support_contact, null);
  system.cookies = undefined;
  await eve.leave();
});
