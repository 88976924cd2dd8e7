/** Chromium, by Playwright, as the other tests have it. */

import { Visitor, launch } from '../browser.js';

export class Chromium {
  #browser;

  static async start() {
    const chromium = new Chromium();
    chromium.#browser = await launch();
    return chromium;
  }

  /** A tab with a cookie jar of its own. @param {{ width: number, height: number }} viewport @param {string} origin of the pages */
  async tab(viewport, origin) {
    return new Tab(await Visitor.arrive(this.#browser, origin, { viewport }));
  }

  stop() {
    return this.#browser.close();
  }
}

class Tab {
  #visitor;

  constructor(visitor) {
    this.#visitor = visitor;
  }

  async open(url) {
    await this.#visitor.page.goto(url, { waitUntil: 'domcontentloaded' });
  }

  /** Runs a function in the page. What it takes and gives is JSON. */
  run(work, ...given) {
    return this.#visitor.page.evaluate(`(${work})(...${JSON.stringify(given)})`);
  }

  /** Presses what is at these coordinates of the window, as a person does. */
  press({ x, y }) {
    return this.#visitor.page.mouse.click(x, y);
  }

  /** Types into what has the focus. */
  type(text) {
    return this.#visitor.page.keyboard.type(text);
  }

  /** Closes it, with its cookies. @returns what went wrong in it */
  async close() {
    await this.#visitor.context.close();
    return this.#visitor.faults;
  }
}
