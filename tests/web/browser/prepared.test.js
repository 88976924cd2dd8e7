/** The pages as a deployment prepares them: how much they ask of a bad line, counted, and that they do the main job. */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DESK, Visitor, launch } from './browser.js';
import { System, WEB } from './system.js';
import { together } from './together.js';
import { lineOfTurns } from './turns.js';

const folder = mkdtempSync(join(tmpdir(), 'access-links-pages-'));
execFileSync(process.execPath, [join(WEB, 'prepare/prepare.js'), folder]);

let system, browser, line;
before(async () => {
  [system, browser] = await together(System.start({ web: folder }), launch());
  line = await lineOfTurns(system.origin);
});
after(async () => {
  line?.close();
  await browser?.close();
  await system?.stop();
  rmSync(folder, { recursive: true });
});

/** A bad line: 400 kbit/s, and 400 ms there and back. */
const TURN_MS = 400;
const BYTES_A_MS = 50;

/** How long a bad line takes for what was asked of it. A turn that the machine's load splits is none of the page's: the best of three counts. */
async function visits(open, ready, again) {
  const counts = [];
  for (let n = 0; n < 3; n += 1) {
    const visitor = await open();
    const one = [];
    for (let visit = 0; visit < (again ? 2 : 1); visit += 1) {
      line.begin();
      await ready(visitor);
      const { turns, requests, bytes, asked } = line.counted;
      one.push({ takes: Math.round(turns * TURN_MS + bytes / BYTES_A_MS), turns, requests, bytes, asked });
      await visitor.page.goto('about:blank');
    }
    await visitor.leave();
    counts.push(one);
  }
  return counts[0].map((_, visit) => counts.map((one) => one[visit]).sort((a, b) => a.takes - b.takes)[0]);
}

function isWithin(name, { takes, turns, requests, bytes, asked }, { ms, most = Infinity }) {
  console.log(`${name}: ${requests} requests in ${turns} turns, ${bytes} bytes: ${takes} ms of a bad line`);
  assert.ok(turns > 0 && takes <= ms && requests <= most, `${name}: ${takes} ms, ${requests} requests\n${JSON.stringify(asked, null, 1)}`);
}

test('on a bad line, the join page can be filled in within 2.5 s and 10 requests, and within a second at the next visit', async () => {
  const { code } = await system.link();
  const arrive = () => Visitor.arrive(browser, line.origin);
  const fill = async ({ page }) => {
    await page.goto(`/join/${code}`, { waitUntil: 'commit' });
    await page.getByLabel('Your name').waitFor();
  };
  const [first, next] = await visits(arrive, fill, true);
  isWithin('join', first, { ms: 2_500, most: 10 });
  isWithin('join, next visit', next, { ms: 1_000, most: 10 });
});

test('on a bad line, a member reads their training within 2.5 s and 10 requests, and within a second at the next visit', async () => {
  const link = await system.link();
  await system.register(link, 'Ana Welder', 'ana@example.com');
  const ana = await Visitor.arrive(browser, system.origin);
  await ana.page.goto(await system.loginLink('ana@example.com'));
  await ana.press('Sign in');
  await ana.page.waitForURL('**/training');
  const cookies = await ana.context.cookies();
  await ana.leave();
  const arrive = async () => {
    const visitor = await Visitor.arrive(browser, line.origin);
    await visitor.context.addCookies(cookies);
    return visitor;
  };
  const read = async ({ page }) => {
    await page.goto('/training', { waitUntil: 'commit' });
    await page.getByText('Hot work safety').waitFor();
  };
  const [first, next] = await visits(arrive, read, true);
  isWithin('training', first, { ms: 2_500, most: 10 });
  isWithin('training, next visit', next, { ms: 1_000, most: 10 });
});

test('on a bad line, an admin sees the page of a link within 5 s', async () => {
  const link = await system.link({ cap: 40 });
  await system.register(link, 'Bo Rivet', 'bo@example.com');
  const eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(eve);
  const cookies = await eve.context.cookies();
  await eve.leave();
  const arrive = async () => {
    const visitor = await Visitor.arrive(browser, line.origin, { viewport: DESK });
    await visitor.context.addCookies(cookies);
    return visitor;
  };
  const look = async ({ page }) => {
    await page.goto(`/admin/links/${link.id}`, { waitUntil: 'commit' });
    await page.getByText('Bo Rivet').waitFor();
  };
  const [first, next] = await visits(arrive, look, true);
  isWithin('link', first, { ms: 5_000 });
  // The page's own calls name the member that it shows, and so wait for the answer that says who that is.
  isWithin('link, next visit', next, { ms: 1_500 });
});

test('a relative folder is one of where the command is given, and nothing is written beside the pages', () => {
  const here = mkdtempSync(join(tmpdir(), 'access-links-here-'));
  execFileSync(process.execPath, [join(WEB, 'prepare/prepare.js'), 'out/pages'], { cwd: here });
  assert.ok(readdirSync(join(here, 'out/pages/assets')).some((name) => /^join-[\w-]+\.js$/.test(name)));
  assert.ok(!existsSync(join(WEB, 'out')));
  // What it wrote it may replace, and nothing else.
  execFileSync(process.execPath, [join(WEB, 'prepare/prepare.js'), 'out/pages'], { cwd: here });
  const refused = spawnSync(process.execPath, [join(WEB, 'prepare/prepare.js'), '.'], { cwd: here, encoding: 'utf8' });
  assert.deepEqual([refused.status, /holds something else/.test(refused.stderr)], [1, true]);
  assert.ok(existsSync(join(here, 'out/pages/join.html')));
  rmSync(here, { recursive: true });
});
