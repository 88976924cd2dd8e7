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

const PERSON = { 'Your name': 'Ana Welder', 'Your email address': 'ana@example.com' };
const open = async (link) => {
  await ana.page.goto(`/join/${link.code}`);
  await ana.page.locator('#page :is(button, h1[tabindex])').first().waitFor();
};

test('somebody joins, is asked to check their email, and gets to their training from it', async () => {
  const link = await system.link({ welcome: 'Bring your boots.\nSee you at the gate.' });
  await open(link);
  await becomes(() => ana.page.title(), /Join Demo/);
  await ana.page.getByText('Demo invites you').waitFor();
  await ana.page.getByText('Bring your boots.').waitFor();
  await ana.checkPage();
  await ana.fill(PERSON);
  await ana.press('Join');
  await ana.heading('Check your email');
  await ana.page.getByText('ana@example.com').waitFor();
  await ana.focused('h1');
  await ana.checkPage();
  await ana.press('Register someone else');
  await ana.focused('#email');
  await ana.page.goto(await system.loginLink('ana@example.com'));
  await ana.press('Sign in');
  await ana.page.getByRole('link', { name: 'Open Hot work safety (in a new tab)' }).waitFor();
  assert.equal((await system.stats(link)).link.seats.taken, 1);
});

test('who has signed in and comes back to the link is no longer asked to check their email', async () => {
  const link = await system.link();
  await open(link);
  await ana.fill({ ...PERSON, 'Your email address': 'back@example.com' });
  await ana.press('Join');
  await ana.heading('Check your email');
  await ana.page.goto(await system.loginLink('back@example.com'));
  await ana.press('Sign in');
  await ana.page.getByRole('link', { name: 'Open Hot work safety (in a new tab)' }).waitFor();
  await open(link);
  await ana.page.getByText('You’re signed in as Ana Welder (back@example.com)').waitFor();
  assert.equal(await ana.page.getByText('Check your email').count(), 0);
});

test('what happens next is said of a link that an admin looks at first', async () => {
  await open(await system.link({ admission: 'approval' }));
  await ana.heading('Ask to join the training');
  await ana.fill({ ...PERSON, 'Your email address': 'approval@example.com' });
  await ana.press('Ask to join');
  await ana.heading('Request sent');
  await ana.checkPage();
});

test('a full link with a waiting list offers it', async () => {
  const link = await system.link({ cap: 1, overflow: 'waiting_list' });
  await system.register(link, 'Di First', 'di@example.com');
  await open(link);
  await ana.fill({ ...PERSON, 'Your email address': 'waiting@example.com' });
  await ana.press('Join the waiting list');
  await ana.heading('You’re on the waiting list');
  await ana.checkPage();
});

test('every dead link says why, and whom to ask', async () => {
  const dead = {
    'All places are taken': await system.link({ cap: 1 }),
    'This link is turned off': await system.link(),
    'Not open yet': await system.link({ starts: '2027-03-01' }),
    'We can’t find this link': { code: 'x9b9as20v8m0ed24c8e25msdn3' },
    'This link has expired': await system.link({ expires: new Date(Date.now() + 1500).toISOString() }),
  };
  await system.register(dead['All places are taken'], 'Di First', 'di@example.com');
  await system.call('PATCH', '/v1/organization', { support_contact: 'help@demo.example' });
  const off = dead['This link is turned off'];
  await system.call('PATCH', `/v1/links/${off.id}`, { version: 1, state: 'inactive' });
  await new Promise((done) => setTimeout(done, 1600));
  for (const [heading, link] of Object.entries(dead)) {
    await open(link);
    await ana.heading(heading);
    await ana.page.getByText('the person who gave you the link').waitFor();
    await ana.checkPage();
    await becomes(() => ana.page.getByLabel('Your name').count(), 0);
    const contacts = await ana.page.getByRole('link', { name: 'help@demo.example' }).count();
    assert.equal(contacts, heading === 'We can’t find this link' ? 0 : 1, heading);
  }
  await open(dead['Not open yet']);
  await ana.page.getByText(/Monday,? 1 March 2027.*00:00/).waitFor();
});

