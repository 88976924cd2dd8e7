/** Chromium, and what every test asks of every page: nothing broken, nothing fetched from elsewhere. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1280, height: 860 };

/** A running browser. Playwright gives it a folder of its own, and removes that again. */
export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: QUIET });

/** Waits until what is seen is what is expected: a page shows a little later what became of a press. */
export async function becomes(look, expected) {
  const is = expected instanceof RegExp ? assert.match : assert.equal;
  for (const end = Date.now() + 10_000; ; ) {
    const seen = await look();
    try {
      return is(seen, expected);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Somebody's browser: a cookie jar of its own, and one page whose faults are written down. */
export class Visitor {
  constructor(context, page, origin) {
    this.context = context;
    this.page = page;
    this.origin = origin;
    this.faults = [];
    this.requests = [];
  }

  static async arrive(browser, origin, options = {}) {
    const context = await browser.newContext({ baseURL: origin, viewport: PHONE, locale: 'en-GB', ...options });
    context.setDefaultTimeout(10_000);
    const visitor = new Visitor(context, await context.newPage(), origin);
    visitor.watch();
    return visitor;
  }

  watch() {
    this.page.on('pageerror', (error) => this.faults.push(`error: ${error.message}`));
    this.page.on('dialog', async (dialog) => {
      this.faults.push(`dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    this.page.on('console', (message) => {
      // A refused call is part of what the API says; everything else in the console is a fault.
      const refused = /^Failed to load resource: (the server responded with a status of (401|404|409|410|422|429)|net::)/;
      if (['error', 'warning'].includes(message.type()) && !refused.test(message.text())) this.faults.push(message.text());
    });
    this.page.on('request', (request) => {
      this.requests.push(`${request.method()} ${new URL(request.url()).pathname}`);
      if (new URL(request.url()).origin !== this.origin) this.faults.push(`request to ${request.url()}`);
      if (request.headers().referer) this.faults.push(`referrer sent to ${request.url()}`);
    });
  }

  /** How often something was asked for. */
  asked(request) {
    return this.requests.filter((one) => one === request).length;
  }

  heading(name) {
    return this.page.getByRole('heading', { name, level: 1 }).waitFor();
  }

  press(name) {
    return this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Waits until something has the focus: the page may give it a frame later than it shows what comes next. */
  focused(selector, hasText) {
    return this.page.locator(`${selector}:focus`, { hasText }).waitFor();
  }

  async fill(fields) {
    for (const [label, value] of Object.entries(fields)) await this.page.getByLabel(label).fill(value);
  }

  /** Sees that everybody can use the page as it is, in light and dark, down to 320 pixels. */
  async checkPage() {
    for (const colorScheme of ['light', 'dark']) {
      await this.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // Not as an element: the page's policy lets none in.
      const session = await this.context.newCDPSession(this.page);
      await session.send('Runtime.evaluate', { expression: AXE });
      await session.detach();
      const found = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
      const said = found.violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map((n) => n.html).join(' ')}`);
      assert.deepEqual(said, []);
    }
    await this.page.emulateMedia({ colorScheme: 'light' });
    const size = this.page.viewportSize() ?? PHONE;
    await this.resize({ width: 320, height: 640 });
    const over = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `scrolls sideways by ${over} pixels at 320`);
    await this.resize(size);
  }

  /** Another size of the window, once the page is laid out for it: its scripts hear of it a moment after its style sheets. */
  async resize(size) {
    await this.page.setViewportSize(size);
    await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))));
  }

  async leave() {
    await this.context.close();
    assert.deepEqual(this.faults, []);
  }
}
