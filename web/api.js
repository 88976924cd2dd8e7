/** The one place that calls the API. Named calls are in `calls/`. */

/** How long an answer may take before it counts as a lost connection. */
const PATIENCE_MS = 20_000;

/** Why a call did not give what it was made for. */
export class Problem extends Error {
  /**
   * @param {string} code the API's own, or `no_connection`: it is not known whether the call arrived
   * @param {Record<string, string>} [fields] which fields are not right
   */
  constructor(code, fields = {}) {
    super(code);
    this.code = code;
    this.fields = fields;
  }
}

/**
 * @param {'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>} what was answered; nothing where the answer is empty
 * @throws {Problem}
 */
export async function call(method, path, body) {
  const [answer, content] = await exchange(method, path, body);
  if (answer.ok) return content;
  const error = content?.error ?? {};
  throw new Problem(error.code ?? `http_${answer.status}`, error.fields);
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object | undefined} body
 * @returns {Promise<[Response, any]>}
 */
async function exchange(method, path, body) {
  try {
    const answer = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    // An answer that breaks off in its middle is a lost connection too.
    return [answer, json(await answer.text())];
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
