/** WebKit, by WebDriver: Debian's `webkit2gtk-driver`, on a display of its own. */

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const DRIVER = process.env.WEBKIT_DRIVER ?? '/usr/bin/WebKitWebDriver';

/** Without a sandbox, which root has none of, and without a graphics card. */
const QUIET = {
  WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  WEBKIT_DISABLE_DMABUF_RENDERER: '1',
};

/** How long a command may take. */
const PATIENCE_MS = 60_000;
/** How long a look at a page may take: while another page comes, this driver sometimes never answers, and looking again helps. */
const LOOK_MS = 8_000;

/** A running driver of WebKit. */
export class WebKit {
  #display;
  #child;
  #origin;

  static async start() {
    const webkit = new WebKit();
    const port = await freePort();
    webkit.#display = await Display.start();
    webkit.#origin = `http://127.0.0.1:${port}`;
    const env = { ...process.env, ...QUIET, DISPLAY: webkit.#display.name };
    // The browsers that it starts end with its group.
    webkit.#child = spawn(DRIVER, [`--port=${port}`], { stdio: 'ignore', env, detached: true });
    await webkit.#ready();
    return webkit;
  }

  async #ready() {
    for (let tries = 0; tries < 200; tries += 1) {
      if (await this.send('GET', '/status').then(() => true, () => false)) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`${DRIVER} does not answer`);
  }

  /** Sends a command. @returns {Promise<any>} its result */
  async send(method, path, body, patience = PATIENCE_MS) {
    const answer = await fetch(this.#origin + path, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(patience) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }

  /** A window with a cookie jar of its own. */
  async tab({ width, height }) {
    const { sessionId } = await this.send('POST', '/session', { capabilities: { alwaysMatch: { pageLoadStrategy: 'normal' } } });
    const tab = new Tab(this, `/session/${sessionId}`);
    await this.send('POST', `/session/${sessionId}/window/rect`, { width, height });
    return tab;
  }

  async stop() {
    const ended = new Promise((done) => this.#child.once('exit', done));
    process.kill(-this.#child.pid);
    await ended;
    await this.#display.stop();
  }
}

class Tab {
  #webkit;
  #session;

  constructor(webkit, session) {
    this.#webkit = webkit;
    this.#session = session;
  }

  async open(url) {
    await this.#webkit.send('POST', `${this.#session}/url`, { url });
  }

  /** Runs a function in the page. What it takes and gives is JSON. */
  run(work, ...args) {
    return this.#webkit.send('POST', `${this.#session}/execute/sync`, { script: `return (${work})(...arguments);`, args }, LOOK_MS);
  }

  /**
   * Presses what is at these coordinates of the window. By script: this driver's own presses and keys never end. And once the script
   * is over: one that makes another page come is never answered.
   */
  press({ x, y }) {
    return this.run((x, y) => {
      const there = document.elementFromPoint(x, y);
      const pressed = there?.closest('a, button, label, input, summary') ?? there;
      if (pressed instanceof HTMLElement) {
        pressed.focus();
        setTimeout(() => pressed.click());
      }
    }, x, y);
  }

  /** Types into what has the focus. */
  type(text) {
    return this.run((text) => {
      const field = document.activeElement;
      field.value += text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }, text);
  }

  /** Closes it, with its cookies. @returns what went wrong in it: this driver tells nothing of that */
  async close() {
    await this.#webkit.send('DELETE', this.#session);
    return [];
  }
}

/** A display that nobody sees. */
class Display {
  #child;
  name;

  static async start() {
    const display = new Display();
    // It chooses a free number, writes it to its third file, and stays when its last window closes.
    const options = ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp', '-noreset'];
    display.#child = spawn('Xvfb', options, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    display.name = await new Promise((given, failed) => {
      display.#child.stdio[3].once('data', (number) => given(`:${String(number).trim()}`));
      display.#child.once('error', failed).once('exit', () => failed(new Error('Xvfb ended before it had a display')));
    });
    return display;
  }

  async stop() {
    const ended = new Promise((done) => this.#child.once('exit', done));
    this.#child.kill();
    await ended;
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}
