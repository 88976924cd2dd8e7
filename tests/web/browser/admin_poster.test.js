/** The dialog in which a link is shared: its QR code and its poster. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { DESK, PHONE, Visitor, becomes, launch } from './browser.js';
import { System } from './system.js';
import { together } from './together.js';
import poster from '../../../web/locales/admin/en/poster.js';
import page from '../../../web/locales/admin/en/link.js';
import shell from '../../../web/locales/admin/en/shell.js';

let system, browser, eve;
before(async () => {
  [system, browser] = await together(System.start(), launch());
  eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(eve);
});
after(async () => {
  await eve?.leave();
  await browser?.close();
  await system?.stop();
});

const dialog = () => eve.page.getByRole('dialog');
const inName = (text, name) => text.replace('{name}', name);

async function share(link) {
  await eve.page.goto(`/admin/links/${link.id}`);
  await eve.press(page.show_poster);
  await dialog().getByRole('img', { name: inName(poster.qr_alt, link.name) }).waitFor();
}

/** What a button hands over to be kept. */
async function downloaded(button) {
  const [file] = await Promise.all([eve.page.waitForEvent('download'), dialog().getByRole('button', { name: button }).click()]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test('the QR code comes first, and can be kept as a picture and as a drawing', async () => {
  const link = await system.link({ name: 'Gate 3 / north' });
  await share(link);
  const images = dialog().getByRole('img');
  await becomes(() => images.evaluateAll((all) => all.map((one) => one.naturalWidth > 0).join()), 'true,true');
  assert.equal(await images.first().getAttribute('alt'), inName(poster.qr_alt, link.name));

  const png = await downloaded(poster.png);
  assert.equal(png.name, 'Gate-3-north.png');
  assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
  assert.deepEqual([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)], [1200, 1200]);

  const svg = await downloaded(poster.svg);
  assert.equal(svg.name, 'Gate-3-north.svg');
  assert.match(svg.bytes.toString(), /^<svg xmlns[^>]* viewBox="0 0 \d+ \d+"/);
  await eve.checkPage();
});

test('the poster names the training and says how to scan the code in the languages that were chosen', async () => {
  const link = await system.link({ name: 'Yard' });
  await share(link);
  await dialog().getByLabel(poster.main).selectOption('de');
  await dialog().getByRole('checkbox', { name: 'Polski' }).check();
  const drawing = await (await fetch(system.origin + (await dialog().getByRole('img').last().getAttribute('src')), { headers: { authorization: `Bearer ${system.admin}`, accept: 'image/svg+xml' } })).text();
  // A headline may stand on two lines.
  const lines = [...drawing.matchAll(/<text [^>]*>([^<]*)</g)].map(([, line]) => line).join(' ');
  for (const words of ['Hot work safety – scannen und teilnehmen', 'Standort: North yard', 'Zeskanuj ten kod']) assert.ok(lines.includes(words), lines);
  const href = await dialog().getByRole('link', { name: poster.print }).getAttribute('href');
  assert.equal(new URL(href, system.origin).searchParams.get('languages'), 'de,pl');
});

/** The object of a PDF with this number, by its table of where each begins. */
function objectOf(pdf, number) {
  const text = pdf.toString('latin1');
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  assert.ok(text.startsWith('xref', table));
  const begin = Number(text.slice(table).split('\n')[2 + number].slice(0, 10));
  assert.ok(text.startsWith(`${number} 0 obj\n`, begin), `object ${number} is at ${begin}`);
  return { text: text.slice(begin, text.indexOf('endobj', begin)), begin };
}

test('the poster is one page of PDF with everything drawn on it', async () => {
  const link = await system.link({ name: 'Yard' });
  await share(link);
  const pdf = await downloaded(poster.pdf);
  assert.equal(pdf.name, 'Yard.pdf');
  assert.match(objectOf(pdf.bytes, 3).text, /\/MediaBox \[0 0 595\.28 841\.89\]/);
  const { text, begin } = objectOf(pdf.bytes, 5);
  const [, width, height, length] = /\/Width (\d+) \/Height (\d+) .*\/Length (\d+) >>\nstream\n/.exec(text) ?? [];
  assert.deepEqual([width, height], ['2480', '3508']);
  const from = begin + text.indexOf('stream\n') + 'stream\n'.length;
  const pixels = inflateSync(pdf.bytes.subarray(from, from + Number(length)));
  assert.equal(pixels.length, 2480 * 3508);
  // The quiet edge is white; the QR code alone makes a good part of the sheet black.
  assert.ok(pixels.subarray(0, 2480 * 100).every((shade) => shade === 255));
  const dark = pixels.reduce((count, shade) => count + (shade < 64 ? 1 : 0), 0) / pixels.length;
  assert.ok(dark > 0.03 && dark < 0.4, `${dark} of the sheet is dark`);
});

test('the PDF of a poster with an accent colour is in colour', async () => {
  await system.call('PATCH', '/v1/organization', { accent_color: '#e4003a' });
  await share(await system.link({ name: 'Red yard' }));
  const { bytes } = await downloaded(poster.pdf);
  const { text, begin } = objectOf(bytes, 5);
  const length = Number(/\/ColorSpace \/DeviceRGB .*\/Length (\d+) >>\nstream\n/.exec(text)?.[1]);
  const from = begin + text.indexOf('stream\n') + 'stream\n'.length;
  const pixels = inflateSync(bytes.subarray(from, from + length));
  assert.equal(pixels.length, 3 * 2480 * 3508);
  assert.deepEqual([...pixels.subarray(3 * 2480 * 20 + 3 * 1240).subarray(0, 3)], [0xd9, 0x00, 0x37]);
  assert.ok(bytes.length < 500_000, `${bytes.length} bytes`);
  await system.call('PATCH', '/v1/organization', { accent_color: null });
});

test('on a phone the link is passed on with the phone’s own way to share', async () => {
  const link = await system.link({ name: 'Van' });
  const bo = await Visitor.arrive(browser, system.origin, { viewport: PHONE });
  await bo.context.addCookies(system.cookies);
  await bo.page.addInitScript(() => {
    globalThis.shared = [];
    navigator.share = async (what) => void globalThis.shared.push(what);
  });
  await bo.page.goto(`/admin/links/${link.id}`);
  await bo.press(page.show_poster);
  await bo.page.getByRole('dialog').getByRole('button', { name: poster.share }).click();
  const shared = await bo.page.evaluate(() => globalThis.shared);
  assert.equal(shared.length, 1);
  assert.equal(shared[0].url, link.url);
  assert.ok(!JSON.stringify(shared).includes('Van'), 'the name that only admins see stays with them');
  await bo.checkPage();
  await bo.leave();
});

test('what can\'t be made without a connection says that there is none', async () => {
  const link = await system.link({ name: 'No line' });
  const offline = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(offline, `/admin/links/${link.id}`);
  await offline.heading('No line');
  await offline.page.route('**/poster*', (route) => route.abort());
  await offline.press(page.show_poster);
  for (const [at, button] of [poster.png, poster.svg, poster.pdf].entries()) {
    await offline.page.getByRole('dialog').getByRole('button', { name: button }).click();
    await becomes(() => offline.page.locator('.toast').getByText(shell.not_reached, { exact: true }).count(), at + 1);
  }
  await offline.leave();
});
