import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
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
  await system.enter(eve);
});
afterEach(() => eve.leave());

const LONG = { timeout: 60_000 };
const row = (name) => eve.page.getByRole('row').filter({ hasText: name });
const inDialog = (name) => eve.page.getByRole('dialog').getByRole('button', { name, exact: true });
const choose = (text, name = 'people.csv') => eve.page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const waiting = async (link, ...people) => {
  for (const name of people) await system.register(link, name, `${name.toLowerCase().replace(/\W/g, '')}@example.com`);
};
/** Asks to grant access to all who are listed, however many they are. */
const grantAll = () => eve.page.getByRole('button', { name: /^Grant access to (all )?\d+( of \d+)?$/ }).click();
const granting = () => eve.page.getByRole('dialog').getByRole('button', { name: /^Grant access to \d+ (person|people)$/ });
const memberOf = async (q) => (await system.found(q))[0];

test('a bulk job grants access to everybody pending on a link, once, and one of them signs in', async () => {
  const link = await system.link({ name: HOSTILE, admission: 'approval' });
  await waiting(link, 'Ora One', 'Ora Two', 'Ora Three');
  await waiting(await system.link({ name: 'Others', admission: 'approval' }), 'Not Meant');
  await eve.page.goto('/admin/jobs');
  await eve.page.getByText('No bulk jobs yet').waitFor();
  await eve.checkPage();
  await eve.page.goto('/admin/members?access=pending');
  await eve.page.getByLabel('Source').selectOption(HOSTILE);
  await row('Ora Three').waitFor();
  await eve.page.getByRole('button', { name: 'Grant access to all 3' }).click();
  await eve.page.getByRole('dialog').getByText('Grant access to 3 people?').waitFor();
  await eve.page.getByRole('dialog').getByText('3 people will get access.').waitFor();
  await eve.page.getByRole('dialog').getByText('receives a sign-in email').waitFor();
  await eve.page.getByRole('dialog').getByText('Registered with').waitFor();
  await eve.checkPage();
  await inDialog('Grant access to 3 people').dblclick();
  await eve.heading('Grant access: awaiting access');
  await eve.page.getByText('3 people done').waitFor(LONG);
  await eve.page.getByText('Done', { exact: true }).waitFor(LONG);
  await row('Ora Two').getByText('Access granted').waitFor();
  await row('Ora Two').getByText('Sent', { exact: true }).waitFor();
  assert.equal(eve.asked('POST /v1/jobs/grants'), 1);
  await eve.checkPage();
  const [file] = await Promise.all([eve.page.waitForEvent('download'), eve.page.getByRole('button', { name: 'Download CSV' }).click()]);
  assert.match(await readFile(await file.path(), 'utf8'), /"Ora One","oraone@example\.com","granted"/);
  assert.equal((await memberOf('not meant')).access, 'pending');
  await eve.page.getByRole('link', { name: 'Back to Bulk jobs' }).click();
  await row('Grant access: awaiting access').getByText('Done', { exact: true }).waitFor();
  await row('Grant access: awaiting access').getByText(HOSTILE).waitFor();
  await eve.checkPage();
  const ora = await Visitor.arrive(browser, system.origin);
  await ora.page.goto(await system.loginLink('oratwo@example.com'));
  await ora.press('Sign in');
  await ora.heading('Hello Ora Two');
  await ora.leave();
});

test('a bulk job reaches those who will be in a unit once they have access', async () => {
  await waiting(await system.link({ name: 'Into the yard', admission: 'approval' }), 'Yara Yard');
  await waiting(await system.link({ name: 'Nowhere', admission: 'approval', allocation: {} }), 'Nora Nowhere');
  await eve.page.goto('/admin/members?access=pending');
  await eve.page.getByLabel('Unit').selectOption('Site: North yard');
  await row('Yara Yard').waitFor();
  await eve.checkPage();
  await grantAll();
  await granting().click();
  await eve.heading('Grant access: awaiting access');
  await eve.page.getByText('in North yard').waitFor();
  await row('Yara Yard').waitFor(LONG);
  await eve.page.getByText('Done', { exact: true }).waitFor(LONG);
  assert.equal((await memberOf('yara')).access, 'granted');
  assert.equal((await memberOf('nora')).access, 'pending');
});

