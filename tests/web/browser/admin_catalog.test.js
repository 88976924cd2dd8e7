import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { DESK, Visitor, becomes, launch } from './browser.js';
import { System } from './system.js';
import { together } from './together.js';

const HOSTILE = '"><img src=x onerror=alert(1)>';

let system, browser, eve;
before(async () => ([system, browser] = await together(System.start(), launch())));
after(async () => {
  await browser?.close();
  await system?.stop();
});
beforeEach(async () => {
  eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(eve, '/admin/catalog');
  await eve.heading('Catalog');
});
afterEach(() => eve.leave());

const row = (name) => eve.page.getByRole('row').filter({ hasText: name });
const tab = (name) => eve.page.getByRole('button', { name: new RegExp(`^${name} `) }).click();
const dialog = () => eve.page.getByRole('dialog');
const menu = async (name, item) => {
  await eve.page.getByRole('button', { name: `Actions for ${name}` }).click();
  await eve.page.getByRole('button', { name: item, exact: true }).click();
};
const said = (text) => eve.page.locator('.toast').getByText(text, { exact: true }).waitFor();
const catalog = () => system.call('GET', '/v1/catalog');

test('a module whose answer was lost is one module, after a reload too', async () => {
  await tab('Modules');
  await eve.press('New module');
  await eve.fill({ Title: 'Unheard', 'Web address': 'https://training.example/unheard' });
  await eve.page.route('**/v1/modules/*', async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await dialog().getByRole('button', { name: 'Save' }).click();
  await dialog().getByRole('alert').waitFor();
  await eve.page.reload();
  await eve.press('New module');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await dialog().waitFor({ state: 'detached' });
  const made = (await catalog()).modules.filter(({ title }) => title === 'Unheard');
  assert.equal(made.length, 1);
  await system.call('DELETE', `/v1/modules/${made[0].id}`);
});

test('a module and a group that gives it are made, edited, and that is taken back', async () => {
  await tab('Modules');
  await eve.press('New module');
  await eve.fill({ Title: 'Crane signals', 'Web address': 'http://training.example/crane' });
  await dialog().getByRole('button', { name: 'Save' }).click();
  await dialog().getByText('that starts with https://').waitFor();
  await eve.focused('#module-url');
  await eve.checkPage();
  await eve.fill({ 'Web address': 'https://training.example/crane' });
  await dialog().getByRole('button', { name: 'Save' }).dblclick();
  await said('Crane signals saved.');
  const [module] = (await catalog()).modules.filter(({ title }) => title === 'Crane signals');
  assert.equal(eve.asked(`PUT /v1/modules/${module.id}`), 1);
  await row('Crane signals').getByText('Not used').waitFor();
  await eve.page.getByText('“Crane signals” isn’t in any group, site or region').waitFor();
  await eve.checkPage();

  await tab('Groups');
  await eve.page.getByText('No groups yet').waitFor();
  await eve.press('New group');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await dialog().getByText('Enter a name').waitFor();
  await eve.fill({ Name: 'Riggers' });
  await dialog().getByLabel('Crane signals').check();
  await eve.checkPage();
  await dialog().getByRole('button', { name: 'Save' }).click();
  await said('Riggers saved.');
  await row('Riggers').getByText('Crane signals').waitFor();

  await menu('Riggers', 'Edit');
  await eve.fill({ Name: 'Riggers and slingers' });
  await dialog().getByLabel('Crane signals').uncheck();
  await dialog().getByRole('button', { name: 'Save' }).click();
  await row('Riggers and slingers').getByText('No modules').waitFor();
  await eve.page.getByText('“Riggers and slingers” has no training modules').waitFor();
  await eve.page.locator('.toast').filter({ hasText: 'slingers' }).getByRole('button', { name: 'Undo' }).click();
  await said('Undone.');
  assert.deepEqual((await catalog()).groups.map(({ name, modules }) => [name, modules]), [['Riggers', [module.id]]]);
  await eve.page.getByLabel('Search').fill('crane');
  await eve.page.reload();
  await row('Riggers').waitFor();
  await becomes(() => eve.page.getByLabel('Search').inputValue(), 'crane');
});

test('what is deleted is put back as it was, and the focus stays on the page', async () => {
  await tab('Sites');
  const was = (await catalog()).sites;
  await menu('North yard', 'Delete');
  await dialog().getByText('Members lose the training they get only from it').waitFor();
  await dialog().getByText('No access link assigns it, and it has no members.').waitFor();
  await eve.checkPage();
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await said('North yard deleted.');
  assert.deepEqual((await catalog()).sites, []);
  await eve.focused('h1');
  await eve.press('Undo');
  await row('North yard').waitFor();
  assert.deepEqual((await catalog()).sites, was);

  await tab('Modules');
  await menu('Hot work safety', 'Delete');
  await dialog().getByText('It is in 1 group, site or region: North yard.').waitFor();
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await said('Hot work safety deleted.');
  await tab('Sites');
  await row('North yard').getByText('No modules').waitFor();
  await eve.page.locator('.toast').filter({ hasText: 'Hot work' }).getByRole('button', { name: 'Undo' }).click();
  await row('North yard').getByText('Hot work safety').waitFor();
});

test('what could not be sent stays typed, over a reload too; hostile names are text', async () => {
  await tab('Regions');
  await eve.press('New region');
  await eve.fill({ Name: HOSTILE });
  await eve.context.setOffline(true);
  await dialog().getByRole('button', { name: 'Save' }).click();
  await dialog().getByText('No connection').waitFor();
  await becomes(() => dialog().getByLabel('Name').inputValue(), HOSTILE);
  await eve.context.setOffline(false);
  await eve.page.reload();
  await eve.press('New region');
  await dialog().getByText('Your unsaved changes were restored.').waitFor();
  await dialog().getByRole('button', { name: 'Start over' }).click();
  await becomes(() => dialog().getByLabel('Name').inputValue(), '');
  await eve.fill({ Name: HOSTILE });
  await dialog().getByRole('button', { name: 'Save' }).click();
  await row(HOSTILE).waitFor();
  await menu(HOSTILE, 'Delete');
  await dialog().getByText(`Delete ${HOSTILE}?`).waitFor();
  await eve.page.keyboard.press('Escape');
  const id = crypto.randomUUID();
  await system.call('PUT', `/v1/modules/${id}`, { title: HOSTILE, url: 'https://training.example/x' });
  await eve.page.goto('/admin/catalog?kind=module');
  await row(HOSTILE).waitFor();
  await eve.resize({ width: 390, height: 844 });
  await eve.checkPage();
  await system.call('DELETE', `/v1/modules/${id}`);
});

test('many modules are chosen by a search; one that was deleted in another window is left out', async () => {
  const ids = Array.from({ length: 9 }, () => crypto.randomUUID());
  for (const [n, id] of ids.entries()) await system.call('PUT', `/v1/modules/${id}`, { title: `Part ${n}`, url: `https://training.example/${n}` });
  await eve.page.goto('/admin/catalog?kind=site');
  await menu('North yard', 'Edit');
  await dialog().getByLabel('Search: Training modules').fill('part 7');
  await becomes(() => dialog().getByRole('checkbox').count(), 1);
  await dialog().getByLabel('Part 7').check();
  await system.call('DELETE', `/v1/modules/${ids[7]}`);
  await dialog().getByRole('button', { name: 'Save' }).click();
  await dialog().getByText('If one was deleted, reload the page').waitFor();
  await eve.checkPage();
  await dialog().getByLabel('Part 7').uncheck();
  await dialog().getByRole('button', { name: 'Save' }).click();
  await said('North yard saved.');
});

test('modules that were created for a group which was then refused are named, and can be deleted', async () => {
  const titled = async (title) => (await catalog()).modules.filter((module) => module.title === title).length;
  for (const [title, reload] of [['Stays 1', false], ['Stays 2', true]]) {
    await eve.press('New group');
    await dialog().getByLabel('Name', { exact: true }).fill('Refused');
    await dialog().getByRole('button', { name: 'Add a new module' }).click();
    await eve.fill({ 'Module title': title, 'Module address': 'https://training.example/stays' });
    await eve.page.route('**/v1/units/*', (route) => route.abort(), { times: 1 });
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText('1 module was created. It stays in the catalog if you cancel.').waitFor();
    await eve.checkPage();
    assert.equal(await titled(title), 1);
    if (reload) {
      await eve.page.reload();
      await eve.press('New group');
    }
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await said('1 module was created, and no unit assigns it.');
    await eve.page.locator('.toast').getByRole('button', { name: 'Delete' }).click();
    await said('Undone.');
    assert.equal(await titled(title), 0);
    await eve.page.reload();
  }
});
