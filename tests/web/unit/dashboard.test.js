import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SORTS, found } from '../../../web/pages/admin/links/sorted.js';
import { sortedBy } from '../../../web/lib/sort.js';
import { fit } from '../../../web/lib/fit.js';
import { number, speaker } from '../../../web/lib/speaker.js';
import { dateIn, daysAfter, fromNow } from '../../../web/lib/when.js';

const link = (terms) => ({ name: '', description: '', code: 'x9b9as20v8m0ed24c8e25msdn3', created_at: '2026-11-01', expires_at: null, cap: null, seats: { taken: 0 }, ...terms });
const names = (links) => links.map(({ name }) => name);

test('a search finds each word anywhere in name and description, without regard to accents, and a code in groups', () => {
  const links = [link({ name: 'Świt crew', description: 'Hamburg', code: 'aaaabbbbccccddddeeeeffffgg' }), link({ name: 'Other' })];
  assert.deepEqual(names(found(links, 'swit ham')), ['Świt crew']);
  assert.deepEqual(names(found(links, 'swit other')), []);
  assert.deepEqual(names(found(links, 'AAAA-BBBB')), ['Świt crew']);
  assert.deepEqual(names(found(links, '  ')), ['Świt crew', 'Other']);
});

test('links are put in order by name, expiry and how full they are', () => {
  const links = [
    link({ name: 'b 10', created_at: '2026-11-02', expires_at: '2026-12-01', cap: 10, seats: { taken: 1 } }),
    link({ name: 'b 9', created_at: '2026-11-03', cap: 10, seats: { taken: 9 } }),
    link({ name: 'a', expires_at: '2026-11-30', seats: { taken: 99 } }),
  ];
  const sorted = ({ by }, direction) => names(sortedBy(links, by, direction));
  assert.deepEqual(sorted(SORTS.name, 'ascending'), ['a', 'b 9', 'b 10']);
  assert.deepEqual(sorted(SORTS.time, 'ascending'), ['a', 'b 10', 'b 9']);
  assert.deepEqual(sorted(SORTS.seats, 'descending'), ['b 9', 'b 10', 'a']);
});

test('a path fits its pattern alone', () => {
  assert.deepEqual(fit('/admin/links/:id', '/admin/links/7'), { id: '7' });
  assert.equal(fit('/admin/links/:id', '/admin/links'), undefined);
  assert.equal(fit('/admin/links/:id', '/admin/links/7/edit'), undefined);
});

test('a text takes the form of its number', () => {
  const say = speaker(() => ({ people: { one: '{n} person', other: '{n} people' } }));
  assert.equal(say('people', { n: 1 }), '1 person');
  assert.match(say('people', { n: 1200 }), /^1.200 people$/);
});

test('moments are told from now, and days are those of the zone', () => {
  const now = Date.parse('2026-11-22T23:30:00Z');
  assert.equal(fromNow('2026-11-25T23:30:00Z', now), 'in 3 days');
  assert.equal(fromNow('2026-11-22T22:30:00Z', now), '1 hour ago');
  assert.equal(dateIn('Europe/Berlin', now), '2026-11-23');
  assert.equal(dateIn('America/New_York', now), '2026-11-22');
  assert.equal(daysAfter('2026-12-31', 1), '2027-01-01');
});

test('a number that is not there is a dash, and a fault in the console', (t) => {
  const said = t.mock.method(console, 'error', () => {});
  assert.deepEqual([undefined, Number.NaN, Infinity].map(number), ['–', '–', '–']);
  assert.equal(said.mock.callCount(), 3);
  assert.equal(number(0), '0');
});
