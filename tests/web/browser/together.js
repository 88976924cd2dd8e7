/** Starting what a test needs, all of it or nothing. */

/**
 * Waits for everything that is being started. If one fails, the others are stopped: what is left running would keep the test runner
 * from ending.
 * @template {{ stop?: () => Promise<void>, close?: () => Promise<void> }[]} T
 * @param {{ [K in keyof T]: Promise<T[K]> }} starting
 * @returns {Promise<T>}
 */
export async function together(...starting) {
  const ended = await Promise.allSettled(starting);
  const failed = ended.find((one) => one.status === 'rejected');
  if (!failed) return /** @type {T} */ (ended.map((one) => one.value));
  await Promise.all(ended.map(({ value }) => value?.stop?.() ?? value?.close?.()));
  throw failed.reason;
}
