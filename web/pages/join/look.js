import { Problem } from '../../api.js';
import { viewLink, whoIsThere } from '../../calls/worker.js';
import { wear } from '../../lib/page.js';
import { shows } from '../../lib/shown.js';
import { readyFor } from './registration.js';

/**
 * What there is to see behind a code.
 * @typedef {object} View
 * @property {import('../../calls/worker.js').PublicLink} [link]
 * @property {unknown} [problem] why there is no link
 * @property {string} [sentTo] the address that a registration was sent with that the link refused
 * @property {import('../../calls/worker.js').Member} [member] who is signed in and belongs to the link's organization
 */

/**
 * @param {string} code
 * @returns {Promise<View>}
 */
export async function look(code) {
  // Who is signed in is a convenience: not knowing it leaves the form.
  const [link, there] = await Promise.allSettled([viewLink(code), whoIsThere()]);
  const training = there.status === 'fulfilled' ? there.value : undefined;
  shows(training?.member);
  if (link.status === 'rejected') {
    if (link.reason.ask) wear(link.reason.ask);
    return { problem: link.reason };
  }
  wear(link.value);
  try {
    await readyFor(link.value);
  } catch {
    return { problem: new Problem('no_connection') };
  }
  // The page of a link doesn't say whose it is but for the name. Should two have one name, the API asks for the form.
  const member = training?.organization.name === link.value.organization ? training.member : undefined;
  return member ? { link: link.value, member } : { link: link.value };
}
