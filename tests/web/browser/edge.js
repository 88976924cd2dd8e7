/** Compresses what the local system serves, as the distribution does. */

import { createServer, request } from 'node:http';
import { createBrotliCompress } from 'node:zlib';

/**
 * @param {string} origin
 * @returns {Promise<{ origin: string, close: () => void }>}
 */
export function edge(origin) {
  const server = createServer((asked, answer) => {
    const headers = { ...asked.headers, host: new URL(origin).host };
    const onward = request(origin + asked.url, { method: asked.method, headers }, (given) => {
      const { 'content-length': _, 'accept-ranges': __, ...kept } = given.headers;
      const compress = /^text\/|json|svg/.test(kept['content-type'] ?? '');
      answer.writeHead(given.statusCode ?? 502, compress ? { ...kept, 'content-encoding': 'br' } : kept);
      if (compress) given.pipe(createBrotliCompress()).pipe(answer);
      else given.pipe(answer);
    });
    asked.pipe(onward);
  });
  return new Promise((listening) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      listening({ origin: `http://localhost:${port}`, close: () => server.close() });
    });
  });
}
