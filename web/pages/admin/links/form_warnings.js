/** What an admin would want to know before saving. None of it keeps them from saving what the API takes. */

import { domainsIn } from './form_values.js';

/** @typedef {import('./form_values.js').Values} Values */
/** @typedef {{ taken: number, waiting: number, gone: boolean }} There who came so far, and whether the expiry has passed already */
/** @typedef {{ key: 'warn_no_units' | 'warn_no_modules' | 'warn_cap_taken' | 'warn_cap_waiting' | 'warn_starts' | 'warn_past' | 'warn_domains' | 'warn_list_unused'
 *   | 'warn_admit_unused' | 'warn_ends_before' | 'warn_ends_early', values?: Record<string, number> }} Warning */

/**
 * @param {Values} values
 * @param {{ modules: number, units: number }} gives how much somebody who joins gets
 * @param {There} there
 * @param {string} today
 * @returns {Warning[]}
 */
export function warningsOf(values, gives, { taken, waiting, gone }, today) {
  const { starts, expires, ends, ends_on: until, overflow } = values;
  const cap = values.cap.trim() === '' ? Infinity : Number(values.cap);
  /** @type {(Warning | false)[]} */
  const all = [
    gives.units === 0 && { key: 'warn_no_units' },
    gives.units > 0 && gives.modules === 0 && { key: 'warn_no_modules' },
    cap < taken && { key: 'warn_cap_taken', values: { n: taken } },
    cap >= taken && cap < taken + waiting && { key: 'warn_cap_waiting', values: { n: taken + waiting } },
    starts !== '' && expires !== '' && expires < starts && { key: 'warn_starts' },
    expires !== '' && (expires < today || gone) && { key: 'warn_past' },
    values.admission === 'approval' && values.others === 'approval' && domainsIn(values.only).length > 0 && { key: 'warn_domains' },
    overflow === 'waiting_list' && cap === Infinity && expires === '' && { key: 'warn_list_unused' },
    values.admit_waiting && overflow === 'refuse' && waiting === 0 && { key: 'warn_admit_unused' },
    ends === 'on' && until !== '' && starts !== '' && until < starts && { key: 'warn_ends_before' },
    ends === 'on' && until !== '' && until >= starts && (expires === '' || until < expires) && { key: 'warn_ends_early' },
  ];
  return all.filter((one) => one !== false);
}
