/** How long nothing may move before it is said again what is being done. */
const SIGN_OF_LIFE_MS = 10_000;

/**
 * Says what is being done, Chinese first, now and then for how long it has been, and at the end how long it took.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @param {{ signOfLifeMs?: number | undefined }} [options] the pause between two signs of life; none with `Infinity`,
 *   for work that shows by itself how far it is
 * @returns {Promise<T>}
 */
export async function progress(what, work, { signOfLifeMs = SIGN_OF_LIFE_MS } = {}) {
  const started = performance.now();
  const passed = () => performance.now() - started;
  console.log(`▸ ${what}`);
  const signs = Number.isFinite(signOfLifeMs)
    ? setInterval(() => console.log(`  … ${what} · ${Math.round(passed() / 1000)} s`), signOfLifeMs)
    : undefined;
  try {
    const result = await work();
    console.log(`  ✓ ${seconds(passed())}`);
    return result;
  } finally {
    clearInterval(signs);
  }
}

/** @param {number} milliseconds */
export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;
