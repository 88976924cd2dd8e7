/**
 * The page that somebody comes to who signs in.
 * @param {import('../../calls/worker.js').Member} member
 */
export const homeOf = (member) => (member.role === 'admin' ? '/admin' : '/training');
