/** An organization's accent colour on the pages of its workers and in their mail: buttons have it as it was chosen, and all can be read. */

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

/** The colours that are hardest to read, and ours: chosen, of the words on buttons, of links on light pages, of a button's edge on light pages and on dark ones. */
const COLORS = [
  ['#ffff00', '#000000', '#707000', '#8b8b00', '#ffff00'],
  ['#777777', '#000000', '#6c6c6c', '#777777', '#777777'],
  ['#000000', '#ffffff', '#000000', '#000000', '#707070'],
  ['#ffffff', '#000000', '#6c6c6c', '#878787', '#ffffff'],
  ['#0b5fae', '#ffffff', '#0b5fae', '#0b5fae', '#2a73b8'],
];
const rgb = (color) => `rgb(${[1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)).join(', ')})`;

/** A button's ground, words and edge, as they are seen. */
const buttonOf = (visitor) =>
  visitor.page
    .locator('#page button.button:not(.plain)')
    .first()
    .evaluate((one) => {
      const { backgroundColor, color, borderTopColor } = getComputedStyle(one);
      return [backgroundColor, color, borderTopColor].join(' ');
    });

/** @param {'light' | 'dark'} colorScheme */
async function sees(visitor, colorScheme, colors) {
  await visitor.page.emulateMedia({ colorScheme });
  await becomes(() => buttonOf(visitor), colors.map(rgb).join(' '));
}

for (const [accent, text, shade, lightEdge, darkEdge] of COLORS) {
  test(`buttons are ${accent}, and pages and mail can be read`, async () => {
    await system.call('PATCH', '/v1/organization', { accent_color: accent });
    const ana = await Visitor.arrive(browser, system.origin);
    const seen = async () => {
      await sees(ana, 'light', [accent, text, lightEdge]);
      await sees(ana, 'dark', [accent, text, darkEdge]);
      await ana.checkPage();
    };
    const link = await system.link();
    await ana.page.goto(new URL(link.url).pathname);
    await ana.page.getByRole('button', { name: 'Join', exact: true }).waitFor();
    await seen();

    const email = `ana${accent.slice(1)}@example.com`;
    await system.register(link, 'Ana Welder', email);
    const [mail] = await system.logins(email, 1);
    assert.ok(mail.html.includes(`<td bgcolor="${accent}" style="border: 1px solid ${lightEdge}; border-radius: 6px; background: ${accent};`), mail.html);
    assert.ok(mail.html.includes(`padding: 12px 24px; color: ${text};`), mail.html);
    await ana.page.goto(await system.loginLink(email));
    // The mail opens a page that can't know yet whose it is.
    await seen();
    await ana.press('Sign in');
    await ana.heading('Hello Ana Welder');
    const color = await ana.page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent'));
    assert.ok(color.startsWith(`light-dark(${shade},`), color);
    await ana.checkPage();
    await ana.leave();
  });
}

test('a link that takes nobody is in the color of its organization, and an unknown one in ours', async () => {
  await system.call('PATCH', '/v1/organization', { accent_color: '#7a1fa2' });
  const off = await system.link();
  await system.call('PATCH', `/v1/links/${off.id}`, { version: off.version, state: 'inactive' });
  const ana = await Visitor.arrive(browser, system.origin);
  const linkColor = () => ana.page.locator('#page a[href="/sign-in"]').evaluate((one) => getComputedStyle(one).color);
  await ana.page.goto(new URL(off.url).pathname);
  await becomes(linkColor, rgb('#7a1fa2'));
  await ana.checkPage();
  await ana.page.goto('/join/00000000000000000000000000');
  await becomes(linkColor, rgb('#0b5fae'));
  await ana.leave();
});

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
  await ana.page.evaluate(() => localStorage.setItem('look', JSON.stringify({ accent: { light: { color: 'red;' }, dark: { button: { color: 'red;' } } }, logo: null })));
  await ana.page.reload();
  await ana.page.getByRole('button').first().waitFor();
  assert.equal(await worn(), '');
  await ana.leave();
});
