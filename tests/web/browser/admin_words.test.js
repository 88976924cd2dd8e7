/** The words of the dashboard at a desk, in each language: none is broken in its middle, as columns that are too narrow do it. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LANGUAGES } from '../../../web/locales/languages.js';
import { DESK, PHONE, Visitor, launch } from './browser.js';
import { whole } from './seen.js';
import { oneOfEach } from './stock.js';
import { System } from './system.js';
import { together } from './together.js';

const PAGES = ['/links', '/members', '/members?access=pending', '/mail-trouble', '/admins', '/api-keys', '/webhooks', '/jobs'];

let system, browser;
before(async () => {
  [system, browser] = await together(System.start({ empty: true }), launch());
  await oneOfEach(system);
  const link = await system.link({ name: 'By approval', admission: 'approval', expires: '2027-05-01' });
  await system.register(link, 'Anastasia Kowalczyk', 'anastasia.kowalczyk@a-company-of-some-length.example.com');
  // Somebody whose last email came back stands in the list of those, with what can be done.
  await system.register(await system.link(), 'Complaint One', 'complaint+one@simulator.amazonses.com');
  await system.found('complaint');
});
after(async () => {
  await browser?.close();
  await system?.stop();
});

/** Runs in the page: the short words in a table's head and cells, in the menu and on buttons that stand on two lines. */
function brokenWords() {
  const broken = [];
  for (const element of document.querySelectorAll('th, td, .side-link, .button, .tab, .chip, label')) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest('.address, .unseen, .select-all, .to-bulk, code, select, a.table-name')) continue;
      for (const { 0: word, index } of node.textContent.matchAll(/[^\s/@]{1,26}(?=\s|$)/gu)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 1).map(({ top }) => Math.round(top)));
        if (lines.size > 1) broken.push(word);
      }
    }
  }
  return [...new Set(broken)];
}

for (const locale of LANGUAGES) {
  test(`in ${locale}, no word of a list is broken in its middle at a desk, and none stands out on a tablet, and the actions take one line of a phone`, async () => {
    const eve = await Visitor.arrive(browser, system.origin, { viewport: DESK, locale });
    await system.enter(eve);
    const faults = [];
    for (const path of PAGES) {
      await eve.page.goto(`/admin${path}`);
      await whole(eve.page);
      const broken = await eve.page.evaluate(brokenWords);
      if (broken.length > 0) faults.push(`${path}: ${broken.join(', ')}`);
      await eve.resize({ width: 720, height: 900 });
      const over = await eve.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) faults.push(`${path} at 720: ${over} pixels too wide`);
      await eve.resize(DESK);
    }
    await eve.resize(PHONE);
    await eve.page.goto('/admin/members');
    await eve.page.locator('.select-all input').check();
    const { height } = await eve.page.locator('.bulk').boundingBox();
    if (height > 0.1 * PHONE.height) faults.push(`on a phone the actions take ${height} pixels`);
    assert.deepEqual(faults, []);
    await eve.leave();
  });
}