test('a link that ends while somebody fills it in says so', async () => {
  const link = await system.link();
  await open(link);
  await ana.fill(PERSON);
  await system.call('PATCH', `/v1/links/${link.id}`, { version: 1, state: 'inactive' });
  await ana.press('Join');
  await ana.heading('This link is turned off');
});

test('all that a link asks is asked, checked beside its field, and kept', async () => {
  const link = await system.link({
    domains: { only: ['acme.com'], others: 'refuse' },
    fields: [
      { key: 'trade', label: 'Your trade', kind: 'choice', options: ['Welder', 'Rigger'], required: true },
      { key: 'size', label: 'Boot size', kind: 'choice', options: ['38', '39', '40', '41', '42'], required: true },
      { key: 'years', label: 'Years in the trade', kind: 'number' },
      { key: 'since', label: 'First day', kind: 'date', required: true },
      { key: 'company', label: 'Your company', kind: 'text' },
    ],
  });
  await open(link);
  await ana.press('Join');
  await ana.focused('#name');
  await ana.page.getByText('Enter your name').waitFor();
  await ana.page.locator('#announced').getByText('Please fix the highlighted fields').waitFor({ state: 'attached' });
  await becomes(() => ana.page.locator('.error').count(), 5);
  await ana.checkPage();
  await ana.fill({ ...PERSON, 'Years in the trade': 'many', 'First day': '2026-12-01', 'Your company': 'Ána & <Co>' });
  await ana.page.getByLabel('Rigger').check();
  await ana.page.getByLabel('Boot size').selectOption('41');
  await ana.press('Join');
  await ana.page.getByText('This link only accepts addresses at acme.com.').waitFor();
  await ana.page.getByText('Enter a number.').waitFor();
  await ana.fill({ 'Your email address': 'ana@acme.com', 'Years in the trade': '3,5' });
  await ana.press('Join');
  await ana.heading('Check your email');
  const { answers } = (await system.stats(link)).enrollments[0];
  assert.deepEqual(answers, { company: 'Ána & <Co>', since: '2026-12-01', size: '41', trade: 'Rigger', years: 3.5 });
});

test('a double click sends once, and opening is counted once a tab', async () => {
  const link = await system.link();
  await open(link);
  await ana.fill({ ...PERSON, 'Your email address': 'double@example.com' });
  await ana.page.getByRole('button', { name: 'Join' }).dblclick();
  await ana.heading('Check your email');
  await ana.page.reload();
  await ana.heading('Check your email');
  assert.equal(ana.asked(`POST /v1/join/${link.code}`), 1);
  assert.equal(ana.asked(`POST /v1/join/${link.code}/opened`), 1);
  assert.equal((await system.stats(link)).funnel.opened, 1);
});

test('a lost connection loses nothing that was typed, and nothing stays once it is sent', async () => {
  const link = await system.link();
  await open(link);
  await ana.fill({ ...PERSON, 'Your email address': 'tunnel@example.com' });
  await ana.context.setOffline(true);
  await ana.press('Join');
  await ana.page.getByRole('alert').getByText('No connection').waitFor();
  await ana.checkPage();
  await ana.context.setOffline(false);
  await ana.page.reload();
  await ana.page.getByRole('button', { name: 'Join' }).waitFor();
  await becomes(() => ana.page.getByLabel('Your name').inputValue(), 'Ana Welder');
  await ana.page.goto('/sign-in');
  await ana.page.goBack();
  await ana.press('Join');
  await ana.heading('Check your email');
  // The tab knows the address that it waits for a mail to, until it is let go.
  const left = () => ana.page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
  assert.ok(!/Ana/.test(await left()), await left());
  await ana.press('Register someone else');
  await ana.page.getByRole('button', { name: 'Join' }).waitFor();
  assert.ok(!/tunnel|proof/.test(await left()), await left());
});

