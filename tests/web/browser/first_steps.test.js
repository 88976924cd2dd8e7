/** The first hour of an organization in which there is nothing yet. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, Visitor, launch } from './browser.js';
import { System } from './system.js';
import { together } from './together.js';
import catalog from '../../../web/locales/admin/en/catalog.js';
import steps from '../../../web/locales/admin/en/first_steps.js';
import linkForm from '../../../web/locales/admin/en/link_form.js';
import shell from '../../../web/locales/admin/en/shell.js';
import units from '../../../web/locales/admin/en/unit_form.js';

let browser;
/** A system of a test's own: each begins with nothing. */
const started = [];
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await Promise.all(started.map((system) => system.stop()));
});

async function newAdmin() {
  const [system] = await together(System.start({ empty: true }));
  started.push(system);
  const eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(eve);
  return { system, eve, main: eve.page.locator('#content'), dialog: eve.page.getByRole('dialog') };
}

/** The most clicks from the first sign-in to a link that gives training. */
const MOST_CLICKS = 7;

test('a new admin has a link that gives training after at most seven clicks, without a manual', async () => {
  const { system, eve, main, dialog } = await newAdmin();
  let clicks = 1; // The sign-in's own.
  const press = async (place, role, name) => {
    clicks += 1;
    await place.getByRole(role, { name, exact: true }).click();
  };
  await press(main, 'button', steps.unit_button);
  await dialog.getByLabel(catalog.field_name, { exact: true }).fill('North yard');
  await dialog.getByLabel(units.module_title).fill('Hot work safety');
  await dialog.getByLabel(units.module_url).fill('https://training.example/hot-work');
  await press(dialog, 'button', shell.save);
  await press(main, 'link', steps.link_button);
  await main.getByLabel(linkForm.name, { exact: true }).fill('Spring crew');
  await press(main, 'checkbox', 'North yard');
  await press(main, 'button', linkForm.create);
  await eve.heading('Spring crew');
  assert.ok(clicks <= MOST_CLICKS, `${clicks} clicks`);

  const [link] = await system.all('/v1/links', 'links');
  await system.register(link, 'Ana Welder', 'ana@example.com');
  const ana = await Visitor.arrive(browser, system.origin);
  await ana.page.goto(await system.loginLink('ana@example.com'));
  await ana.press('Sign in');
  await ana.page.getByText('Hot work safety').waitFor();
  await ana.leave();
  await eve.leave();
});

test('a site and its training can be created inside the form of a link, which has it chosen then and keeps what was typed', async () => {
  const { system, eve, main, dialog } = await newAdmin();
  await eve.page.goto('/admin/links/new');
  await main.getByLabel(linkForm.name, { exact: true }).fill('Night crew');
  await main.getByRole('button', { name: catalog.new_site }).click();
  await dialog.getByLabel(catalog.field_name, { exact: true }).fill('South yard');
  await dialog.getByLabel(units.module_title).fill('Working at height');
  await dialog.getByLabel(units.module_url).fill('training.example/height');
  await dialog.getByRole('button', { name: shell.save }).click();
  await dialog.getByText(units.wrong_url).waitFor();
  assert.deepEqual(await system.call('GET', '/v1/catalog'), { groups: [], sites: [], regions: [], modules: [] });
  await dialog.getByLabel(units.module_url).fill('https://training.example/height');
  await dialog.getByRole('button', { name: shell.save }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await main.getByRole('checkbox', { name: 'South yard' }).isChecked(), true);
  assert.equal(await main.getByLabel(linkForm.name, { exact: true }).inputValue(), 'Night crew');
  await main.getByRole('button', { name: linkForm.create }).click();
  await eve.heading('Night crew');
  const [link] = await system.all('/v1/links', 'links');
  const { sites, modules } = await system.call('GET', '/v1/catalog');
  assert.deepEqual(link.allocation.sites, [sites[0].id]);
  assert.deepEqual(sites[0].modules, [modules[0].id]);
  await eve.leave();
});

test('a site that was created inside the form of a link and taken back is not chosen any more', async () => {
  const { system, eve, main, dialog } = await newAdmin();
  await system.furnish();
  await eve.page.goto('/admin/links/new');
  await main.getByLabel(linkForm.name, { exact: true }).fill('Night crew');
  await main.getByRole('button', { name: catalog.new_site }).click();
  await dialog.getByLabel(catalog.field_name, { exact: true }).fill('Mistake');
  await dialog.getByRole('button', { name: shell.save }).click();
  await dialog.waitFor({ state: 'detached' });
  await main.getByRole('checkbox', { name: 'North yard' }).check();
  await eve.page.locator('.toast').getByRole('button', { name: shell.undo }).click();
  await main.getByRole('checkbox', { name: 'Mistake' }).waitFor({ state: 'detached' });
  assert.equal(await main.getByText(shell.unit_gone).count(), 0);
  await main.getByRole('button', { name: linkForm.create }).click();
  await eve.heading('Night crew');
  const [link] = await system.all('/v1/links', 'links');
  assert.equal(link.allocation.sites.length, 1);
  await eve.leave();
});

