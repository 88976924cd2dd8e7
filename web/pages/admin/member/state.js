/** What has become of somebody, told by their access and their registrations: the words of a registration where one decides. */

/** @typedef {import('../../../calls/links.js').EnrollmentState} EnrollmentState */
/** @typedef {Pick<import('../../../calls/members.js').Member, 'access'>} Row */

/** Which registration tells most of somebody without access, first the one that can still let them in. */
const TELLING = /** @type {const} */ ({
  unverified: ['reserved', 'pending', 'waiting', 'lapsed', 'removed'],
  // They have registered again a moment ago.
  rejected: ['reserved', 'pending', 'waiting'],
  pending: ['pending', 'waiting'],
  granted: [],
  revoked: [],
});

/**
 * The registration's state that tells why somebody has no access; nothing where their access says it all.
 * @param {{ member: Row, enrollments: readonly { state: EnrollmentState }[] }} file
 */
export function stateOf({ member: { access }, enrollments }) {
  return TELLING[access].find((state) => enrollments.some((one) => one.state === state));
}

/**
 * Whether a sign-in email would lead somewhere: to what they have, or to the seat that is reserved for them.
 * @param {{ member: Pick<import('../../../calls/members.js').Member, 'access' | 'suppressed'>, enrollments: readonly { state: EnrollmentState }[] }} file
 */
export const canSignIn = ({ member: { access, suppressed }, enrollments }) =>
  !suppressed && (access === 'granted' || (access !== 'revoked' && enrollments.some(({ state }) => state === 'reserved')));

/**
 * Whether an admin has something to reject.
 * @param {readonly { state: EnrollmentState }[]} enrollments
 */
export const waits = (enrollments) => enrollments.some(({ state }) => state === 'pending' || state === 'waiting');
