/** Firefox, by WebDriver BiDi. */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';

const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

/** A running Firefox, with a profile of its own. */
export class Firefox {
  #child;
  #profile;
  #socket;
  #last = 0;
  #waiting = new Map();
  #tabs = new Map();

  static async start() {
    const firefox = new Firefox();
    firefox.#profile = mkdtempSync(join(tmpdir(), 'firefox-'));
    const options = ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', firefox.#profile];
    firefox.#child = spawn(FIREFOX, options, { stdio: ['ignore', 'ignore', 'pipe'] });
    await firefox.#connect(await listening(firefox.#child));
    return firefox;
  }

  async #connect(address) {
    this.#socket = new WebSocket(`${address}/session`);
    await new Promise((open, failed) => this.#socket.once('open', open).once('error', failed));
    this.#socket.on('message', (text) => this.#heard(JSON.parse(text)));
    await this.send('session.new', { capabilities: {} });
    await this.send('session.subscribe', { events: ['log.entryAdded'] });
  }

  #heard({ id, type, result, message, error, method, params }) {
    if (type === 'event') {
      if (method === 'log.entryAdded') this.#tabs.get(params.source.context)?.logged(params);
      return;
    }
    const { done, failed, command } = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (type === 'success') done(result);
    else failed(new Error(`${command}: ${error}: ${message}`));
  }

  /** Sends a command. @returns {Promise<any>} its result */
  send(command, params) {
    const id = ++this.#last;
    return new Promise((done, failed) => {
      this.#waiting.set(id, { done, failed, command });
      this.#socket.send(JSON.stringify({ id, method: command, params }));
    });
  }

  /** A tab with a cookie jar of its own. */
  async tab({ width, height }) {
    const { userContext } = await this.send('browser.createUserContext', {});
    const { context } = await this.send('browsingContext.create', { type: 'tab', userContext });
    await this.send('browsingContext.setViewport', { context, viewport: { width, height } });
    const tab = new Tab(this, context, userContext);
    this.#tabs.set(context, tab);
    return tab;
  }

  async stop() {
    const ended = new Promise((done) => this.#child.once('exit', done));
    await this.send('browser.close', {});
    await ended;
    this.#socket.close();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Where a Firefox that has just been started listens. */
async function listening(child) {
  for await (const line of createInterface({ input: child.stderr })) {
    const address = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
    if (address) return address;
  }
  throw new Error(`${FIREFOX} ended before it said where it listens`);
}

class Tab {
  #firefox;
  #context;
  #userContext;
  #faults = [];

  constructor(firefox, context, userContext) {
    this.#firefox = firefox;
    this.#context = context;
    this.#userContext = userContext;
  }

  logged({ type, level, text }) {
    // A refused call is part of what the API says.
    if (type === 'javascript' || level === 'error') this.#faults.push(text);
  }

  async open(url) {
    await this.#firefox.send('browsingContext.navigate', { context: this.#context, url, wait: 'interactive' });
  }

  /** Runs a function in the page. What it takes and gives is JSON. */
  async run(work, ...given) {
    const answer = await this.#firefox.send('script.evaluate', {
      expression: `JSON.stringify((${work})(...${JSON.stringify(given)})) ?? 'null'`,
      target: { context: this.#context },
      awaitPromise: false,
    });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    return JSON.parse(answer.result.value);
  }

  /** Presses what is at these coordinates of the window, as a person does. */
  async press({ x, y }) {
    const at = { x: Math.round(x), y: Math.round(y) };
    const actions = [{ type: 'pointerMove', ...at }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }];
    await this.#perform({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions });
  }

  /** Types into what has the focus. */
  async type(text) {
    await this.#perform({ type: 'key', id: 'keys', actions: [...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]) });
  }

  #perform(source) {
    return this.#firefox.send('input.performActions', { context: this.#context, actions: [source] });
  }

  /** Closes it, with its cookies. @returns what went wrong in it */
  async close() {
    await this.#firefox.send('browsingContext.close', { context: this.#context });
    await this.#firefox.send('browser.removeUserContext', { userContext: this.#userContext });
    return this.#faults;
  }
}
