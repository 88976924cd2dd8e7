// The first steps of an admin and of a worker, with a TypeScript client generated from docs/openapi.yaml.
import { createLink, getLink, linkStats, redeemLink, viewLink } from './generated';
import { client } from './generated/client.gen';

declare const process: { argv: string[] };

function expect(what: string, holds: boolean): asserts holds {
  if (!holds) throw new Error(`not as expected: ${what}`);
}

const [origin, session] = process.argv.slice(2);
client.setConfig({ baseUrl: origin, auth: (scheme) => (scheme.scheme === 'bearer' ? session : undefined) });

async function main(): Promise<void> {
  const made = await createLink({
    body: { name: 'Crew of Zoë 中', admission: 'instant', cap: 7, allocation_ends: { after_days: 30 } },
  });
  expect('a link is made', made.data !== undefined);
  const link = made.data;
  expect('a new link is open', link.status === 'open' && link.seats.free === 7);
  expect('the end is kept', link.allocation_ends !== null && 'after_days' in link.allocation_ends);

  const seen = await viewLink({ path: { code: link.code } });
  expect('everyone sees it open', seen.data?.state === 'open');

  const registered = await redeemLink({
    path: { code: link.code },
    body: { name: 'Tess Script', email: 'tess@example.com' },
  });
  // A signed-in member is told where they stand at once.
  expect('the admin has joined', registered.data !== undefined && registered.response.status === 200);

  const stats = await linkStats({ path: { id: link.id } });
  expect('numbers come as an object', typeof stats.data === 'object');
  expect('one seat is taken', stats.data.by_state.enrolled === 1 && stats.data.enrollments.length === 1);

  const unknown = await getLink({ path: { id: '00000000-0000-4000-8000-000000000000' } });
  expect('an unknown link is an error', unknown.error !== undefined && 'error' in unknown.error);
  expect('with a code of its own', unknown.error.error.code === 'link_not_found');
  console.log('the TypeScript client did its job');
}

void main();
