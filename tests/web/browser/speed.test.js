import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, launch } from './browser.js';
import { edge } from './edge.js';
import { System } from './system.js';

let system, browser, front;
before(async () => {
  [system, browser] = await Promise.all([System.start(), launch()]);
  front = await edge(system.origin);
});
after(async () => {
  await browser?.close();
  front?.close();
  await system?.stop();
});

/** A slow mobile line: 400 kbit/s, and 200 ms there and back. */
const SLOW = { offline: false, latency: 200, downloadThroughput: 50_000, uploadThroughput: 50_000 };

for (const path of ['/join/CODE', '/sign-in?t=abc', '/training', '/']) {
  test(`${path} shows something within a second on a slow line`, async () => {
    const { code } = await system.link();
    const ana = await Visitor.arrive(browser, front.origin, { reducedMotion: 'reduce' });
    const session = await ana.context.newCDPSession(ana.page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', SLOW);
    await ana.page.goto(path.replace('CODE', code), { waitUntil: 'commit' });
    const painted = await ana.page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    );
    const after = await painted.jsonValue();
    console.log(`${path}: first contentful paint after ${Math.round(after)} ms`);
    assert.ok(after < 1000, `${after} ms`);
    await ana.page.locator('#page :is(button, a.button)').first().waitFor();
    const loaded = await ana.page.evaluate(() => Math.round(performance.now()));
    console.log(`${path}: ready after ${loaded} ms`);
    await ana.leave();
  });
}
