/** Somebody at a browser, whichever it is: they see words, fill in fields and press buttons. */

import assert from 'node:assert/strict';

const PATIENCE_MS = 30_000;

/** What an engine's tab can do. @typedef {{ open: Function, run: Function, press: Function, type: Function, close: () => Promise<string[]> }} Tab */

/** Runs in the page: where the middle of something is that can be pressed; nothing while it is not there, or something lies on it. */
function middleOf({ name, selector }) {
  const plain = (text) => (text ?? '').trim().replace(/\s+/g, ' ');
  const nameOf = (element) => element.getAttribute('aria-label') ?? plain(element.textContent);
  const seen = (element) => element.checkVisibility();
  const all = [...document.querySelectorAll(selector ?? 'button, a, label, summary')].filter(seen);
  const found = name === undefined ? all[0] : (all.find((element) => nameOf(element) === name) ?? all.find((element) => plain(element.textContent).startsWith(name)));
  if (!found) return null;
  found.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { left, top, width, height } = found.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const there = document.elementFromPoint(x, y);
  return there && (found.contains(there) || there.contains(found)) ? { x, y } : null;
}

export class Person {
  /** @param {Tab} tab @param {string} origin */
  constructor(tab, origin) {
    this.tab = tab;
    this.origin = origin;
    /** @type {string[]} */
    this.faults = [];
  }

  /** @param {string} address a path, or a whole one, as it stands in a mail */
  open(address) {
    return this.tab.open(new URL(address, this.origin).href);
  }

  /** Waits until a look at the page gives something. */
  async until(what, look) {
    for (const end = Date.now() + PATIENCE_MS; ; ) {
      // While another page comes, a look may find none.
      const found = await look().catch((error) => (Date.now() > end ? Promise.reject(error) : null));
      if (found) return found;
      if (Date.now() > end) assert.fail(`${what}; there is: ${await this.tab.run(() => `${location.pathname}: ${document.body.innerText.slice(0, 600)}`)}`);
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  /** Waits for a text. */
  sees(text) {
    return this.until(`no "${text}"`, () => this.tab.run((text) => document.body.innerText.replace(/\s+/g, ' ').includes(text), text));
  }

  /** Waits for a page by its heading. */
  heading(text) {
    return this.until(`no heading "${text}"`, () => this.tab.run((text) => document.querySelector('h1')?.textContent?.trim() === text, text));
  }

  /** Waits for a page by its path. */
  at(path) {
    return this.until(`not at ${path}`, () => this.tab.run((path) => location.pathname === path, path));
  }

  /** Presses a button, a link or a label by its name. */
  async press(name) {
    await this.tab.press(await this.until(`no button "${name}"`, () => this.tab.run(middleOf, { name })));
  }

  /** Fills in an empty field. */
  async fill(selector, text) {
    await this.tab.press(await this.until(`no field ${selector}`, () => this.tab.run(middleOf, { selector })));
    await this.until(`${selector} has no focus`, () => this.tab.run((selector) => document.activeElement?.matches(selector), selector));
    await this.tab.type(text);
    await this.until(`"${text}" is not in ${selector}`, () => this.tab.run((selector, text) => document.querySelector(selector)?.value === text, selector, text));
  }

  /** Goes; `faults` then has what went wrong in the browser meanwhile. */
  async leave() {
    this.faults = await this.tab.close();
  }
}
