/** The dashboard in the languages that it speaks. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, Visitor, becomes, launch } from './browser.js';
import { dashboardPages } from './pages.js';
import { keepWhatIsSeen, brokenTexts, whole } from './seen.js';
import { oneOfEach } from './stock.js';
import { System } from './system.js';
import { together } from './together.js';
import { NAMES } from '../../../web/locales/languages.js';
import english from '../../../web/locales/admin/en/link_form.js';
import workers from '../../../web/locales/en.js';
import german from '../../../web/locales/admin/de/link_form.js';
import polish from '../../../web/locales/admin/pl/link_form.js';
import germanShell from '../../../web/locales/admin/de/shell.js';

let system, browser;
before(async () => {
  [system, browser] = await together(System.start({ empty: true }), launch());
  await oneOfEach(system);
  // Signed in once, in English: the session is the same in every language.
  const eve = await Visitor.arrive(browser, system.origin);
  await system.enter(eve);
  await eve.leave();
});
after(async () => {
  await browser?.close();
  await system?.stop();
});

test('an admin changes the language in the middle of a form, keeps what is typed, and finds the language again', async () => {
  const eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(eve, '/admin/links/new');
  await eve.page.getByLabel(english.name, { exact: true }).fill('Half a na');
  const kept = eve.page.waitForResponse((answer) => answer.request().method() === 'PATCH');
  await eve.page.locator('#language').selectOption({ label: NAMES.de });
  assert.equal((await kept).status(), 200);
  await eve.page.getByRole('button', { name: german.create }).waitFor();
  assert.equal(await eve.page.getByLabel(german.name, { exact: true }).inputValue(), 'Half a na');
  await becomes(() => eve.page.evaluate(() => document.documentElement.lang), 'de');
  await eve.page.getByRole('navigation').getByRole('link', { name: germanShell.links }).waitFor();
  await eve.checkPage();
  await eve.page.reload();
  await eve.page.getByRole('button', { name: german.create }).waitFor();
  // Another browser, in English: the language is the admin's own.
  const other = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await other.context.addCookies(system.cookies);
  await other.page.goto('/admin');
  await other.page.getByRole('navigation').getByRole('link', { name: germanShell.links }).waitFor();
  await other.leave();
  await eve.leave();
});

test('of two languages chosen in a row the last wins, whichever comes first', async () => {
  const eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await eve.context.addInitScript(() => localStorage.setItem('language', localStorage.getItem('language') ?? 'en'));
  await system.enter(eve, '/admin/links/new');
  await eve.page.getByRole('button', { name: english.create }).waitFor();
  await eve.page.route('**/locales/admin/de/all.js', async (route) => {
    await new Promise((done) => setTimeout(done, 800));
    await route.continue();
  });
  await eve.page.locator('#language').selectOption({ label: NAMES.de });
  await eve.page.locator('#language').selectOption({ label: NAMES.pl });
  await eve.page.getByRole('button', { name: polish.create }).waitFor();
  await becomes(() => eve.page.evaluate(() => [document.documentElement.lang, localStorage.getItem('language')].join()), 'pl,pl');
  await becomes(() => eve.page.locator('#language').inputValue(), 'pl');
  await eve.page.waitForLoadState('networkidle');
  const kept = await eve.page.evaluate(async () => (await (await fetch('/v1/me')).json()).member.language);
  assert.equal(kept, 'pl');
  await eve.leave();
});

test('a language that can’t be loaded leaves the dashboard as it is and says so', async () => {
  const eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await eve.context.addInitScript(() => localStorage.setItem('language', 'en'));
  await system.enter(eve, '/admin/links/new');
  await eve.page.getByRole('button', { name: english.create }).waitFor();
  await eve.page.route('**/locales/admin/pl/*', (route) => route.abort());
  await eve.page.locator('#language').selectOption({ label: NAMES.pl });
  await eve.page.getByText(workers.language_not_loaded).waitFor();
  assert.equal(await eve.page.locator('#language').inputValue(), 'en');
  await eve.page.getByRole('button', { name: english.create }).waitFor();
  await eve.page.unroute('**/locales/admin/pl/*');
  await eve.page.locator('#language').selectOption({ label: NAMES.pl });
  await eve.page.getByRole('button', { name: polish.create }).waitFor();
  eve.faults.splice(0);
  await eve.leave();
});

for (const tag of Object.keys(NAMES)) {
  test(`in ${tag} every page of the dashboard says everything and fits a phone and a desktop`, async () => {
    const eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
    await eve.context.addInitScript(keepWhatIsSeen);
    await eve.context.addInitScript((tag) => localStorage.setItem('language', tag), tag);
    await system.enter(eve);
    const faults = [];
    for (const path of (await dashboardPages(system)).filter((path) => !path.includes('?'))) {
      await eve.resize(DESK);
      await eve.page.goto(path);
      await whole(eve.page);
      const wrong = brokenTexts(await eve.page.evaluate(() => [document.title, ...globalThis.seen]));
      for (const width of [DESK.width, 1024, 768, PHONE.width, 320]) {
        await eve.resize({ width, height: 800 });
        const over = await eve.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (over > 0) wrong.push(`scrolls sideways by ${over} pixels at ${width}`);
      }
      if (wrong.length > 0) faults.push(`${path}: ${wrong.join(' | ')}`);
    }
    assert.deepEqual(faults, []);
    await eve.leave();
  });
}
