/** The start page, which takes the address or the code of a link, and addresses as mail programs and people pass them on. */

import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Visitor, launch } from './browser.js';
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

const LABEL = 'Link address or code';
const printed = (code) => code.toUpperCase().replace(/.{4}/g, '$& ');

test('a code leads to the page of its link, in groups and in capitals too', async () => {
  const link = await system.link();
  await ana.page.goto('/');
  await ana.heading('Welcome');
  await ana.checkPage();
  await ana.fill({ [LABEL]: printed(link.code) });
  await ana.page.keyboard.press('Enter');
  await ana.heading('Join the training');
});

test('the address printed on a poster leads to the page of its link, as people type it', async () => {
  const link = await system.link();
  await ana.page.goto('/');
  await ana.fill({ [LABEL]: ` ${link.url.replace(/^https?:\/\//, '').toUpperCase()} ` });
  await ana.press('Continue');
  await ana.heading('Join the training');
});

test('a code leads to the page of its link with the word that stands before it', async () => {
  const link = await system.link();
  await ana.page.goto('/');
  await ana.fill({ [LABEL]: `Code: ${printed(link.code)}` });
  await ana.press('Continue');
  await ana.heading('Join the training');
});

test('a wrong code is explained beside its field', async () => {
  const link = await system.link();
  await ana.page.goto('/');
  for (const [text, words] of [
    ['', 'Enter the address or the code of your link.'],
    [printed(link.code).slice(0, -1), 'but has 25'],
    [`${link.code}x`, 'This is too long. Enter only the code'],
    [`Code: ${printed(link.code).slice(0, -1)}`, 'but has 25'],
    ['x9b9as20v8m0ed24c8e25msdn3', 'We can’t find this code.'],
    [`u${link.code.slice(1)}`, 'We can’t find this code.'],
  ]) {
    await ana.fill({ [LABEL]: text });
    await ana.press('Continue');
    await ana.page.locator('.error').getByText(words).waitFor();
    await ana.focused('#code');
  }
  await ana.checkPage();
});

test('a code whose link takes nobody leads to the page that says why', async () => {
  const link = await system.link();
  await system.call('PATCH', `/v1/links/${link.id}`, { version: 1, state: 'inactive' });
  await ana.page.goto('/');
  await ana.fill({ [LABEL]: link.code });
  await ana.press('Continue');
  await ana.heading('This link is turned off');
});

test('the address of a link is taken with what was added to it', async () => {
  const link = await system.link();
  for (const added of ['/', '.', ')', '%3E', '%20', '%E2%80%8B', '/%3E.', '?utm_source=mail', '&utm_source=mail']) {
    await ana.page.goto(`/join/${link.code}${added}`);
    await ana.heading('Join the training');
  }
  await ana.page.goto(`/join/${printed(link.code)}`);
  await ana.heading('Join the training');
});

test('a mailed login link works with what a mail program added to it', async () => {
  const link = await system.link();
  const added = [(at) => `${at}.`, (at) => `${at}%3E`, (at) => `${at}&utm_source=mail`, (at) => at.replace('?t=', '/?t=3D')];
  for (const [number, add] of added.entries()) {
    const email = `mailed${number}@example.com`;
    await system.register(link, 'Ana', email);
    await ana.page.goto(add(await system.loginLink(email)));
    await ana.press('Sign in');
    await ana.heading('Hello Ana');
  }
});
