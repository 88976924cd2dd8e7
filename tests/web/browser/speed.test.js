import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, becomes, launch } from './browser.js';
import { edge } from './edge.js';
import { System } from './system.js';
import { together } from './together.js';

let system, browser, front;
before(async () => {
  [system, browser] = await together(System.start(), launch());
  front = await edge(system.origin);
});
after(async () => {
  await browser?.close();
  front?.close();
  await system?.stop();
});

/** A slow mobile line: 400 kbit/s, and 200 ms there and back. */
const SLOW = { offline: false, latency: 200, downloadThroughput: 50_000, uploadThroughput: 50_000 };

/** Times there and back until something is shown: one to connect, one for TLS 1.3, one for the document, one for its styles. */
const TURNS = 4;

for (const path of ['/join/CODE', '/sign-in?t=abc', '/training', '/']) {
  test(`${path} shows something of so little that it takes less than a second on a slow line`, async () => {
    const { code } = await system.link();
    const ana = await Visitor.arrive(browser, front.origin, { reducedMotion: 'reduce' });
    const session = await ana.context.newCDPSession(ana.page);
    const first = new Map();
    session.on('Network.requestWillBeSent', ({ requestId, type }) => /Document|Stylesheet/.test(type) && first.set(requestId, 0));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => first.has(requestId) && first.set(requestId, encodedDataLength));
    await session.send('Network.enable');
    let go;
    const held = new Promise((done) => (go = done));
    await ana.page.route('**/*', async (route) => {
      if (!/document|stylesheet/.test(route.request().resourceType())) await held;
      await route.continue();
    });
    await ana.page.goto(path.replace('CODE', code), { waitUntil: 'commit' });
    // No module, no picture and no answer of the API has come.
    await ana.page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    await becomes(() => [...first.values()].every((bytes) => bytes > 0), true);
    const bytes = [...first.values()].reduce((sum, one) => sum + one);
    // Counted, not timed: a busy machine takes its time for itself.
    const takes = TURNS * SLOW.latency + (bytes / SLOW.downloadThroughput) * 1000;
    console.log(`${path}: ${first.size} files of ${bytes} bytes until something is shown, ${Math.round(takes)} ms of a slow line`);
    assert.ok(first.size > 1 && takes < 1000, `${takes} ms`);
    go();
    await ana.page.locator('#page :is(button, a.button)').first().waitFor();
    await ana.leave();
  });

  test(`${path} is ready on a slow line`, async () => {
    const { code } = await system.link();
    const ana = await Visitor.arrive(browser, front.origin, { reducedMotion: 'reduce' });
    const session = await ana.context.newCDPSession(ana.page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', SLOW);
    await ana.page.goto(path.replace('CODE', code), { waitUntil: 'commit' });
    await ana.page.locator('#page :is(button, a.button)').first().waitFor();
    const [shown, ready] = await ana.page.evaluate(() => [performance.getEntriesByName('first-contentful-paint')[0]?.startTime, performance.now()]);
    console.log(`${path}: something after ${Math.round(shown)} ms, ready after ${Math.round(ready)} ms`);
    await ana.leave();
  });
}
