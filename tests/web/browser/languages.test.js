/** The switch of languages on every page of a worker, at the width of a phone. */

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

const lang = () => ana.page.evaluate(() => document.documentElement.lang);
const change = (name) => ana.page.locator('#language').selectOption({ label: name });

async function speaks(tag, heading, title) {
  await ana.heading(heading);
  await becomes(lang, tag);
  await becomes(() => ana.page.title(), title);
  assert.equal(await ana.page.locator('#language').inputValue(), tag);
}

test('the join page changes at once and keeps what is typed, and what is wrong with it', async () => {
  const fields = [{ key: 'trade', label: 'Trade', kind: 'text', required: true }];
  const link = await system.link({ fields });
  await ana.page.goto(`/join/${link.code}`);
  await ana.heading('Join the training');
  await ana.checkPage();
  await ana.fill({ 'Your name': 'Ana Welder', 'Your email address': 'ana', Trade: 'Rigger' });
  await ana.press('Join');
  await ana.page.locator('.error').getByText('Enter a full email address').waitFor();
  await change('Deutsch');
  await speaks('de', 'An der Schulung teilnehmen', /^.*Demo.*$/);
  await becomes(() => ana.page.locator('#email-error').innerText(), /Adresse/);
  for (const [id, value] of [['name', 'Ana Welder'], ['email', 'ana'], ['answer-trade', 'Rigger']]) {
    assert.equal(await ana.page.locator(`#${id}`).inputValue(), value);
  }
  await ana.checkPage();
});

test('the texts of a link change with the language, and the answers are the same', async () => {
  const size = { key: 'size', label: 'Shoe size', kind: 'choice', options: ['Small', 'Large'], required: true };
  const fields = [size, { key: 'trade', label: 'Trade', kind: 'text' }, { key: 'years', label: 'Years', kind: 'number' }];
  const hostile = '<b>Willkommen</b>';
  const german = { welcome: hostile, fields: { size: { label: 'Schuhgröße', options: { Small: 'Klein' } }, trade: { label: 'Beruf' } } };
  const link = await system.link({ welcome: 'Hello crew', fields, translations: { de: german } });
  await ana.page.goto(`/join/${link.code}`);
  const welcome = ana.page.locator('.welcome');
  await ana.page.getByText('Hello crew').waitFor();
  assert.equal(await welcome.getAttribute('lang'), null);
  await ana.fill({ 'Your name': 'Ana Welder', 'Your email address': 'german@example.com', Trade: 'Rigger', Years: '3' });
  await ana.page.getByRole('radio', { name: 'Small' }).check();
  await change('Deutsch');
  await ana.page.getByText(hostile).waitFor();
  assert.equal(await welcome.getAttribute('lang'), null);
  assert.equal(await ana.page.getByLabel('Beruf').inputValue(), 'Rigger');
  await ana.page.getByRole('radiogroup', { name: 'Schuhgröße' }).waitFor();
  assert.ok(await ana.page.getByRole('radio', { name: 'Klein' }).isChecked());
  // What is not translated says in which language it is.
  assert.equal(await ana.page.getByText('Large', { exact: true }).evaluate((words) => words.closest('[lang]').lang), 'en');
  assert.equal(await ana.page.getByText('Years', { exact: true }).evaluate((words) => words.closest('[lang]').lang), 'en');
  await ana.checkPage();
  await change('Español');
  await ana.page.getByText('Hello crew').waitFor();
  assert.equal(await welcome.getAttribute('lang'), 'en');
  await change('Deutsch');
  await ana.press('Teilnehmen');
  await becomes(async () => (await system.stats(link)).enrollments.length, 1);
  assert.deepEqual((await system.stats(link)).enrollments[0].answers, { size: 'Small', trade: 'Rigger', years: 3 });
});

test('each language is named by itself and chosen by keyboard', async () => {
  await ana.page.goto('/sign-in');
  await ana.heading('Sign in');
  const options = ana.page.getByLabel('Language').locator('option');
  assert.deepEqual(await options.allInnerTexts(), ['English', 'Español', 'Deutsch', 'Polski']);
  assert.deepEqual(await options.evaluateAll((all) => all.map((one) => one.lang)), ['en', 'es', 'de', 'pl']);
  await ana.page.locator('#language').focus();
  await ana.page.keyboard.type('Pol');
  await becomes(lang, 'pl');
  await ana.focused('#language');
});

