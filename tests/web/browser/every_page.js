/** What is asked of every page, whatever there is in the system. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, Visitor, launch } from './browser.js';
import { together } from './together.js';
import { figures } from './figures.js';
import { dashboardPages, workersPages } from './pages.js';
import { brokenTexts, doubled, keepWhatIsSeen, nameless, whole } from './seen.js';

/**
 * The tests of every page: none shows what is not there, and the figures are those of the API's lists.
 * @param {string} stock what there is in the system, in words
 * @param {() => Promise<import('./system.js').System>} start
 */
export function everyPage(stock, start) {
  let system, browser, eve;
  before(async () => {
    [system, browser] = await together(start(), launch());
    eve = await arrive({ viewport: DESK });
  });
  after(async () => {
    await eve?.leave();
    await browser?.close();
    await system?.stop();
  });

  async function arrive(options) {
    const visitor = await Visitor.arrive(browser, system.origin, options);
    await visitor.context.addInitScript(keepWhatIsSeen);
    return visitor;
  }

  test(`on ${stock}, no page of the dashboard shows what is not there`, async () => {
    await system.enter(eve);
    const paths = await dashboardPages(system);
    assert.deepEqual(await faultsOf(eve, paths), []);
    console.log(`${stock}: ${paths.length} addresses of the dashboard`);
  });

  test(`on ${stock}, no page of the workers shows what is not there`, async () => {
    const paths = await workersPages(system);
    // An admin has a training page too: on nothing at all there is nobody else.
    await system.enter(eve, '/training');
    assert.deepEqual(await faultsOf(eve, paths), []);
    const ana = await arrive();
    assert.deepEqual(await faultsOf(ana, paths), []);
    await ana.leave();
  });

  test(`on ${stock}, the figures are those of the lists`, async () => {
    await system.enter(eve);
    await figures(system, eve.page);
  });
}

/** Opens pages one after the other, and says what is wrong with each. */
async function faultsOf(visitor, paths) {
  const faults = [];
  for (const path of paths) {
    await visitor.page.goto(path);
    await whole(visitor.page);
    const seen = await visitor.page.evaluate(() => [document.title, ...globalThis.seen]);
    const wrong = [...brokenTexts(seen), ...(await visitor.page.evaluate(nameless)), ...(await visitor.page.evaluate(doubled)), ...visitor.faults.splice(0)];
    if (wrong.length > 0) faults.push(`${path}: ${wrong.join(' | ')}`);
  }
  return faults;
}
