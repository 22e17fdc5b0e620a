/**
 * Says what is being done, Chinese first, and how long it took.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function progress(what, work) {
  const started = performance.now();
  console.log(`▸ ${what}`);
  const result = await work();
  console.log(`  ✓ ${seconds(performance.now() - started)}`);
  return result;
}

/** @param {number} milliseconds */
export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;
