/** An organization's logo: chosen by an admin, and on the pages of its workers, on light and on dark. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { DESK, PHONE, Visitor, becomes, launch } from './browser.js';
import { System, WEB } from './system.js';
import { together } from './together.js';
import page from '../../../web/locales/admin/en/link.js';
import poster from '../../../web/locales/admin/en/poster.js';

const SAMPLES = join(WEB, '../shared/src/domain/picture/samples');
const LOGO = join(SAMPLES, 'logo.png');
const PHOTO = join(SAMPLES, 'exif.jpg');

let system, browser;
before(async () => ([system, browser] = await together(System.start(), launch())));
after(async () => {
  await browser?.close();
  await system?.stop();
});

const settings = () => system.call('GET', '/v1/organization');
const put = (file) => system.call('PUT', '/v1/organization/logo', { picture: readFileSync(file).toString('base64') });
const bytesAt = async (url) => Buffer.from(await (await fetch(url)).arrayBuffer());

async function atSettings() {
  const eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(eve);
  await eve.page.goto('/admin/settings');
  await eve.heading('Settings');
  const choose = (file) => eve.page.locator('input[type=file]').setInputFiles(file);
  const said = (text) => eve.page.locator('.toast').getByText(text, { exact: true }).last().waitFor();
  const samples = (kind) => eve.page.locator(`.accent-sample ${kind}.logo`);
  return { eve, choose, said, samples };
}

/** Whether a picture in a page has come, how large it is shown, and on what. */
const shown = (at) =>
  at.locator('img.logo').evaluate((image) => {
    const { width, height } = image.getBoundingClientRect();
    const { backgroundColor } = getComputedStyle(image);
    return { came: image.complete && image.naturalWidth > 0, width: Math.round(width), height: Math.round(height), on: backgroundColor, alt: image.alt };
  });

test('a logo is looked at before it is saved, put back after another, and removed', async () => {
  const { eve, choose, said, samples } = await atSettings();
  await choose(LOGO);
  await samples('canvas').nth(1).waitFor();
  assert.equal(await samples('canvas').count(), 2);
  await eve.checkPage();
  await eve.press('Cancel');
  await samples('canvas').first().waitFor({ state: 'detached' });
  assert.equal((await settings()).logo, null);

  await choose(LOGO);
  await eve.press('Save logo');
  await said('Logo saved.');
  await samples('img').nth(1).waitFor();
  const { logo } = await settings();
  assert.deepEqual([logo.width, logo.height], [240, 80]);
  await eve.checkPage();

  await choose(PHOTO);
  await eve.press('Save logo');
  await becomes(async () => (await settings()).logo.width, 48);
  assert.doesNotMatch((await bytesAt((await settings()).logo.url)).toString('latin1'), /Exif|taken at home/);
  await eve.page.locator('.toast').filter({ hasText: 'Logo saved.' }).getByRole('button', { name: 'Undo' }).last().click();
  await said('Undone.');
  await becomes(async () => (await settings()).logo.width, 240);

  await eve.press('Remove logo');
  await said('Logo removed.');
  assert.equal((await settings()).logo, null);
  assert.equal(await samples('img').count(), 0);
  await eve.leave();
});

test('what is typed beside it stays, and is saved after the logo', async () => {
  const { eve, choose, said } = await atSettings();
  await eve.fill({ 'Support contact': 'help@demo.example' });
  await choose(LOGO);
  await eve.press('Save logo');
  await said('Logo saved.');
  assert.equal(await eve.page.getByLabel('Support contact').inputValue(), 'help@demo.example');
  await eve.press('Save');
  await said('Saved.');
  const { logo, support_contact } = await settings();
  assert.deepEqual([logo?.width, support_contact], [240, 'help@demo.example']);
  await eve.leave();
});

test('a large photo is made small enough, and what is no picture is refused in words', async () => {
  const { eve, choose, said } = await atSettings();
  // A photo of noise, which no format makes small.
  const photo = await eve.page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1200 });
    const context = canvas.getContext('2d');
    const pixels = context.createImageData(2400, 1200);
    for (let at = 0; at < pixels.data.length; at += 1) pixels.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
    context.putImageData(pixels, 0, 0);
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.8));
    return Array.from(new Uint8Array(await blob.arrayBuffer()));
  });
  assert.ok(photo.length > 1_000_000, `${photo.length} bytes`);
  await choose({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(photo) });
  await eve.press('Save logo');
  await said('Logo saved.');
  const { logo } = await settings();
  assert.ok(logo.width >= 80 && Math.abs(logo.width - 2 * logo.height) <= 2, JSON.stringify(logo));
  assert.ok((await bytesAt(logo.url)).length <= 24 * 1024);

  await choose({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') });
  await eve.page.getByText('This file can’t be used. Choose a PNG or JPEG picture.', { exact: true }).waitFor();
  await eve.checkPage();
  assert.deepEqual((await settings()).logo, logo);
  await eve.leave();
});

