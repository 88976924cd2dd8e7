/** What was counted by day, as a chart shows it. */

import { daysAfter } from '../../../lib/when.js';

/** @typedef {{ day: string, opened: number, registered: number }} Counted */

/**
 * So many days in a row, with nothing counted on those that are not named. They end today, or with the last that was counted where
 * nothing is from these days.
 * @param {readonly Counted[]} counted
 * @param {string} today
 * @param {number} length
 * @returns {Counted[]}
 */
export function daysInARow(counted, today, length) {
  const last = counted.reduce((last, { day }) => (day > last ? day : last), '');
  const end = last !== '' && (last > today || last <= daysAfter(today, -length)) ? last : today;
  const byDay = new Map(counted.map((one) => [one.day, one]));
  return Array.from({ length }, (_, at) => {
    const day = daysAfter(end, at - length + 1);
    return byDay.get(day) ?? { day, opened: 0, registered: 0 };
  });
}

/**
 * The top of an axis that has room for a number, and whose half is whole: 2, 4, 6, 8, 10, 20, 40…
 * @param {number} most
 */
export function topOf(most) {
  for (let power = 1; ; power *= 10) {
    for (const step of [2, 4, 6, 8, 10]) if (step * power >= most) return step * power;
  }
}
