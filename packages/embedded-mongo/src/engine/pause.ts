import { PAUSE } from '../aggregate';

/** Lets the event loop serve others before it goes on. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Reads items until `take` returns false or there are none left, and lets others be served whenever the source pauses.
 * Resolves to whether the source is exhausted; a source given up early is left where it stands.
 */
export async function pull<T>(
  source: Iterator<T | typeof PAUSE, unknown>,
  take: (item: T) => boolean,
): Promise<boolean> {
  for (;;) {
    const next = source.next();
    if (next.done) return true;
    if (next.value === PAUSE) await nextTurn();
    else if (!take(next.value as T)) return false;
  }
}
