/** What the dashboard is like for those who use no mouse. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, Visitor, becomes, launch } from './browser.js';
import { System } from './system.js';
import { together } from './together.js';
import link from '../../../web/locales/admin/en/link.js';
import shell from '../../../web/locales/admin/en/shell.js';

let system, browser, eve;
before(async () => {
  [system, browser] = await together(System.start(), launch());
  eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(eve);
});
after(async () => {
  await eve?.leave();
  await browser?.close();
  await system?.stop();
});

const focused = () => eve.page.evaluate(() => document.activeElement?.closest('.bulk') !== null);
const key = (name) => eve.page.keyboard.press(name);

test('from a row that was just selected, the next key leads to what can be done with the selection', async () => {
  for (const n of [1, 2, 3]) await system.link({ name: `Link ${n}` });
  await eve.page.goto('/admin/links');
  await eve.page.getByRole('checkbox', { name: /Link 2/ }).focus();
  await key('Space');
  await key('Tab');
  await becomes(() => eve.page.evaluate(() => document.activeElement?.textContent), shell.to_bulk);
  assert.equal(await eve.page.locator('.to-bulk').count(), 1, 'one way there, however many rows are selected');
  await eve.checkPage();
  await key('Enter');
  await becomes(focused, true);
  // All at once, from the head of the table.
  await eve.page.getByRole('checkbox', { name: shell.select_all }).focus();
  await key('Space');
  await key('Tab');
  await key('Enter');
  await becomes(focused, true);
});

test('a slash or Ctrl+K leads to the search of the page, and Ctrl+K from a page without one to the members', async () => {
  const search = () => eve.page.evaluate(() => document.activeElement?.getAttribute('type'));
  await eve.page.goto('/admin/links');
  await eve.page.locator('input[type="search"]').waitFor();
  await key('/');
  await becomes(search, 'search');
  await key('/');
  assert.equal(await eve.page.locator('input[type="search"]').inputValue(), '/', 'where text is typed, a slash is one');
  await eve.page.goto('/admin/settings');
  await eve.page.locator('form').waitFor();
  await key('/');
  await key('Control+k');
  await eve.page.waitForURL('**/admin/members');
  await becomes(search, 'search');
});

test('the numbers of a day are said when it is tapped or reached by the arrow keys', async () => {
  const made = await system.link({ name: 'Days' });
  await system.register(made, 'Ana Welder', 'ana@example.com');
  await eve.page.goto(`/admin/links/${made.id}`);
  const chart = eve.page.getByRole('slider');
  const said = () => eve.page.locator('.chart-said').textContent();
  await chart.focus();
  const today = link.chart_day.replace(/.*\}: /, '').replace('{registered}', '1').replace('{opened}', '0');
  await becomes(said, new RegExp(today));
  await key('ArrowLeft');
  await becomes(said, new RegExp(today.replace('1', '0')));
  await key('End');
  await becomes(said, new RegExp(today));
  await becomes(() => chart.getAttribute('aria-valuetext'), new RegExp(today));
  await eve.checkPage();

  const bo = await Visitor.arrive(browser, system.origin, { viewport: PHONE, hasTouch: true });
  await bo.context.addCookies(system.cookies);
  await bo.page.goto(`/admin/links/${made.id}`);
  await bo.page.getByRole('slider').scrollIntoViewIfNeeded();
  const box = await bo.page.getByRole('slider').boundingBox();
  await bo.page.touchscreen.tap(box.x + box.width - 4, box.y + box.height / 2);
  await becomes(() => bo.page.locator('.chart-said').textContent(), new RegExp(today));
  await bo.leave();
});

test('the head of a table stays in sight while its rows are scrolled', async () => {
  for (let n = 0; n < 20; n += 1) await system.link({ name: `More ${n}` });
  await eve.page.goto('/admin/links');
  await eve.page.getByText('More 19').waitFor();
  await eve.page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
  await becomes(() => eve.page.locator('.table thead th').nth(1).evaluate((head) => Math.round(head.getBoundingClientRect().top)), 0);
});
