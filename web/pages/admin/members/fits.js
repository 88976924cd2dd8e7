/** Whom something that is done with members can concern, as far as their rows tell, and what would become of the others. */

/** @typedef {import('../../../calls/members.js').Deed} Deed */
/** @typedef {import('../../../calls/members.js').Outcome} Outcome */
/** @typedef {Partial<Pick<import('../../../calls/members.js').Member, 'access' | 'role' | 'suppressed'>>} Row what is not known of somebody keeps nothing from them */

/**
 * How it would end for somebody for whom nothing can be done; nothing for those whom it can concern.
 * @param {Deed} deed
 * @param {Row} row
 * @returns {Outcome | undefined}
 */
export function unfit(deed, { access, role, suppressed }) {
  switch (deed) {
    case 'grants':
      return access === 'revoked' ? 'revoked' : undefined;
    case 'refusals':
      // Of the others only the server knows whether a registration waits.
      return access === 'unverified' || access === 'rejected' || access === 'revoked' ? 'nothing_pending' : undefined;
    case 'revocations':
      return role === 'admin' ? 'is_admin' : access === 'revoked' ? 'already_revoked' : undefined;
    case 'restorations':
      return access === undefined || access === 'revoked' ? undefined : 'not_revoked';
    case 'login-mails':
      return access === 'revoked' ? 'revoked' : suppressed ? 'suppressed' : undefined;
  }
}

/**
 * Whether only the server knows if it concerns somebody: a registration of theirs may wait, or have a seat reserved.
 * @param {Deed} deed
 * @param {Row} row
 */
export function isUnsure(deed, { access }) {
  switch (deed) {
    case 'login-mails':
      return access === 'unverified' || access === 'pending';
    case 'refusals':
      // Who comes from an imported file has no registration.
      return access === 'granted' || access === 'pending';
    case 'grants':
      return access === 'granted';
    default:
      return false;
  }
}

/**
 * Those whom it can concern, and how many of the others there are by how it would end for them.
 * @template {Row} T
 * @param {Deed} deed
 * @param {readonly T[]} people
 */
export function sorted(deed, people) {
  const fit = people.filter((one) => unfit(deed, one) === undefined);
  /** @type {Map<Outcome, number>} */
  const others = new Map();
  for (const one of people) {
    const outcome = unfit(deed, one);
    if (outcome) others.set(outcome, (others.get(outcome) ?? 0) + 1);
  }
  return { fit, others };
}
