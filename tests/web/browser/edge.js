/** Compresses what the local system serves, as the distribution does. */

import { createServer, request } from 'node:http';
import { createBrotliCompress } from 'node:zlib';

/**
 * @param {string} origin
 * @param {{ turn?: (asked: string) => Promise<void>, sent?: (bytes: number) => void, over?: () => void }} [line] what each request waits for, how
 * many bytes of a body were sent, and that an answer is over
 * @returns {Promise<{ origin: string, close: () => void }>}
 */
export function edge(origin, { turn = async () => {}, sent = () => {}, over = () => {} } = {}) {
  const server = createServer(async (asked, answer) => {
    await turn(`${asked.method} ${asked.url}`);
    // Whole, or not wanted any more.
    if (answer.destroyed) return over();
    answer.once('close', over);
    const headers = { ...asked.headers, host: new URL(origin).host };
    const onward = request(origin + asked.url, { method: asked.method, headers }, (given) => {
      const { 'content-length': _, 'accept-ranges': __, ...kept } = given.headers;
      const compress = /^text\/|json|svg/.test(kept['content-type'] ?? '');
      answer.writeHead(given.statusCode ?? 502, compress ? { ...kept, 'content-encoding': 'br' } : kept);
      const body = compress ? given.pipe(createBrotliCompress()) : given;
      body.on('data', (part) => sent(part.length));
      body.pipe(answer);
    });
    asked.pipe(onward);
  });
  return new Promise((listening) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      const close = () => {
        server.close();
        server.closeAllConnections();
      };
      listening({ origin: `http://localhost:${port}`, close });
    });
  });
}
