/** A line on which what is asked for at the same time is answered at the same time: it counts the turns that a page needs. */

import { edge } from './edge.js';

/** How long nothing more is asked for before the next turn begins. */
const QUIET_MS = 400;

/** @param {string} origin */
export async function lineOfTurns(origin) {
  /** @type {(() => void)[]} */
  const waiting = [];
  let underWay = 0;
  let last = Date.now();
  const counted = { turns: 0, requests: 0, bytes: 0, asked: /** @type {string[][]} */ ([]) };

  const front = await edge(origin, {
    turn: async (asked) => {
      last = Date.now();
      await new Promise((go) => waiting.push(() => go(undefined)));
      counted.requests += 1;
      counted.asked.at(-1)?.push(asked);
    },
    sent: (bytes) => void (counted.bytes += bytes),
    over: () => {
      underWay -= 1;
      last = Date.now();
    },
  });
  const timer = setInterval(() => {
    if (underWay > 0 || waiting.length === 0 || Date.now() - last < QUIET_MS) return;
    counted.turns += 1;
    counted.asked.push([]);
    underWay = waiting.length;
    waiting.splice(0).forEach((go) => go());
  }, 20);
  return {
    origin: front.origin,
    counted,
    begin: () => Object.assign(counted, { turns: 0, requests: 0, bytes: 0, asked: [] }),
    close: () => {
      clearInterval(timer);
      front.close();
    },
  };
}
