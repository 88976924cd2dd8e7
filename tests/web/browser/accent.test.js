/** An organization's accent colour on the pages of its workers and in their mail: always readable, however it was chosen. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, becomes, launch } from './browser.js';
import { System } from './system.js';
import { together } from './together.js';

let system, browser;
before(async () => ([system, browser] = await together(System.start(), launch())));
after(async () => {
  await browser?.close();
  await system?.stop();
});

const COLORS = [
  ['#ffff00', 'rgb(112, 112, 0)'],
  ['#777777', 'rgb(108, 108, 108)'],
  ['#000000', 'rgb(0, 0, 0)'],
  ['#ffffff', 'rgb(108, 108, 108)'],
];

for (const [accent, shade] of COLORS) {
  test(`pages and mail in ${accent} can be read`, async () => {
    await system.call('PATCH', '/v1/organization', { accent_color: accent });
    const ana = await Visitor.arrive(browser, system.origin);
    const behind = (selector) => ana.page.locator(selector).first().evaluate((one) => getComputedStyle(one).backgroundColor);
    const link = await system.link();
    await ana.page.goto(new URL(link.url).pathname);
    await ana.page.getByRole('button', { name: 'Join', exact: true }).waitFor();
    await becomes(() => behind('button.button'), shade);
    await ana.checkPage();

    const email = `ana${accent.slice(1)}@example.com`;
    await system.register(link, 'Ana Welder', email);
    const [mail] = await system.logins(email, 1);
    const rgb = `#${shade.match(/\d+/g).map((one) => Number(one).toString(16).padStart(2, '0')).join('')}`;
    assert.ok(mail.html.includes(`background: ${rgb}; color: #ffffff;`), mail.html);
    await ana.page.goto(await system.loginLink(email));
    // The mail opens a page that can't know yet whose it is.
    await becomes(() => behind('button.button'), shade);
    await ana.checkPage();
    await ana.press('Sign in');
    await ana.heading('Hello Ana Welder');
    const color = await ana.page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent'));
    assert.ok(color.startsWith(`light-dark(${rgb},`), color);
    await ana.checkPage();
    await ana.leave();
  });
}

test('what was worn for one organization is taken off where there is no color', async () => {
  const ana = await Visitor.arrive(browser, system.origin);
  const worn = () => ana.page.evaluate(() => document.documentElement.getAttribute('style') ?? '');
  const link = await system.link();
  const open = async () => {
    await ana.page.goto(new URL(link.url).pathname);
    await ana.page.getByRole('button', { name: 'Join', exact: true }).waitFor();
  };
  await system.call('PATCH', '/v1/organization', { accent_color: '#7a1fa2' });
  await open();
  assert.match(await worn(), /--accent: ?light-dark\(#7a1fa2/);
  await ana.page.goto('/sign-in');
  await ana.page.getByRole('button').first().waitFor();
  assert.match(await worn(), /--accent: ?light-dark\(#7a1fa2/);
  await system.call('PATCH', '/v1/organization', { accent_color: null });
  await open();
  assert.equal(await worn(), '');
  await ana.page.goto('/sign-in');
  await ana.page.getByRole('button').first().waitFor();
  assert.equal(await worn(), '');
  // What somebody else put there is no style.
  await ana.page.evaluate(() => localStorage.setItem('accent', JSON.stringify({ light: { color: 'red;' }, dark: {} })));
  await ana.page.reload();
  await ana.page.getByRole('button').first().waitFor();
  assert.equal(await worn(), '');
  await ana.leave();
});
