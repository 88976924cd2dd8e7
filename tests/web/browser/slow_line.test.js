/**
 * Every page on a very slow line shows nothing that is not so, at any moment while it loads: only what stands on it in the end, and that
 * it is loading.
 */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, Visitor, launch } from './browser.js';
import { dashboardPages, workersPages } from './pages.js';
import { keepWhatIsSeen, whole } from './seen.js';
import { oneOfEach } from './stock.js';
import { System } from './system.js';
import { together } from './together.js';

let system, browser;
before(async () => {
  [system, browser] = await together(System.start({ empty: true }), launch());
  await oneOfEach(system);
});
after(async () => {
  await browser?.close();
  await system?.stop();
});

/** 400 kbit/s, and a second and a half there and back. */
const SLOW = { offline: false, latency: 1_500, downloadThroughput: 50_000, uploadThroughput: 50_000 };
/** How many pages load side by side, each on a line of its own: one after the other they would take a quarter of an hour. */
const AT_ONCE = 5;
const PATIENCE_MS = 90_000;

/** That something is loading, and what a page is called before it is known what it is about. */
const LOADING = [
  ...['One moment…', 'Un momento…', 'Einen Moment …', 'Chwileczkę…', 'Loading…', '…'],
  ...['Dashboard', 'Sign in', 'My training', 'Training', 'Access link'],
  ...['Member', 'Bulk job', 'Edit', 'Back to Access links'],
];

/** What was in sight while a page loaded, and is neither there in the end nor says that it loads. */
async function notSo(path, cookies) {
  const visitor = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  visitor.context.setDefaultTimeout(PATIENCE_MS);
  if (cookies) await visitor.context.addCookies(cookies);
  const seen = new Map();
  const begun = Date.now();
  await visitor.page.exposeFunction('saw', (text) => seen.has(text) || seen.set(text, Date.now() - begun));
  await visitor.page.addInitScript(keepWhatIsSeen);
  const session = await visitor.context.newCDPSession(visitor.page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', SLOW);
  await visitor.page.goto(path, { waitUntil: 'commit', timeout: PATIENCE_MS });
  await visitor.page.waitForLoadState('load', { timeout: PATIENCE_MS });
  await whole(visitor.page);
  const inTheEnd = await visitor.page.evaluate(() => [...globalThis.inSight()]);
  await visitor.leave();
  const allowed = new Set([...LOADING, ...inTheEnd]);
  assert.ok(seen.size > 0, `nothing was seen of ${path}`);
  return [...seen].filter(([text]) => !allowed.has(text)).map(([text, at]) => `${path}, ${at} ms: ${text}`);
}

/** All that is not so on these pages. */
async function onSlowLines(paths, cookies) {
  const [left, found] = [[...paths], []];
  const line = async () => {
    for (let path = left.shift(); path !== undefined; path = left.shift()) found.push(...(await notSo(path, cookies)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  return found;
}

test('on a very slow line, no page of the dashboard shows anything that is not so', async () => {
  const eve = await Visitor.arrive(browser, system.origin);
  await system.enter(eve);
  const paths = (await dashboardPages(system)).filter((path) => !path.includes('?') || path.includes('status=open') || path.includes('access=pending'));
  assert.deepEqual(await onSlowLines(paths, await eve.context.cookies()), []);
  await eve.leave();
});

test('on a very slow line, no page of the workers shows anything that is not so', async () => {
  const ana = await Visitor.arrive(browser, system.origin);
  const paths = await workersPages(system);
  assert.deepEqual(await onSlowLines(paths), []);
  await ana.page.goto(await system.loginLink('ana@example.com'));
  await ana.press('Sign in');
  await ana.page.waitForURL('**/training');
  assert.deepEqual(await onSlowLines(paths, await ana.context.cookies()), []);
  await ana.leave();
});