test('the choice holds on every page, and wins over the browser’s language', async () => {
  const link = await system.link();
  await ana.page.goto('/');
  await ana.heading('Welcome');
  await ana.fill({ 'Link address or code': 'abc' });
  await ana.press('Continue');
  await ana.page.locator('.error').getByText('This code is too short').waitFor();
  const words = await ana.page.locator('#code-error').innerText();
  await change('Polski');
  await becomes(lang, 'pl');
  assert.notEqual(await ana.page.locator('#code-error').innerText(), words);
  assert.equal(await ana.page.locator('#code').inputValue(), 'abc');
  for (const path of ['/sign-in', '/sign-in?t=abc', `/join/${link.code}`, '/join/0000-0000', '/']) {
    await ana.page.goto(path);
    await becomes(lang, 'pl');
    await becomes(() => ana.page.getByLabel('Język').inputValue(), 'pl');
    await ana.checkPage();
  }
});

test('who joins in Polish is mailed in Polish, and a choice on the training page holds for their mails', async () => {
  const link = await system.link();
  await ana.page.goto(`/join/${link.code}`);
  await change('Polski');
  await becomes(lang, 'pl');
  await ana.page.locator('#name').fill('Ana');
  await ana.page.locator('#email').fill('pl@example.com');
  await ana.page.locator('form button[type="submit"], form .button').first().click();
  const login = await system.loginLink('pl@example.com');
  const [first] = await system.mails('pl@example.com');
  assert.match(JSON.stringify(first), /Potwierdź/);
  // Another browser, in English: the member's own language goes before it.
  const bea = await Visitor.arrive(browser, system.origin);
  await bea.page.goto(login);
  await bea.press('Sign in');
  await bea.page.waitForURL('**/training');
  const spoken = () => bea.page.evaluate(() => document.documentElement.lang);
  await becomes(spoken, 'pl');
  await bea.checkPage();
  await bea.page.locator('#name').fill('Ana Maria');
  const kept = bea.page.waitForResponse((answer) => answer.request().method() === 'PATCH');
  await bea.page.locator('#language').selectOption({ label: 'Español' });
  assert.equal((await kept).status(), 200);
  await becomes(spoken, 'es');
  assert.equal(await bea.page.locator('#name').inputValue(), 'Ana Maria');
  const { members } = await system.call('GET', '/v1/members?q=pl@example.com');
  assert.equal(members[0].language, 'es');
  await bea.leave();
});

test('a choice that could not be kept with the member says so, and is kept by one press', async () => {
  await system.register(await system.link(), 'Ana', 'tunnel@example.com');
  await ana.page.goto(await system.loginLink('tunnel@example.com'));
  await ana.press('Sign in');
  await ana.heading('Hello Ana');
  await ana.page.route('**/v1/me', (route) => route.abort(), { times: 1 });
  await change('Deutsch');
  await ana.page.getByText('Ihre E-Mails noch nicht').waitFor();
  await ana.checkPage();
  await ana.press('Noch einmal versuchen');
  await becomes(() => ana.page.getByText('Ihre E-Mails noch nicht').count(), 0);
  const { members } = await system.call('GET', '/v1/members?q=tunnel@example.com');
  assert.equal(members[0].language, 'de');
});

test('a language that cannot be loaded leaves the page as it is', async () => {
  await ana.page.goto('/sign-in');
  await ana.heading('Sign in');
  await ana.page.route('**/locales/es.js*', (route) => route.abort());
  await change('Español');
  await ana.page.getByText('This language couldn’t be loaded').waitFor();
  await speaks('en', 'Sign in', 'Sign in');
  // A browser keeps that a file did not come: it is asked for under another address.
  await change('Español');
  await ana.page.getByText('This language couldn’t be loaded').waitFor();
  await ana.page.unroute('**/locales/es.js*');
  await change('Español');
  await speaks('es', 'Iniciar sesión', 'Iniciar sesión');
});
