/** Moments and days of the dashboard, as the clocks of the organization's zone show them. */

import { spoken } from './language.js';

const DAY_MS = 86_400_000;

/** @type {readonly [Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ['year', 365 * DAY_MS],
  ['month', 30 * DAY_MS],
  ['week', 7 * DAY_MS],
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/**
 * @param {string} instant RFC 3339
 * @param {string} zone an IANA name
 */
export const moment = (instant, zone) =>
  new Intl.DateTimeFormat(spoken(), { dateStyle: 'medium', timeStyle: 'short', timeZone: known(zone) }).format(new Date(instant));

/**
 * @param {string} instant RFC 3339
 * @param {string} zone an IANA name
 */
export const dayOf = (instant, zone) =>
  new Intl.DateTimeFormat(spoken(), { dateStyle: 'medium', timeZone: known(zone) }).format(new Date(instant));

/**
 * A local time of the API, such as `2026-12-01 23:59 Europe/Berlin`: the end of a day is still of that day.
 * @param {string} local
 */
export function localMoment(local) {
  const [date, time] = local.split(' ');
  const shape = /** @type {const} */ ({ dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  return new Intl.DateTimeFormat(spoken(), shape).format(new Date(`${date}T${time}Z`));
}

/**
 * A date of the calendar, which is of no zone.
 * @param {string} date such as `2026-12-01`
 * @param {Intl.DateTimeFormatOptions} [shape]
 */
export const calendarDay = (date, shape = { dateStyle: 'medium' }) =>
  new Intl.DateTimeFormat(spoken(), { ...shape, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));

/**
 * How far a moment is away, in its largest unit: "in 3 days", "2 hours ago".
 * @param {string} instant RFC 3339
 * @param {number} [now] milliseconds of the epoch
 */
export function fromNow(instant, now = Date.now()) {
  const away = Date.parse(instant) - now;
  const [unit, length] = UNITS.find(([, length]) => Math.abs(away) >= length) ?? ['second', 1000];
  return new Intl.RelativeTimeFormat(spoken(), { numeric: 'auto' }).format(Math.trunc(away / length), unit);
}

/**
 * The date that a moment has in a zone, as a date field takes it.
 * @param {string} zone an IANA name
 * @param {number} [at] milliseconds of the epoch
 */
export const dateIn = (zone, at = Date.now()) =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: known(zone) }).format(new Date(at));

/**
 * The date so many days after another.
 * @param {string} date such as `2026-12-01`
 * @param {number} days
 */
export const daysAfter = (date, days) => new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/**
 * A moment until which something lasts: the end of a day is still of that day.
 * @param {string} instant RFC 3339
 * @param {string} zone an IANA name
 */
export function endMoment(instant, zone) {
  const end = Date.parse(instant);
  const before = dateIn(zone, end - 1) === dateIn(zone, end) ? end : end - 1;
  return moment(new Date(before).toISOString(), zone);
}

/** @param {string} zone */
function known(zone) {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch (error) {
    // The API knows a zone that this browser does not: its own is better than none.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
