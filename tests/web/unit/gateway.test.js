/** What the pages make of an answer that is not the API's own: of the gateway before it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call } from '../../../web/api.js';

/** @param {number} status @param {object} body */
async function codeOf(status, body) {
  globalThis.fetch = async () => new Response(JSON.stringify(body), { status });
  return call('POST', '/v1/links', {}).then(() => 'none', (problem) => problem.code);
}

test('the gateway says that there is too much: wait', async () => {
  assert.equal(await codeOf(429, { message: 'Too Many Requests' }), 'too_many_requests');
});

test('the gateway gives up: it is not known whether the call arrived', async () => {
  for (const status of [500, 502, 503, 504]) assert.equal(await codeOf(status, { message: 'Service Unavailable' }), 'no_connection');
});

test('what the API itself says is left as it is', async () => {
  assert.equal(await codeOf(503, { error: { code: 'unavailable' } }), 'unavailable');
  assert.equal(await codeOf(413, { message: 'Request Too Long' }), 'http_413');
});
