/** The one place that calls the API. Named calls are in `calls/`. */

import { meetOther, shownMember } from './lib/shown.js';

/** How long an answer may take before it counts as a lost connection. */
const PATIENCE_MS = 20_000;

/** Why a call did not give what it was made for. */
export class Problem extends Error {
  /**
   * @param {string} code the API's own, or `no_connection`: it is not known whether the call arrived
   * @param {Record<string, string>} [fields] which fields are not right
   * @param {{ organization: string, support_contact: string | null, accent: import('./calls/organization.js').Accent | null, logo: import('./calls/organization.js').Logo | null }} [ask] whom to ask about a link that takes nobody, and how the page looks
   * @param {any} [all] what else the API says, as of a file that it does not take
   */
  constructor(code, fields = {}, ask = undefined, all = {}) {
    super(code);
    this.code = code;
    this.fields = fields;
    this.ask = ask;
    this.all = all;
  }
}

/** Whether the connection is why a call failed. @param {unknown} problem */
export const isConnection = (problem) => problem instanceof Problem && problem.code === 'no_connection';

/** @typedef {import('./lib/shown.js').Method} Method */

/**
 * @typedef {object} More what a call may need beside its body
 * @property {string} [key] an idempotency key, so that what is sent again is done once
 * @property {boolean} [anyone] whether it is made in the name of whoever is signed in, not of the member that the page shows
 */

/**
 * @param {Method} method
 * @param {string} path
 * @param {object} [body]
 * @param {More} [more]
 * @returns {Promise<any>} what was answered; nothing where the answer is empty
 * @throws {Problem}
 */
export async function call(method, path, body, { key, anyone = false } = {}) {
  const sent = body === undefined ? null : JSON.stringify(body);
  const headers = { ...(body && { 'content-type': 'application/json' }), ...(key && { 'idempotency-key': key }) };
  const [answer, text] = await exchange(method, path, headers, sent, anyone);
  return contentOf(method, answer, text);
}

/**
 * Deletes something. What is gone already is as good: it was deleted before, and the answer was lost.
 * @param {string} path
 * @returns {Promise<void>}
 * @throws {Problem}
 */
export async function remove(path) {
  try {
    await call('DELETE', path);
  } catch (error) {
    const gone = error instanceof Problem && (error.code === 'not_found' || error.code === 'link_not_found');
    if (!gone) throw error;
  }
}

/**
 * Sends a file as it is.
 * @param {string} path
 * @param {Blob} file
 * @param {string} type
 * @param {More} [more]
 * @returns {Promise<any>}
 * @throws {Problem}
 */
export async function sendFile(path, file, type, { key } = {}) {
  // As bytes: the type of a Blob would be what the reader's system takes the file for.
  const bytes = await file.arrayBuffer();
  const [answer, text] = await exchange('POST', path, { 'content-type': type, ...(key && { 'idempotency-key': key }) }, bytes);
  return contentOf('POST', answer, text);
}

/**
 * A list as a table, page by page.
 * @param {string} path
 * @returns {AsyncGenerator<string>} the pages; laid end to end they are one table
 * @throws {Problem}
 */
export async function* tableOf(path) {
  const url = new URL(path, location.origin);
  for (;;) {
    const [answer, text] = await exchange('GET', url.pathname + url.search, { accept: 'text/csv' }, null);
    if (!answer.ok) contentOf('GET', answer, text);
    yield text;
    const next = answer.headers.get('x-next-cursor');
    if (next === null) return;
    url.searchParams.set('cursor', next);
  }
}

/**
 * A picture of the API's, as its text.
 * @param {string} path
 * @returns {Promise<string>}
 * @throws {Problem}
 */
export async function pictureOf(path) {
  const [answer, text] = await exchange('GET', path, { accept: 'image/svg+xml' }, null);
  return answer.ok ? text : contentOf('GET', answer, text);
}

/**
 * @param {Method} method
 * @param {Response} answer
 * @param {string} text
 * @returns {any}
 */
function contentOf(method, answer, text) {
  const content = json(text);
  if (answer.ok) return content;
  const error = content?.error ?? {};
  if (error.code === 'other_member') meetOther(method);
  throw new Problem(error.code ?? codeOf(answer.status), error.fields, error.ask, error);
}

/**
 * The code of a refusal that names none: what stands before our API answered in its place.
 * @param {number} status
 */
function codeOf(status) {
  if (status === 429) return 'too_many_requests';
  // Whether the call arrived is not known: it may have been done, and only its answer have come too late.
  return status >= 500 ? 'no_connection' : `http_${status}`;
}

/**
 * @param {Method} method
 * @param {string} path
 * @param {Record<string, string>} named
 * @param {string | ArrayBuffer | null} body
 * @param {boolean} [anyone]
 * @returns {Promise<[Response, string]>}
 */
async function exchange(method, path, named, body, anyone = false) {
  const member = anyone ? undefined : shownMember();
  const headers = { ...named, ...(member && { 'expected-member': member }) };
  try {
    const answer = await fetch(path, { method, headers, body, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
    // An answer that breaks off in its middle is a lost connection too.
    return [answer, await answer.text()];
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) throw new Problem('no_connection');
    throw error;
  }
}

/** @param {string} text */
function json(text) {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch (error) {
    // Not from our API: something on the way, such as the sign-in page of a public network.
    if (error instanceof SyntaxError) throw new Problem('no_connection');
    throw error;
  }
}
