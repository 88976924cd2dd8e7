import { Problem } from '../api.js';
import { whoIsThere } from './worker.js';

/**
 * Signs in, and checks that the browser kept the session: one that blocks cookies keeps none.
 * @param {() => Promise<{ member: import('./worker.js').Member }>} signIn spends a login link, or a code
 * @returns {Promise<{ member: import('./worker.js').Member, kept: boolean }>}
 */
export async function enter(signIn) {
  const { member } = await signIn();
  try {
    return { member, kept: (await whoIsThere())?.member.id === member.id };
  } catch (error) {
    // Nobody can tell now. The page that comes next asks again, and says why it can't.
    if (error instanceof Problem) return { member, kept: true };
    throw error;
  }
}

/** Whether the browser says that it blocks cookies. Then no login link is spent to find out. */
export const keepsCookies = () => navigator.cookieEnabled;
