import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysInARow, topOf } from '../../../web/pages/admin/link/days.js';

const day = (day, registered = 1) => ({ day, opened: registered, registered });
const shown = (counted, today, length) => daysInARow(counted, today, length).map(({ day, registered }) => `${day.slice(5)}:${registered}`);

test('days without anything are there with nothing', () => {
  assert.deepEqual(shown([day('2026-02-27', 2), day('2026-03-01', 5)], '2026-03-02', 4), ['02-27:2', '02-28:0', '03-01:5', '03-02:0']);
  assert.deepEqual(shown([], '2026-01-01', 2), ['12-31:0', '01-01:0']);
});

test('the row ends today, or with the last day that was counted where these days have nothing', () => {
  assert.deepEqual(shown([day('2026-03-03')], '2026-03-04', 2), ['03-03:1', '03-04:0']);
  assert.deepEqual(shown([day('2026-03-02')], '2026-03-04', 2), ['03-01:0', '03-02:1']);
  // A browser's clock that is late hides nothing.
  assert.deepEqual(shown([day('2026-03-05')], '2026-03-04', 2), ['03-04:0', '03-05:1']);
});

test('an axis ends at a round number whose half is whole', () => {
  assert.deepEqual([0, 2, 3, 5, 11, 21, 41, 101, 2000].map(topOf), [2, 2, 4, 6, 20, 40, 60, 200, 2000]);
});