test('the first steps tick off what is there, everybody can use them, and they go when somebody has registered', async () => {
  const { system, eve, main } = await newAdmin();
  await main.getByRole('heading', { name: steps.title }).waitFor();
  await eve.checkPage();
  assert.equal(await main.getByText(steps.done, { exact: true }).count(), 0);
  await system.furnish();
  const link = await system.link();
  await eve.page.reload();
  await main.getByText(steps.done, { exact: true }).nth(1).waitFor();
  await main.getByRole('link', { name: steps.try_button }).click();
  await eve.heading('Spring crew');
  await system.register(link, 'Ana Welder', 'ana@example.com');
  await eve.page.goto('/admin');
  await main.locator('#funnel').waitFor();
  await main.getByRole('heading', { name: steps.title }).waitFor({ state: 'detached' });
  await eve.leave();
});

test('a site that was saved without training is given its training by the same step, and no second site is asked for', async () => {
  const { system, eve, main, dialog } = await newAdmin();
  await main.getByRole('button', { name: steps.unit_button }).click();
  await dialog.getByLabel(catalog.field_name, { exact: true }).fill('North yard');
  await dialog.getByRole('button', { name: shell.save }).click();
  await main.getByText(steps.training.replace('{name}', 'North yard')).waitFor();
  assert.equal(await main.getByRole('button', { name: steps.unit_button }).count(), 0);
  await main.getByRole('button', { name: steps.training_button }).click();
  await eve.checkPage();
  await dialog.getByLabel(units.module_title).fill('Hot work safety');
  await dialog.getByLabel(units.module_url).fill('https://training.example/hot-work');
  await dialog.getByRole('button', { name: shell.save }).click();
  await main.getByText(steps.done, { exact: true }).waitFor();
  const { sites, modules } = await system.call('GET', '/v1/catalog');
  assert.deepEqual(sites.map(({ name, modules }) => [name, modules]), [['North yard', [modules[0].id]]]);
  await eve.leave();
});

test('a name that is taken is warned of beside its field and saved all the same', async () => {
  const { system, eve, main, dialog } = await newAdmin();
  await system.furnish();
  await eve.page.goto('/admin/links/new');
  const warning = (key, name) => dialog.getByText(catalog[key].replace('{name}', name));
  await main.getByRole('button', { name: catalog.new_group }).click();
  await dialog.getByLabel(catalog.field_name, { exact: true }).fill('North yard');
  assert.equal(await warning('taken_group', 'North yard').count(), 0, 'a group may be called as a site is');
  await dialog.getByRole('button', { name: shell.cancel }).click();
  await main.getByRole('button', { name: catalog.new_site }).click();
  await dialog.getByLabel(catalog.field_name, { exact: true }).fill(' north  yard');
  await warning('taken_site', 'north  yard').waitFor();
  await dialog.getByRole('button', { name: units.add_module }).click();
  await dialog.getByLabel(units.module_title).fill('Hot work safety');
  await warning('taken_module', 'Hot work safety').waitFor();
  await eve.checkPage();
  await dialog.getByLabel(units.module_title).fill('');
  await warning('taken_module', 'Hot work safety').waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: shell.save }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal((await system.call('GET', '/v1/catalog')).sites.length, 2);
  await eve.leave();
});

test('a site whose answer was lost is one site, after a reload and in another form too', async () => {
  const { system, eve, main, dialog } = await newAdmin();
  await main.getByRole('button', { name: steps.unit_button }).click();
  await dialog.getByLabel(catalog.field_name, { exact: true }).fill('North yard');
  await dialog.getByLabel(units.module_title).fill('Hot work safety');
  await dialog.getByLabel(units.module_url).fill('https://training.example/hot-work');
  // It arrives, and its answer does not.
  await eve.page.route('**/v1/units/*', async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await dialog.getByRole('button', { name: shell.save }).click();
  await dialog.getByRole('alert').waitFor();
  await eve.page.goto('/admin/links/new');
  await main.getByRole('button', { name: catalog.new_site }).click();
  await dialog.getByText(shell.draft_kept).waitFor();
  await dialog.getByRole('button', { name: shell.save }).click();
  await dialog.waitFor({ state: 'detached' });
  const { sites, modules } = await system.call('GET', '/v1/catalog');
  assert.deepEqual([sites.length, modules.length], [1, 1]);
  assert.equal(await main.getByRole('checkbox', { name: 'North yard' }).count(), 1);
  await eve.leave();
});

test('what arrived unheard is shown when its form is closed', async () => {
  const { eve, main, dialog } = await newAdmin();
  await eve.page.goto('/admin/links/new');
  await main.getByRole('button', { name: catalog.new_group }).click();
  await dialog.getByLabel(catalog.field_name, { exact: true }).fill('Welders');
  await eve.page.route('**/v1/units/*', async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await dialog.getByRole('button', { name: shell.save }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByRole('button', { name: shell.cancel }).click();
  await main.getByRole('checkbox', { name: 'Welders' }).waitFor();
  await eve.leave();
});

test('the keyboard keeps its place when a module is added and removed', async () => {
  const { eve, main, dialog } = await newAdmin();
  await main.getByRole('button', { name: steps.unit_button }).click();
  await dialog.getByRole('button', { name: units.add_module }).click();
  await eve.page.locator('input[id^="title-"]:focus').waitFor();
  await eve.page.keyboard.type('Second');
  assert.equal(await dialog.getByLabel(units.module_title).nth(1).inputValue(), 'Second');
  await dialog.getByRole('button', { name: units.module_remove.replace('{n}', '2') }).click();
  await eve.focused('#add-module');
  await eve.leave();
});
