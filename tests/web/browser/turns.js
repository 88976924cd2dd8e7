/** A line on which what is asked for at the same time is answered at the same time: it counts the turns that a page needs. */

import { createServer, request } from 'node:http';
import { brotliCompressSync } from 'node:zlib';

/** How long nothing more is asked for before the next turn begins. */
const QUIET_MS = 400;

/**
 * Compresses what the local system serves, as the distribution does.
 * @param {string} origin
 */
export async function lineOfTurns(origin) {
  /** @type {(() => void)[]} */
  let waiting = [];
  let underWay = 0;
  let last = Date.now();
  const counted = { turns: 0, requests: 0, bytes: 0, asked: /** @type {string[][]} */ ([]) };

  const server = createServer((asked, answer) => {
    last = Date.now();
    const go = () => {
      underWay += 1;
      counted.requests += 1;
      counted.asked.at(-1)?.push(`${asked.method} ${asked.url}`);
      const headers = { ...asked.headers, host: new URL(origin).host };
      const onward = request(origin + asked.url, { method: asked.method, headers }, (given) => {
        const parts = /** @type {Buffer[]} */ ([]);
        given.on('data', (part) => parts.push(part));
        given.on('end', () => {
          const { 'content-length': _, 'accept-ranges': __, ...kept } = given.headers;
          const compress = parts.length > 0 && /^text\/|json|svg/.test(kept['content-type'] ?? '');
          const body = compress ? brotliCompressSync(Buffer.concat(parts)) : Buffer.concat(parts);
          counted.bytes += body.length;
          answer.writeHead(given.statusCode ?? 502, compress ? { ...kept, 'content-encoding': 'br' } : kept);
          answer.end(body);
          underWay -= 1;
          last = Date.now();
        });
      });
      asked.pipe(onward);
    };
    waiting.push(go);
  });
  const timer = setInterval(() => {
    if (underWay > 0 || waiting.length === 0 || Date.now() - last < QUIET_MS) return;
    counted.turns += 1;
    counted.asked.push([]);
    const now = waiting;
    waiting = [];
    now.forEach((go) => go());
  }, 20);
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    origin: `http://localhost:${port}`,
    counted,
    begin: () => Object.assign(counted, { turns: 0, requests: 0, bytes: 0, asked: [] }),
    close: () => {
      clearInterval(timer);
      server.close();
      server.closeAllConnections();
    },
  };
}
