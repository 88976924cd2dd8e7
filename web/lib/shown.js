/**
 * Whom the page shows as signed in. All tabs of a browser share one session, so another tab may have signed in somebody else since. Each
 * call says whom it means, and the API does nothing in the name of another.
 */

/** @typedef {'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} Method */

/** @type {string | undefined} */
let shown;
/** @type {(method: Method) => void} */
let other = () => {};

/**
 * From now on calls are made in the name of this member, or of nobody.
 * @param {{ id: string } | undefined} member
 */
export const shows = (member) => void (shown = member?.id ?? 'none');

/** The member that calls are made for: an id, `none`, or nothing before it is known. */
export const shownMember = () => shown;

/**
 * What to do when a call was refused because somebody else is signed in.
 * @param {(method: Method) => void} act
 */
export const whenOther = (act) => void (other = act);

/** A call was refused because somebody else is signed in. @param {Method} method */
export const meetOther = (method) => other(method);
