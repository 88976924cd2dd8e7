import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Visitor, becomes, launch } from './browser.js';
import { System } from './system.js';
import { together } from './together.js';

let system, browser, ana, link;
before(async () => {
  [system, browser] = await together(System.start(), launch());
  link = await system.link();
});
after(async () => {
  await browser?.close();
  await system?.stop();
});
beforeEach(async () => (ana = await Visitor.arrive(browser, system.origin)));
afterEach(() => ana.leave());

/** Somebody who has joined, and the login link of their mail. */
async function mailed(email) {
  await system.register(link, 'Ana Welder', email);
  return system.loginLink(email);
}

test('opening a login link signs nobody in; one press does, and the token is nowhere to be seen', async () => {
  const address = await mailed('press@example.com');
  await ana.page.goto(address);
  await ana.heading('Welcome');
  await becomes(() => ana.page.url(), `${system.origin}/sign-in`);
  assert.equal(ana.asked('POST /v1/sessions'), 0);
  await ana.checkPage();
  await ana.page.getByRole('button', { name: 'Sign in' }).dblclick();
  await ana.page.waitForURL('**/training');
  await ana.heading('Hello Ana Welder');
  assert.equal(ana.asked('POST /v1/sessions'), 1);
  // Back does not lead to the spent link.
  await ana.page.goBack();
  assert.ok(!ana.page.url().includes('sign-in'), ana.page.url());
});

test('a reload keeps the link', async () => {
  await ana.page.goto(await mailed('reload@example.com'));
  await ana.heading('Welcome');
  await ana.page.reload();
  await ana.press('Sign in');
  await ana.heading('Hello Ana Welder');
});

test('a link that is spent leads to a new one', async () => {
  const address = await mailed('spent@example.com');
  await ana.page.goto(address);
  await ana.press('Sign in');
  await ana.heading('Hello Ana Welder');
  const other = await Visitor.arrive(browser, system.origin);
  await other.page.goto(address);
  await other.press('Sign in');
  await other.heading('This link no longer works');
  await other.checkPage();
  await other.press('Email me a sign-in link');
  await other.page.getByText('Enter a full email address').waitFor();
  await other.focused('#email');
  await other.checkPage();
  await other.fill({ 'Your email address': 'spent@example.com' });
  await other.press('Email me a sign-in link');
  await other.heading('Check your email');
  await other.checkPage();
  await other.page.goto(await system.loginLink('spent@example.com', 2));
  await other.press('Sign in');
  await other.heading('Hello Ana Welder');
  await other.leave();
});

test('another link is sent by one press, and an address that nobody has is told the same', async () => {
  await ana.page.clock.install();
  await ana.page.goto('/sign-in');
  await ana.heading('Sign in');
  await ana.checkPage();
  await ana.fill({ 'Your email address': 'nobody@example.com' });
  await ana.press('Email me a sign-in link');
  await ana.heading('Check your email');
  await ana.page.clock.runFor(31_000);
  await ana.press('Resend email');
  await ana.page.locator('p').getByText('Sent again.').waitFor();
  assert.equal(ana.asked('POST /v1/login-links'), 2);
  await ana.page.reload();
  await ana.heading('Check your email');
  await ana.page.getByText('nobody@example.com').waitFor();
  await ana.press('Use another address');
  await ana.focused('#email');
});

test('the code of the mail signs in where it was asked for', async () => {
  await mailed('typed@example.com');
  await ana.page.goto('/sign-in');
  await ana.fill({ 'Your email address': 'typed@example.com' });
  await ana.press('Email me a sign-in link');
  await ana.heading('Check your email');
  await ana.checkPage();
  await ana.fill({ 'Code from the email': await system.loginCode('typed@example.com') });
  await ana.press('Sign in');
  await ana.heading('Hello Ana Welder');
});

test('a press whose answer is lost is not lost', async () => {
  await ana.page.goto(await mailed('lost@example.com'));
  await ana.page.route('**/v1/sessions', async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await ana.press('Sign in');
  await ana.page.getByRole('alert').getByText('No connection').waitFor();
  await ana.checkPage();
  await ana.press('Try again');
  // The lost answer may have held the cookie. With it they are in; without it they are offered a new link.
  await ana.page.getByRole('heading', { name: /Hello Ana Welder|This link no longer works/ }).waitFor();
});

test('an admin comes to the dashboard', async () => {
  await ana.page.goto('/sign-in');
  await ana.fill({ 'Your email address': 'admin@example.com' });
  await ana.press('Email me a sign-in link');
  await ana.page.goto(await system.loginLink('admin@example.com', 2));
  await ana.press('Sign in');
  await ana.page.waitForURL('**/admin');
  await ana.heading('Overview');
  await ana.page.goto('/sign-in');
  await ana.page.getByRole('link', { name: 'Go to dashboard' }).waitFor();
  await ana.checkPage();
});

test('whoever is signed in is taken home from the start page, and told so at sign-in', async () => {
  await ana.page.goto('/');
  await ana.heading('Welcome');
  await ana.checkPage();
  await ana.page.goto(await mailed('home@example.com'));
  await ana.press('Sign in');
  await ana.heading('Hello Ana Welder');
  await ana.page.goto('/');
  await ana.heading('Hello Ana Welder');
  await ana.page.goto('/sign-in');
  await ana.page.getByText('You’re signed in as Ana Welder.').waitFor();
  await ana.checkPage();
});

test('a browser that did not keep the session is told so, that the link is spent, and what to do', async () => {
  await ana.page.goto(await mailed('blocked@example.com'));
  await ana.page.route('**/v1/sessions', async (route) => {
    const answer = await route.fetch();
    // As a browser does that blocks cookies: the answer comes, and nothing is kept of it.
    const { 'set-cookie': _, ...headers } = answer.headers();
    await ana.context.clearCookies();
    await route.fulfill({ response: answer, headers });
  }, { times: 1 });
  await ana.press('Sign in');
  await ana.heading('Your browser didn’t keep you signed in');
  await ana.page.getByText('Your sign-in link has been used.').waitFor();
  await ana.checkPage();
  assert.equal(ana.asked('POST /v1/sessions'), 1);
  await ana.press('Email me a sign-in link');
  await ana.focused('#email');
  await ana.heading('Sign in');
  await ana.fill({ 'Your email address': 'blocked@example.com' });
  await ana.press('Email me a sign-in link');
  await ana.page.goto(await system.loginLink('blocked@example.com', 2));
  await ana.press('Sign in');
  await ana.heading('Hello Ana Welder');
});

test('a browser that says it keeps no cookies spends no link', async () => {
  await ana.page.addInitScript(() => Object.defineProperty(navigator, 'cookieEnabled', { get: () => globalThis.name === 'allowed' }));
  await ana.page.goto(await mailed('no-cookies@example.com'));
  await ana.press('Sign in');
  await ana.heading('Your browser blocks cookies');
  await ana.page.getByText('Your sign-in link still works.').waitFor();
  await ana.checkPage();
  assert.equal(ana.asked('POST /v1/sessions'), 0);
  await ana.page.evaluate(() => (globalThis.name = 'allowed'));
  await ana.press('Try again');
  await ana.heading('Hello Ana Welder');
});