test('a bulk job that did not start says so, and is started again', async () => {
  await waiting(await system.link({ name: 'Shaky', admission: 'approval' }), 'Lost First');
  await eve.page.goto('/admin/members?access=pending&q=');
  await row('Lost First').waitFor();
  await eve.page.route('**/v1/jobs/grants', (route) => route.abort());
  await grantAll();
  await granting().click();
  await eve.page.getByRole('dialog').getByText('No connection').waitFor();
  await eve.checkPage();
  await eve.page.unroute('**/v1/jobs/grants');
  await granting().click();
  await eve.heading('Grant access: awaiting access');
  await row('Lost First').waitFor(LONG);
});

test('a file is checked, corrected and imported, and a new member signs in from the email', async () => {
  await eve.page.goto('/admin/members');
  await eve.page.getByRole('link', { name: 'Import CSV' }).click();
  await eve.heading('Import CSV');
  await eve.checkPage();
  const [template] = await Promise.all([eve.page.waitForEvent('download'), eve.press('Download template')]);
  assert.match(await readFile(await template.path(), 'utf8'), /^\uFEFF"name","email","groups","sites","regions"/);
  await eve.press('Check file');
  await eve.page.getByRole('alert').getByText('Choose a file first.').waitFor();
  await choose('');
  await eve.page.getByRole('alert').getByText('The file is empty.').waitFor();
  await choose('PK\u0003\u0004 and so on', 'people.xlsx');
  await eve.page.getByRole('alert').getByText('This is a spreadsheet').waitFor();
  await choose(`name,email\n${'x'.repeat(1024 * 1024)}`);
  await eve.page.getByRole('alert').getByText('larger than 1 MB').waitFor();
  await eve.checkPage();
  await choose('who,where\nAna,ana@example.com\n');
  await eve.press('Check file');
  await eve.page.getByRole('alert').getByText('It’s not clear which column contains the email addresses').waitFor();
  await eve.focused('#columns');
  await eve.checkPage();
  await eve.page.getByLabel('who', { exact: true }).selectOption('Name');
  await eve.page.getByLabel('where', { exact: true }).selectOption('Email address');
  await eve.press('Check file');
  await eve.page.getByText('1 person in this file is new').waitFor(LONG);
  await choose(`name,email,sites\nFila New,fila@example.com,North yard\n"${HOSTILE.replace('"', '""')}",hostile@example.com,\nBad Line,no address,\nFar Off,far@example.com,Nowhere\n`);
  await eve.page.getByText('people.csv, 1 KB').waitFor();
  await eve.page.getByRole('button', { name: 'Check file' }).dblclick();
  await eve.page.getByText('File check: people.csv').waitFor();
  await eve.page.getByText('2 people in this file are new').waitFor(LONG);
  await eve.page.getByText('2 lines can’t be imported.').waitFor();
  await eve.page.getByText('1 person in this file is in no group, site or region with training.').waitFor();
  await row('Bad Line').getByText('Invalid').waitFor();
  await row('Far Off').getByText('sites “Nowhere”: Not in your catalog.').waitFor();
  await row('Bad Line').getByText('email “no address”: Enter a single email address').waitFor();
  await row('hostile@example.com').getByText('New', { exact: true }).waitFor();
  await eve.checkPage();
  assert.equal(eve.asked('POST /v1/jobs/imports'), 3);
  assert.deepEqual(await system.all('/v1/members?q=fila', 'members'), []);
  await eve.page.getByRole('button', { name: /^Skipped: unknown unit/ }).click();
  await becomes(() => eve.page.getByRole('row').count(), 2);
  await eve.page.route('**/v1/jobs/imports*', (route) => route.abort());
  await eve.press('Import 2 people');
  await eve.page.getByText('No connection').waitFor();
  await eve.page.unroute('**/v1/jobs/imports*');
  await eve.page.getByRole('button', { name: 'Import 2 people' }).dblclick();
  await eve.heading('Import with access');
  await eve.page.getByText('4 of 4 done').waitFor(LONG);
  await row('Fila New').getByText('New', { exact: true }).waitFor();
  await row(HOSTILE).getByText('New', { exact: true }).waitFor();
  await row('No member: see this line of the file').first().waitFor();
  await eve.checkPage();
  assert.equal((await memberOf('fila')).access, 'granted');
  const fila = await Visitor.arrive(browser, system.origin);
  await fila.page.goto(await system.loginLink('fila@example.com'));
  await fila.press('Sign in');
  await fila.heading('Hello Fila New');
  await fila.page.getByText('Hot work safety').waitFor();
  await fila.leave();
});