test('a white logo is told to be hard to see', async () => {
  const { eve, choose } = await atSettings();
  const white = await eve.page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 200, height: 60 });
    Object.assign(canvas.getContext('2d'), { fillStyle: 'white' }).fillRect(20, 20, 100, 20);
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
    return Array.from(new Uint8Array(await blob.arrayBuffer()));
  });
  await choose({ name: 'white.png', mimeType: 'image/png', buffer: Buffer.from(white) });
  await eve.page.getByText('This logo is hard to see on white.').waitFor();
  await choose(LOGO);
  await eve.page.getByText('This logo is hard to see on white.').waitFor({ state: 'detached' });
  await eve.leave();
});

for (const [device, viewport] of [['phone', PHONE], ['desk', DESK]]) {
  test(`the pages of workers show the logo on a ${device}, on white where they are dark, and the sign-in remembers it`, async () => {
    await put(LOGO);
    const link = await system.link();
    const ana = await Visitor.arrive(browser, system.origin, { viewport });
    const sees = async () => {
      for (const [colorScheme, on] of [['light', 'rgba(0, 0, 0, 0)'], ['dark', 'rgb(255, 255, 255)']]) {
        await ana.page.emulateMedia({ colorScheme });
        const looks = { came: true, width: 120, height: 40, on, alt: '' };
        await becomes(async () => JSON.stringify(await shown(ana.page)), JSON.stringify(looks));
      }
      await ana.checkPage();
    };
    await ana.page.goto(new URL(link.url).pathname);
    await ana.page.getByRole('button', { name: 'Join', exact: true }).waitFor();
    await sees();
    const off = await system.link();
    await system.call('PATCH', `/v1/links/${off.id}`, { version: off.version, state: 'inactive' });
    await ana.page.goto(new URL(off.url).pathname);
    await ana.heading('This link is turned off');
    await sees();
    const email = `ana-${device}@example.com`;
    await system.register(link, 'Ana Welder', email);
    const [mail] = await system.logins(email, 1);
    assert.ok(mail.html.includes(`<img src="${(await settings()).logo.url}" alt="" width="120" height="40"`), mail.html);
    await ana.page.goto(await system.loginLink(email));
    await ana.page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await sees();
    await ana.press('Sign in');
    await ana.heading('Hello Ana Welder');
    await sees();
    await ana.leave();
  });
}

test('nothing moves when a logo comes late, and nothing is left where none can be had', async () => {
  await put(LOGO);
  const link = await system.link();
  const ana = await Visitor.arrive(browser, system.origin);
  let held;
  const asked = new Promise((done) => {
    void ana.page.route('**/v1/logos/*', (route) => {
      held = route;
      done();
    });
  });
  await ana.page.goto(new URL(link.url).pathname, { waitUntil: 'commit' });
  // The page can be used before the logo is there.
  await ana.page.getByRole('button', { name: 'Join', exact: true }).waitFor();
  await asked;
  const place = async () => (await ana.page.locator('h1').boundingBox()).y;
  const before = await place();
  await held.continue();
  await becomes(async () => (await shown(ana.page)).came, true);
  assert.equal(await place(), before);
  // What somebody else put there is no logo.
  for (const url of ['https://elsewhere.example/v1/logos/x', `${system.origin}/v1/me`, 7]) {
    await ana.page.evaluate((url) => localStorage.setItem('look', JSON.stringify({ accent: null, logo: { url, width: 240, height: 80 } })), url);
    await ana.page.goto('/sign-in');
    await ana.page.getByRole('button').first().waitFor();
    assert.equal(await ana.page.locator('img').count(), 0);
  }
  await system.call('DELETE', '/v1/organization/logo');
  await ana.page.goto(new URL(link.url).pathname);
  await ana.page.getByRole('button', { name: 'Join', exact: true }).waitFor();
  assert.equal(await ana.page.locator('img').count(), 0);
  await ana.leave();
});

/** How many of the PDF's pixels are of the logo's blue. */
function blueIn(pdf) {
  const from = pdf.indexOf('/DeviceRGB');
  assert.ok(from > 0, 'the PDF is in colour');
  const begin = pdf.indexOf('stream\n', from) + 'stream\n'.length;
  const pixels = inflateSync(pdf.subarray(begin));
  let blue = 0;
  for (let at = 0; at < pixels.length; at += 3) if (pixels[at] === 11 && pixels[at + 1] === 79 && pixels[at + 2] === 158) blue += 1;
  return blue;
}

test('a poster has the logo, on the page, in the drawing and in the PDF', async () => {
  await put(LOGO);
  const link = await system.link({ name: 'Blue yard' });
  const eve = await Visitor.arrive(browser, system.origin, { viewport: DESK });
  await system.enter(eve);
  await eve.page.goto(`/v1/links/${link.id}/poster`);
  const image = eve.page.locator('svg image');
  assert.match(await image.getAttribute('href'), /^data:image\/png;base64,/);
  await eve.page.goto(`/admin/links/${link.id}`);
  await eve.press(page.show_poster);
  const file = eve.page.waitForEvent('download');
  await eve.page.getByRole('dialog').getByRole('button', { name: poster.pdf }).click();
  const pdf = readFileSync(await (await file).path());
  const blue = blueIn(pdf);
  // 16 mm at 300 dots an inch are 189 pixels; the sign is a good part of a square of them.
  assert.ok(blue > 12_000 && blue < 40_000, `${blue} pixels`);
  await eve.leave();
});