test('an answer that is lost on its way is asked for again, and is one person', async () => {
  const link = await system.link();
  await open(link);
  await ana.fill({ ...PERSON, 'Your email address': 'lost@example.com' });
  await ana.page.route(`**/v1/join/${link.code}`, async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await ana.press('Join');
  await ana.press('Try again');
  await ana.heading('Check your email');
  assert.equal((await system.stats(link)).enrollments.length, 1);
});

test('a page that could not be loaded is loaded by one press', async () => {
  const link = await system.link();
  await ana.page.route(`**/v1/join/${link.code}`, (route) => route.abort(), { times: 1 });
  await ana.page.goto(`/join/${link.code}`);
  await ana.page.getByRole('alert').getByText('No connection').waitFor();
  await ana.checkPage();
  await ana.press('Try again');
  await ana.heading('Join the training');
});

test('who is signed in joins by one press, and sees what it gave', async () => {
  await system.register(await system.link(), 'Ana Welder', 'member@example.com');
  await ana.page.goto(await system.loginLink('member@example.com'));
  await ana.press('Sign in');
  await ana.heading('Hello Ana Welder');
  await open(await system.link({ allocation: {} }));
  await ana.page.getByText('You’re signed in as Ana Welder').waitFor();
  await becomes(() => ana.page.getByLabel('Your name').count(), 0);
  await ana.checkPage();
  await ana.press('Join');
  await ana.heading('You’ve joined');
  await ana.checkPage();
  await open(await system.link({ admission: 'approval' }));
  await ana.press('Ask to join');
  await ana.heading('Request sent');
  await open(await system.link());
  await ana.press('Not you? Sign out');
  await ana.page.getByLabel('Your name').waitFor();
});

test('hostile texts are text', async () => {
  const hostile = '"><img src=x onerror=alert(1)><script>alert(2)</script>{organization}';
  const link = await system.link({
    welcome: hostile,
    fields: [{ key: 'a', label: hostile.slice(0, 60), kind: 'choice', options: [hostile.slice(0, 60), "javascript:alert(3)"], required: true }],
  });
  await system.call('PATCH', '/v1/organization', { name: hostile });
  await open(link);
  await ana.page.getByText(hostile).first().waitFor();
  await ana.fill({ 'Your name': hostile, 'Your email address': 'hostile@example.com' });
  await ana.page.getByLabel(hostile.slice(0, 60), { exact: true }).first().check();
  await ana.checkPage();
  await ana.press('Join');
  await ana.heading('Check your email');
  await ana.page.goto(await system.loginLink('hostile@example.com'));
  await ana.press('Sign in');
  await ana.heading(`Hello ${hostile}`);
  await becomes(() => ana.page.locator('img').count(), 0);
  await ana.checkPage();
  await system.call('PATCH', '/v1/organization', { name: 'Demo' });
});

test('somebody whose browser fills in the field for programs is asked, and joins all the same', async () => {
  const link = await system.link();
  await open(link);
  await ana.fill({ ...PERSON, 'Your email address': 'robot@example.com' });
  await ana.page.locator('input[name=website]').evaluate((input) => {
    input.value = 'https://spam.example';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await ana.press('Join');
  await ana.heading('Are you a person?');
  await ana.focused('h1');
  await ana.checkPage();
  assert.equal((await system.stats(link)).enrollments.length, 0);
  await ana.press('Yes, continue');
  await ana.heading('Check your email');
  assert.equal((await system.stats(link)).enrollments.length, 1);
});

test('"check your email" survives a reload, and the code of the mail signs in where the page was opened', async () => {
  const link = await system.link({ cap: 1 });
  await open(link);
  await ana.fill({ ...PERSON, 'Your email address': 'code@example.com' });
  await ana.press('Join');
  await ana.heading('Check your email');
  // The last seat is theirs: the link itself is full by now.
  await ana.page.reload();
  await ana.heading('Check your email');
  await ana.page.getByText('code@example.com').waitFor();
  await ana.checkPage();
  await ana.press('Sign in');
  await ana.page.getByText('This code is wrong').waitFor();
  await ana.focused('#code');
  await ana.fill({ 'Code from the email': '0000 0000' });
  await ana.press('Sign in');
  await ana.page.getByText('This code is wrong').waitFor();
  await ana.checkPage();
  const code = await system.loginCode('code@example.com');
  await ana.fill({ 'Code from the email': code.replace('-', ' ').toLowerCase() });
  await ana.press('Sign in');
  await ana.heading('Hello Ana Welder');
  await ana.page.goto(`/join/${link.code}`);
  await ana.heading('All places are taken');
});

test('who mistyped the address changes it, and the last place is theirs', async () => {
  const link = await system.link({ cap: 1 });
  await open(link);
  await ana.fill({ ...PERSON, 'Your email address': 'wrong@exmaple.example' });
  await ana.press('Join');
  await ana.heading('Check your email');
  await ana.page.reload();
  await ana.page.getByText('Wrong address?').waitFor();
  await ana.checkPage();
  await ana.press('Change address');
  await ana.focused('#right-email');
  assert.equal(await ana.page.getByLabel('Your email address').inputValue(), 'wrong@exmaple.example');
  await ana.checkPage();
  await ana.fill({ 'Your email address': 'righted@' });
  await ana.press('Use this address');
  await ana.focused('#right-email');
  await ana.page.getByText('Enter a full email address').waitFor();
  await ana.checkPage();
  await ana.fill({ 'Your email address': 'righted@example.com' });
  await ana.context.setOffline(true);
  await ana.press('Use this address');
  await ana.page.getByRole('alert').getByText('No connection').waitFor();
  await ana.context.setOffline(false);
  await ana.press('Use this address');
  await ana.page.getByText('righted@example.com').waitFor();
  await ana.heading('Check your email');
  assert.equal((await system.stats(link)).link.seats.taken, 1);
  await ana.page.reload();
  await ana.page.getByText('righted@example.com').waitFor();
  await ana.page.goto(await system.loginLink('righted@example.com'));
  await ana.press('Sign in');
  await ana.page.getByRole('link', { name: 'Open Hot work safety (in a new tab)' }).waitFor();
  assert.equal((await system.stats(link)).link.seats.taken, 1);
});

test('a request that an admin would look at is withdrawn, and can be made again', async () => {
  const link = await system.link({ admission: 'approval' });
  await ana.context.clearCookies();
  await open(link);
  await ana.fill({ ...PERSON, 'Your email address': 'withdrawn@example.com' });
  await ana.press('Ask to join');
  await ana.heading('Request sent');
  await ana.press('Cancel registration');
  await ana.heading('Registration canceled');
  await ana.focused('h1');
  await ana.checkPage();
  assert.equal((await system.stats(link)).link.seats.taken, 0);
  await ana.press('Register again');
  await ana.focused('#email');
  await ana.fill({ ...PERSON, 'Your email address': 'withdrawn@example.com' });
  await ana.press('Ask to join');
  await ana.heading('Request sent');
  assert.equal((await system.stats(link)).link.seats.taken, 1);
});

test('the mail can be sent again after half a minute', async () => {
  await ana.page.clock.install();
  const link = await system.link();
  await open(link);
  await ana.fill({ ...PERSON, 'Your email address': 'again@example.com' });
  await ana.press('Join');
  await ana.heading('Check your email');
  await ana.page.getByText('You can resend it in').waitFor();
  assert.equal(await ana.page.getByRole('button', { name: 'Resend email' }).count(), 0);
  await ana.page.clock.runFor(31_000);
  await ana.press('Resend email');
  await ana.page.locator('p').getByText('Sent again.').waitFor();
  await ana.page.getByText('You can resend it in').waitFor();
  assert.equal(ana.asked(`POST /v1/join/${link.code}`), 1);
  await ana.fill({ 'Code from the email': await system.loginCode('again@example.com', 2) });
  await ana.press('Sign in');
  await ana.heading('Hello Ana Welder');
});

test('a full link tells of the mail to those who have a place', async () => {
  const link = await system.link({ cap: 1 });
  await open(link);
  await system.register(link, 'Di First', 'full@example.com');
  await ana.fill({ ...PERSON, 'Your email address': 'full@example.com' });
  await ana.press('Join');
  await ana.heading('All places are taken');
  await ana.page.getByText('we’ve sent a sign-in email to full@example.com').waitFor();
  await ana.checkPage();
  await ana.page.goto(await system.loginLink('full@example.com', 2));
  await ana.press('Sign in');
  await ana.heading('Hello Di First');
});

test('the form is done with the keyboard alone, and the trap is never come by', async () => {
  await open(await system.link());
  const keys = ana.page.keyboard;
  await keys.press('Tab');
  await ana.focused('#language');
  await keys.press('Tab');
  await keys.type('Ana Welder');
  await keys.press('Tab');
  await keys.type('keyboard@example.com');
  await keys.press('Tab');
  await ana.focused('button', 'Join');
  await keys.press('Enter');
  await ana.heading('Check your email');
});

test('two windows with one link are one person', async () => {
  const link = await system.link();
  const other = await ana.context.newPage();
  await open(link);
  await other.goto(`/join/${link.code}`);
  for (const page of [ana.page, other]) {
    await page.getByLabel('Your name').fill('Ana Welder');
    await page.getByLabel('Your email address').fill('two@example.com');
  }
  await Promise.all([ana.page, other].map((page) => page.getByRole('button', { name: 'Join' }).click()));
  await Promise.all([ana.page, other].map((page) => page.getByRole('heading', { name: 'Check your email' }).waitFor()));
  assert.equal((await system.stats(link)).enrollments.length, 1);
});

test('the page speaks the reader\'s language, or the organization\'s where it doesn\'t speak theirs', async () => {
  const link = await system.link();
  const said = { 'de-CH': 'An der Schulung teilnehmen', pl: 'Zarejestruj się na szkolenie', 'es-MX': 'Regístrese para la formación', fr: 'Zarejestruj się na szkolenie' };
  await system.call('PATCH', '/v1/organization', { language: 'pl' });
  for (const [locale, heading] of Object.entries(said)) {
    const reader = await Visitor.arrive(browser, system.origin, { locale });
    await reader.page.goto(`/join/${link.code}`);
    await reader.heading(heading);
    await becomes(() => reader.page.evaluate(() => document.documentElement.lang), locale === 'fr' ? 'pl' : locale.slice(0, 2));
    await reader.checkPage();
    await reader.leave();
  }
  await system.call('PATCH', '/v1/organization', { language: 'en' });
});

test('a page says that there is more training than it names, and not that there are more sites than the one', async () => {
  const id = (n) => `3c6e0a7e-0000-4000-8000-00000000000${n}`;
  for (const n of [1, 2, 3, 4, 5]) await system.call('PUT', `/v1/modules/${id(n)}`, { title: `Module ${n}`, url: 'https://training.example/x' });
  await system.call('PUT', `/v1/units/${id(6)}`, { kind: 'site', name: 'South yard', modules: [1, 2, 3, 4, 5].map(id) });
  await open(await system.link({ allocation: { sites: [id(6)] } }));
  await ana.page.getByText('Training: Module 1, Module 2, Module 3, Module 4 …', { exact: true }).waitFor();
  await ana.page.getByText('Site: South yard', { exact: true }).waitFor();
});

test('a page names several sites as sites, in each language', async () => {
  const id = (n) => `3c6e0a7e-0000-4000-8000-0000000000a${n}`;
  for (const [n, name] of ['Alpha', 'Beta'].entries()) await system.call('PUT', `/v1/units/${id(n)}`, { kind: 'site', name, modules: [] });
  const link = await system.link({ allocation: { sites: [id(0), id(1)] } });
  const said = { en: 'Sites: Alpha and Beta', de: 'Standorte: Alpha und Beta', es: 'Centros: Alpha y Beta', pl: 'Lokalizacje: Alpha i Beta' };
  for (const [locale, sites] of Object.entries(said)) {
    const reader = await Visitor.arrive(browser, system.origin, { locale });
    await reader.page.goto(`/join/${link.code}`);
    await reader.page.getByText(sites, { exact: true }).waitFor();
    await reader.leave();
  }
});