test('a dropped file adds people without access, and a file that changes nothing says so', async () => {
  await eve.page.goto('/admin/import');
  const drop = async (text) => {
    const data = await eve.page.evaluateHandle((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'dropped.csv'));
      return data;
    }, text);
    await eve.page.locator('.drop').dispatchEvent('drop', { dataTransfer: data });
    await eve.page.getByText('dropped.csv, 1 KB').waitFor();
  };
  await drop('email;name\ndora@example.com;Dora Dropped\n');
  await eve.page.getByLabel('Add without access').check();
  await eve.press('Check file');
  await eve.press('Import 1 person');
  await eve.heading('Import without access');
  await row('Dora Dropped').waitFor(LONG);
  assert.equal((await memberOf('dora')).access, 'pending');
  await eve.page.goBack();
  await eve.heading('Import CSV');
  await drop('email;name\ndora@example.com;Dora Dropped\n');
  await eve.page.getByLabel('Add without access').check();
  await eve.press('Check file');
  await eve.page.getByText('this file adds nobody and changes nothing').waitFor(LONG);
  await becomes(() => eve.page.getByRole('button', { name: /^Import \d/ }).count(), 0);
});

test('a running bulk job shows its progress and can be stopped', async () => {
  const job = (await system.call('POST', '/v1/jobs/grants', { filter: {} }));
  let state = { ...job, state: 'running', done: 3, total: 10, outcomes: { granted: 3 } };
  await eve.page.route(`**/v1/jobs/${job.id}`, (route) => route.fulfill({ json: state }));
  await eve.page.route(`**/v1/jobs/${job.id}/cancellation`, (route) => route.fulfill({ status: 202, json: (state = { ...state, cancelling: true }) }));
  await eve.page.goto(`/admin/jobs/${job.id}`);
  await eve.page.getByText('3 of 10 done').waitFor();
  state = { ...state, done: 7, outcomes: { granted: 7 } };
  await eve.page.getByText('7 of 10 done').waitFor();
  await eve.checkPage();
  await eve.press('Stop job');
  await eve.page.getByRole('dialog').getByText('What’s done stays done').waitFor();
  await eve.checkPage();
  await inDialog('Stop job').click();
  await eve.page.getByText('Stopping', { exact: true }).waitFor();
  state = { ...state, state: 'cancelled', cancelling: false };
  await eve.page.getByText('Stopped', { exact: true }).waitFor();
  await becomes(() => eve.page.getByRole('button', { name: 'Stop job' }).count(), 0);
  await eve.page.goto('/admin/jobs/01a204cf-2508-7b1a-b9bf-7daa6c374a11');
  await eve.page.getByText('We can’t find this.').waitFor();
});

test('a character that does not show is named in the language of the page, by its kind and its number', async () => {
  const uwe = await Visitor.arrive(browser, system.origin, { viewport: DESK, locale: 'de-DE' });
  await system.enter(uwe, '/admin/import');
  await uwe.heading('CSV importieren');
  const buffer = Buffer.from('name,email\nAn\u202ea,an@example.com\nB\u200bo,bo@example.com\nC\u0007y,cy@example.com\n');
  await uwe.page.locator('input[type="file"]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer });
  await uwe.press('Datei prüfen');
  const line = (n) => uwe.page.getByRole('row').filter({ has: uwe.page.getByRole('cell', { name: String(n), exact: true }) });
  await line(2).getByText('name „An⟨U+202E⟩a“: Enthält ein Zeichen, das die Schreibrichtung ändert (U+202E). Geben Sie den Text von Hand ein.').waitFor(LONG);
  await line(3).getByText('name „B⟨U+200B⟩o“: Enthält ein unsichtbares Zeichen (U+200B)').waitFor();
  await line(4).getByText('name „C⟨U+0007⟩y“: Enthält einen Tabulator, einen Zeilenumbruch oder Ähnliches (U+0007)').waitFor();
  await uwe.leave();
});
