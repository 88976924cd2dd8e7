/** What a system has in it before its pages are looked at. */

import { SITE } from './system.js';

/** A module, a group, a site and a region, a link, somebody by it, an import, a key, a webhook, and an address that is not mailed. */
export async function oneOfEach(system) {
  await system.furnish();
  const [group, region] = [crypto.randomUUID(), crypto.randomUUID()];
  await system.call('PUT', `/v1/units/${group}`, { kind: 'group', name: 'Welders', modules: [] });
  await system.call('PUT', `/v1/units/${region}`, { kind: 'region', name: 'North', modules: [] });
  const link = await system.link({ cap: 10, fields: [{ key: 'trade', label: 'Your trade', kind: 'text', required: false }] });
  await system.register(link, 'Ana Welder', 'ana@example.com', { trade: 'Welding' });
  await system.loginLink('ana@example.com');
  await system.bringIn('name,email,groups\nBo Rivet,bo@example.com,Welders\n', 'granted');
  await system.call('POST', '/v1/api-keys', { name: 'HR system', scope: 'read' });
  await system.call('POST', '/v1/webhooks', { url: 'https://hooks.example/access', events: ['enrollment.enrolled'] });
  await system.call('POST', '/v1/admins', { name: 'Gone', email: 'bounce@simulator.amazonses.com' });
  await heard(system);
  return system;
}

/** Waits until SES has told that an address takes no mail. */
async function heard(system) {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await system.call('GET', '/v1/suppressions')).suppressions.length > 0) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('no bounce was heard');
}

/** Waits until the mails of those who got access are out: an admin's login mail would come after them. */
async function quiet(system) {
  for (let before = 'none', now; now !== before; ) {
    await new Promise((done) => setTimeout(done, 3_000));
    [before, now] = [now, (await (await fetch(`${system.origin}/dev/mail.json`)).json()).at(-1)?.id];
  }
}

const PEOPLE = 10_000;
/** How many of them come by a link: an import is cheaper, but fills no link. */
const BY_LINK = 500;
/** How many get access at once, and a mail. */
const GRANTED = 1_100;

/** Ten thousand people: most by a file without access, some with it, some by a link whose admin looks first. */
export async function tenThousand(system) {
  const begun = Date.now();
  const link = await system.link({ name: 'Big crew', admission: 'approval', cap: 1000 });
  const numbers = Array.from({ length: BY_LINK }, (_, number) => number);
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let number = numbers.pop(); number !== undefined; number = numbers.pop()) await system.register(link, `Person ${number}`, `link${number}@example.com`);
    }),
  );
  const file = (name, count) => ['name,email,sites', ...Array.from({ length: count }, (_, number) => `Person ${number},${name}${number}@example.com,${SITE}`)].join('\n');
  const waiting = await system.bringIn(file('waits', PEOPLE - BY_LINK - GRANTED), 'pending');
  const granted = await system.bringIn(file('in', GRANTED), 'granted');
  if (waiting.done + granted.done !== PEOPLE - BY_LINK) throw new Error('not everybody was brought in');
  await quiet(system);
  console.log(`ten thousand people are in after ${Math.round((Date.now() - begun) / 1000)} s`);
  return system;
}
