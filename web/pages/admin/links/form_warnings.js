/** What an admin would want to know before saving. None of it keeps them from saving what the API takes. */

import { domainsIn } from './form_values.js';

/** @typedef {import('./form_values.js').Values} Values */
/** @typedef {{ taken: number, waiting: number, gone: boolean, nameTaken?: boolean }} There who came so far, whether the expiry has passed already, and
 * whether another link is known to have the name */
/** @typedef {{ at: 'name' | 'allocation' | 'cap' | 'time' | 'domains' | 'overflow' | 'allocation_ends', key: 'warn_same_name' | 'warn_no_units' | 'warn_no_modules' | 'warn_cap_taken' | 'warn_cap_waiting' | 'warn_starts' | 'warn_past' | 'warn_domains' | 'warn_list_unused'
 *   | 'warn_admit_unused' | 'warn_ends_before' | 'warn_ends_early', values?: Record<string, number | string> }} Warning `at` is the part of the form that it is about */

/**
 * @param {Values} values
 * @param {{ modules: number, units: number }} gives how much somebody who joins gets
 * @param {There} there
 * @param {string} today
 * @returns {Warning[]}
 */
export function warningsOf(values, gives, { taken, waiting, gone, nameTaken = false }, today) {
  const { starts, expires, ends, ends_on: until, overflow } = values;
  const cap = values.cap.trim() === '' ? Infinity : Number(values.cap);
  /** @type {(Warning | false)[]} */
  const all = [
    nameTaken && { at: 'name', key: 'warn_same_name', values: { name: values.name.trim() } },
    gives.units === 0 && { at: 'allocation', key: 'warn_no_units' },
    gives.units > 0 && gives.modules === 0 && { at: 'allocation', key: 'warn_no_modules' },
    cap < taken && { at: 'cap', key: 'warn_cap_taken', values: { n: taken } },
    cap >= taken && cap < taken + waiting && { at: 'cap', key: 'warn_cap_waiting', values: { n: taken + waiting } },
    starts !== '' && expires !== '' && expires < starts && { at: 'time', key: 'warn_starts' },
    expires !== '' && (expires < today || gone) && { at: 'time', key: 'warn_past' },
    values.admission === 'approval' && values.others === 'approval' && domainsIn(values.only).length > 0 && { at: 'domains', key: 'warn_domains' },
    overflow === 'waiting_list' && cap === Infinity && expires === '' && { at: 'overflow', key: 'warn_list_unused' },
    values.admit_waiting && overflow === 'refuse' && waiting === 0 && { at: 'overflow', key: 'warn_admit_unused' },
    ends === 'on' && until !== '' && starts !== '' && until < starts && { at: 'allocation_ends', key: 'warn_ends_before' },
    ends === 'on' && until !== '' && until >= starts && (expires === '' || until < expires) && { at: 'allocation_ends', key: 'warn_ends_early' },
  ];
  return all.filter((one) => one !== false);
}

/** Whether people can come to wait for an admin: for approval, or for a seat that an admin has to give. @param {Values} values */
export const canWait = ({ admission, only, others, overflow, admit_waiting }) =>
  admission === 'approval' || (others === 'approval' && domainsIn(only).length > 0) || (overflow === 'waiting_list' && !admit_waiting);

/**
 * Whether it is asked first, before a link is saved with this warning: of what this save does, what is seldom meant.
 * @param {Warning['key']} key
 * @param {readonly string[]} changed the terms that are new
 */
export const isAskedAbout = (key, changed) =>
  (key === 'warn_no_units' && changed.includes('allocation')) || (key === 'warn_cap_taken' && changed.includes('cap'));
