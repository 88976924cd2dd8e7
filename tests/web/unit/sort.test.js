import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byDate, byNumber, byText, directionOf, nextOrder, sortedBy } from '../../../web/lib/sort.js';

const rows = (values) => values.map((value) => ({ value }));
const values = (sorted) => sorted.map(({ value }) => value);
const ordered = (sort, all, direction = 'ascending') => values(sortedBy(rows(all), sort.by, direction));
const value = (row) => row.value;

test('texts are sorted as their reader does, and numbers in them as numbers', () => {
  assert.deepEqual(ordered(byText('name', value), ['Crew 10', 'zeta', 'Ödön', 'Crew 9', 'Ärger', 'Zorn']), ['Ärger', 'Crew 9', 'Crew 10', 'Ödön', 'zeta', 'Zorn']);
});

test('numbers are sorted as numbers, and dates as moments however precisely they are written', () => {
  assert.deepEqual(ordered(byNumber('n', value), [10, 9, 100, 0], 'descending'), [100, 10, 9, 0]);
  const dates = ['2026-11-02T08:00:00.5Z', '2026-11-02T08:00:00Z', '2026-11-02T08:00:00.250Z'];
  assert.deepEqual(ordered(byDate('at', value), dates), [dates[1], dates[2], dates[0]]);
});

test('what is empty comes last, whichever way is up', () => {
  for (const direction of ['ascending', 'descending']) {
    assert.deepEqual(ordered(byText('name', value), ['', 'a', null], direction), ['a', '', null]);
    assert.deepEqual(ordered(byNumber('n', value), [null, 0, undefined], direction), [0, null, undefined]);
    assert.deepEqual(ordered(byDate('at', value), [null, '2026-11-02T08:00:00Z'], direction), ['2026-11-02T08:00:00Z', null]);
  }
});

test('rows that are equal stay as they came', () => {
  const same = [{ value: 'a', id: 1 }, { value: 'b', id: 2 }, { value: 'a', id: 3 }, { value: 'b', id: 4 }];
  assert.deepEqual(sortedBy(same, value, 'ascending').map(({ id }) => id), [1, 3, 2, 4]);
  assert.deepEqual(sortedBy(same, value, 'descending').map(({ id }) => id), [2, 4, 1, 3]);
});

test('a heading leads to its one way, to its other, and back to the order of the table', () => {
  const name = byText('name', value);
  const from = (order, natural) => nextOrder(name, order, natural);
  assert.deepEqual([from('newest', 'newest'), from('name', 'newest'), from('-name', 'newest')], ['name', '-name', 'newest']);
  assert.deepEqual([from('name', 'name'), from('-name', 'name'), from('since', 'name')], ['-name', 'name', 'name']);
});

test('a heading of one way alone leads to it, and back', () => {
  const access = { kind: 'state', up: 'access' };
  assert.equal(nextOrder(access, 'name', 'access'), 'access');
  assert.equal(nextOrder(access, 'access', 'access'), 'access');
  const name = { kind: 'text', up: 'name' };
  assert.deepEqual([nextOrder(name, 'access', 'access'), nextOrder(name, 'name', 'access')], ['name', 'access']);
});

test('an order turns the columns whose way it is', () => {
  const name = byText('name', value);
  assert.deepEqual(['name', '-name', 'since', ''].map((order) => directionOf(name, order)), ['ascending', 'descending', undefined, undefined]);
  assert.equal(directionOf(undefined, 'name'), undefined);
});
