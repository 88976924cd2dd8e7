/** Who is signed in, and of which organization: known once the dashboard runs. */

import { useEffect, useState } from 'preact/hooks';
import { shows } from '../../lib/shown.js';

/** @typedef {import('../../calls/worker.js').Training} Training */
/** @typedef {Training['organization']} Organization */

/** @type {Training | undefined} */
let there;
/** @type {Set<(organization: Organization) => void>} */
const listeners = new Set();

/** The page shows this member, and acts for them alone. @param {Training} training */
export function isThere(training) {
  there = training;
  shows(training.member);
  listeners.forEach((listener) => listener({ ...training.organization }));
}

/** The admin who is signed in. */
export function admin() {
  if (!there) throw new Error('nobody is signed in yet');
  return there.member;
}

/** The admin's organization. */
export function organization() {
  if (!there) throw new Error('nobody is signed in yet');
  return there.organization;
}

/** The zone in which moments are shown. */
export const zone = () => organization().time_zone;

/**
 * Shows the organization as it is after an edit.
 * @param {Partial<Organization>} change
 */
export function organizationIs(change) {
  Object.assign(organization(), change);
  listeners.forEach((listener) => listener({ ...organization() }));
}

/** The organization; a component that asks is drawn anew when it is edited. */
export function useOrganization() {
  const [now, setNow] = useState(organization);
  useEffect(() => {
    listeners.add(setNow);
    return () => void listeners.delete(setNow);
  }, []);
  return now;
}
