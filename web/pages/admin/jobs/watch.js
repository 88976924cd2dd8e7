/** A job, looked at again and again while it runs. */

import { useEffect } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { getJob } from '../../../calls/jobs.js';
import { useLoaded } from '../../../lib/loaded.js';

/** @typedef {import('../../../calls/jobs.js').Job} Job */

const FIRST_MS = 1_000;
const LAST_MS = 15_000;

/** @param {Job} job */
export const isOver = ({ state }) => state === 'done' || state === 'failed' || state === 'cancelled';

/**
 * How long to wait before the next look: the longer, the longer it runs.
 * @param {number} looks how many there were
 */
export const pause = (looks) => Math.min(LAST_MS, FIRST_MS * 1.4 ** looks);

/**
 * @param {string} id
 * @returns {import('../../../lib/loaded.js').Loaded<Job>}
 */
export function useJob(id) {
  const loaded = useLoaded(() => getJob(id), [id]);
  const gone = loaded.problem instanceof Problem && loaded.problem.code === 'not_found';
  const over = gone || (loaded.data !== undefined && isOver(loaded.data));
  useEffect(() => {
    if (over) return undefined;
    let looks = 0;
    /** @type {ReturnType<typeof setTimeout>} */
    let timer;
    const look = async () => {
      looks += 1;
      // A page that nobody sees asks for nothing.
      if (document.visibilityState === 'visible') await loaded.again();
      timer = setTimeout(look, pause(looks));
    };
    timer = setTimeout(look, pause(0));
    return () => clearTimeout(timer);
  }, [id, over]);
  return loaded;
}
