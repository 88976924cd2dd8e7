import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Visitor, becomes, launch } from './browser.js';
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

async function signedIn(link, email) {
  await system.register(link, 'Ana Welder', email);
  await ana.page.goto(await system.loginLink(email));
  await ana.press('Sign in');
  await ana.heading('Hello Ana Welder');
}

test('units and modules are there at once, each module with a way to open it', async () => {
  await system.call('PATCH', '/v1/organization', { support_contact: 'help@demo.example' });
  await signedIn(await system.link(), 'yard@example.com');
  const open = ana.page.getByRole('link', { name: 'Open Hot work safety (in a new tab)' });
  assert.equal(await open.getAttribute('href'), 'https://training.example/hot-work');
  assert.equal(await open.getAttribute('target'), '_blank');
  assert.match(await open.getAttribute('rel'), /noopener/);
  await ana.page.getByText('Site North yard').waitFor();
  await becomes(() => ana.page.getByRole('link', { name: 'help@demo.example' }).getAttribute('href'), 'mailto:help@demo.example');
  await ana.checkPage();
});

test('that there is nothing is explained', async () => {
  await signedIn(await system.link({ allocation: {} }), 'empty@example.com');
  await ana.page.getByRole('heading', { name: 'No training yet' }).waitFor();
  await ana.checkPage();
});

test('who was removed from a link is told so by it, and finds what they still have', async () => {
  const link = await system.link();
  await signedIn(link, 'removed@example.com');
  const [{ id }] = await system.found('removed');
  await system.call('DELETE', `/v1/links/${link.id}/enrollments/${id}`);
  await ana.page.goto(`/join/${link.code}`);
  await ana.press('Join');
  await ana.heading('You can’t join with this link');
  await ana.checkPage();
  await ana.page.getByRole('link', { name: 'Go to my training' }).click();
  await ana.heading('Hello Ana Welder');
  await ana.page.getByRole('heading', { name: 'No training yet' }).waitFor();
});

test('signing out ends it, in this tab and behind its back', async () => {
  await signedIn(await system.link(), 'out@example.com');
  await ana.press('Sign out');
  await ana.page.waitForURL('**/sign-in');
  await ana.heading('Sign in');
  assert.equal(await ana.page.getByText('You’re signed out').count(), 0);
  await ana.page.goto('/training');
  await ana.page.waitForURL('**/sign-in');
  await ana.page.getByText('You’re signed out. Sign in again.').waitFor();
  await ana.checkPage();
  await ana.page.goBack();
  await becomes(() => ana.page.getByText('Hello Ana').count(), 0);
});

test('who has registered can leave by the keyboard, after a word on what they lose, and has no training of it any more', async () => {
  const link = await system.link({ cap: 1 });
  await signedIn(link, 'leaves@example.com');
  const leave = ana.page.getByRole('button', { name: 'Leave North yard' });
  await ana.page.getByRole('heading', { name: 'Your registrations' }).waitFor();
  await ana.page.getByText('Joined').waitFor();
  await leave.focus();
  await ana.page.keyboard.press('Enter');
  await ana.focused('p', 'lose the training for North yard');
  await ana.checkPage();
  await ana.press('Stay');
  await ana.focused('button', 'Leave');
  assert.equal((await system.call('GET', `/v1/links/${link.id}`)).seats.taken, 1);
  await ana.page.keyboard.press('Enter');
  await ana.focused('p', 'lose the training for North yard');
  await ana.page.keyboard.press('Tab');
  await ana.page.keyboard.press('Enter');
  await ana.page.getByRole('heading', { name: 'No training yet' }).waitFor();
  await ana.focused('h1', 'Hello Ana Welder');
  await becomes(() => ana.page.locator('#announced').textContent(), 'You’ve left: North yard.');
  await becomes(() => ana.page.getByRole('heading', { name: 'Your registrations' }).count(), 0);
  const { seats } = await system.call('GET', `/v1/links/${link.id}`);
  assert.deepEqual(seats, { taken: 0, free: 1 });
});

test('without a connection the page says so, and comes by one press', async () => {
  await signedIn(await system.link(), 'tunnel@example.com');
  await ana.page.route('**/v1/me', (route) => route.abort(), { times: 1 });
  await ana.page.reload();
  await ana.heading('This page couldn’t be loaded');
  await ana.press('Try again');
  await ana.heading('Hello Ana Welder');
});

test('a name that somebody else gave is asked about once, and corrected', async () => {
  const link = await system.link();
  await signedIn(link, 'name@example.com');
  await ana.page.getByRole('heading', { name: 'Is your name correct?' }).waitFor();
  await ana.checkPage();
  await ana.page.getByRole('textbox', { name: 'Your name' }).fill(' ');
  await ana.press('Confirm name');
  await ana.page.locator('.error').getByText('Enter your name').waitFor();
  await ana.focused('#name');
  await ana.page.getByRole('textbox', { name: 'Your name' }).fill('Ana López');
  await ana.press('Confirm name');
  await ana.heading('Hello Ana López');
  await becomes(() => ana.page.getByRole('textbox', { name: 'Your name' }).count(), 0);
  await ana.page.reload();
  await ana.heading('Hello Ana López');
  await becomes(() => ana.page.getByRole('textbox', { name: 'Your name' }).count(), 0);
  const [enrollment] = (await system.stats(link)).enrollments;
  assert.equal(enrollment.member.name, 'Ana López');
});
