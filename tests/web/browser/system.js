/** The running system that the tests drive, and what an admin does in it by the API. */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
/** The folder of the pages. */
export const WEB = join(ROOT, 'web');
const PROGRAM = process.env.ACCESS_LINKS ?? join(ROOT, 'target/debug/access-links');
const MODULE = '9f1b4c52-6a2e-4f0c-8a55-0f3f1f0c7d01';
export const SITE = '3c6e0a7e-2a58-4c43-9d27-5b1b8f2a9e02';

const LOGIN_LINK = /https?:\/\/\S+\/sign-in\?t=[\w-]+/;
const LOGIN_CODE = /^\s*([0-9A-Z]{4}-[0-9A-Z]{4})\s*$/m;

/** All tests call from one address, which is no crew at the start of a shift. */
const SETTINGS = ['REQUESTS_PER_IP_MINUTE', 'REQUESTS_PER_IP_HOUR', 'SIGN_INS_PER_IP_MINUTE'].map((name) => `--set=${name}=100000`);

/** A system of its own on a fresh data folder. */
export class System {
  /** @param {import('node:child_process').ChildProcess} child @param {string} data @param {string} origin */
  constructor(child, data, origin) {
    this.child = child;
    this.data = data;
    this.origin = origin;
    this.admin = '';
    this.cookies = undefined;
  }

  /**
   * @param {{ demo?: boolean, empty?: boolean, web?: string }} [how] with the demo's organization, with a new one in which there is nothing
   * but its admin, or with one that has a site and a module; with the pages of `web`, or of another folder
   */
  static async start({ demo = false, empty = false, web } = {}) {
    const data = mkdtempSync(join(tmpdir(), 'access-links-'));
    const child = spawn(PROGRAM, ['--port=0', `--data-dir=${data}`, ...(demo ? ['--demo'] : []), ...(web ? [`--web=${web}`] : []), ...SETTINGS], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, RUST_LOG: 'error' },
    });
    // A test that fails before it can stop the system ends all the same, and the system with it.
    const stop = () => child.kill();
    process.once('exit', stop);
    child.once('exit', () => process.off('exit', stop));
    child.unref();
    const lines = createInterface({ input: child.stdout });
    let origin = '';
    for await (const line of lines) {
      const [, label, value] = /^([^:]+):\s+(.*)$/.exec(line) ?? [];
      if (label === 'Access links') origin = value;
      if (label === 'First admin') {
        child.stdout.unref();
        const system = new System(child, data, origin);
        await system.#signIn(new URL(value).searchParams.get('t'));
        if (!demo && !empty) await system.furnish();
        return system;
      }
    }
    throw new Error(`${PROGRAM} ended before it said where it listens`);
  }

  async #signIn(token) {
    const session = await this.#send('POST', '/v1/sessions', { token, session: 'bearer' });
    this.admin = session.session_token;
  }

  /** A module, and a site whose people get it. */
  async furnish() {
    await this.call('PUT', `/v1/modules/${MODULE}`, { title: 'Hot work safety', url: 'https://training.example/hot-work' });
    await this.call('PUT', `/v1/units/${SITE}`, { kind: 'site', name: 'North yard', modules: [MODULE] });
  }

  async #send(method, path, body) {
    const headers = { 'content-type': 'application/json', ...(this.admin && { authorization: `Bearer ${this.admin}` }) };
    const answer = await fetch(this.origin + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /** A call of the admin's. */
  call(method, path, body) {
    return this.#send(method, path, body);
  }

  /** Everything of a list, page by page. @param {string} path @param {string} rows under which the answer has them */
  async all(path, rows) {
    const every = [];
    for (let cursor = ''; ; ) {
      const answer = await this.call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=100${cursor}`);
      every.push(...answer[rows]);
      if (answer.next === null) return every;
      cursor = `&cursor=${encodeURIComponent(answer.next)}`;
    }
  }

  /** Has the people of a file brought in. @param {string} csv @param {'granted' | 'pending'} access @returns the job, once it is over */
  async bringIn(csv, access) {
    const headers = { 'content-type': 'text/csv', authorization: `Bearer ${this.admin}` };
    const answer = await fetch(`${this.origin}/v1/jobs/imports?access=${access}`, { method: 'POST', headers, body: csv });
    if (!answer.ok) throw new Error(`import: ${answer.status} ${await answer.text()}`);
    return this.over((await answer.json()).id);
  }

  /** A job, once it is over. @param {string} id */
  async over(id) {
    for (;;) {
      const job = await this.call('GET', `/v1/jobs/${id}`);
      if (!['queued', 'running'].includes(job.state)) return job;
      await new Promise((done) => setTimeout(done, 200));
    }
  }

  /** A new link; what is not said is open to all at once, into the site. */
  link(terms = {}) {
    return this.call('POST', '/v1/links', { name: 'Spring crew', admission: 'instant', allocation: { sites: [SITE] }, ...terms });
  }

  /** Registers somebody without a browser. */
  async register(link, name, email, answers) {
    const body = JSON.stringify({ name, email, ...(answers && { answers }) });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${this.origin}/v1/join/${link.code}`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`join: ${answer.status}`);
  }

  /** The members whom a search finds, once there are so many: the index is a moment behind. @param {string} q */
  async found(q, count = 1) {
    for (let tries = 0; tries < 200; tries += 1) {
      const members = await this.all(`/v1/members?q=${encodeURIComponent(q)}`, 'members');
      if (members.length >= count) return members;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`nobody is found by ${q}`);
  }

  /** All mails to somebody whose text has a pattern in it, once there are so many. */
  async mails(to, count = 1, pattern = /(?:)/) {
    for (let tries = 0; tries < 200; tries += 1) {
      const all = await (await fetch(`${this.origin}/dev/mail.json?to=${encodeURIComponent(to)}`)).json();
      const mails = all.filter(({ text }) => pattern.test(text));
      if (mails.length >= count) return mails;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`no mail to ${to}`);
  }

  /** All login mails to somebody, once there are so many. Admins get other mails meanwhile. */
  logins(to, count = 1) {
    return this.mails(to, count, LOGIN_LINK);
  }

  /** The address in the newest login mail to somebody, once there are so many. */
  async loginLink(to, count = 1) {
    const mails = await this.logins(to, count);
    return LOGIN_LINK.exec(mails.at(-1).text)[0];
  }

  /** The code of the newest mail to somebody, once there are so many. */
  async loginCode(to, count = 1) {
    const mails = await this.mails(to, count, LOGIN_CODE);
    return LOGIN_CODE.exec(mails.at(-1).text)[1];
  }

  /** Opens the dashboard in a browser as its first admin, who signs in once: only so many login mails go to one address. */
  async enter(visitor, path = '/admin') {
    if (this.cookies) {
      await visitor.context.addCookies(this.cookies);
      await visitor.page.goto(path);
      return;
    }
    const before = (await this.logins('admin@example.com')).length;
    await this.#send('POST', '/v1/login-links', { email: 'admin@example.com' });
    await visitor.page.goto(await this.loginLink('admin@example.com', before + 1));
    await visitor.press('Sign in');
    await visitor.heading('Overview');
    this.cookies = await visitor.context.cookies();
    if (path !== '/admin') await visitor.page.goto(path);
  }

  /** How many people somebody with the link's statistics sees. */
  stats(link) {
    return this.call('GET', `/v1/links/${link.id}/stats`);
  }

  async stop() {
    const ended = new Promise((done) => this.child.once('exit', done));
    this.child.kill();
    await ended;
    rmSync(this.data, { recursive: true });
  }
}
