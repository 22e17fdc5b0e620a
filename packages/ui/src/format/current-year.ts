import { useSyncExternalStore } from 'react';

/** The year in Shanghai of a moment. */
const yearOf = (now: Date): number => new Date(now.getTime() + 8 * 3_600_000).getUTCFullYear();

let told: number | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The year it is: that of the clock the app was told, else of the device. */
export const currentYear = (): number => told ?? yearOf(new Date());

/** For components: follows the year as it turns. */
export const useCurrentYear = (): number => useSyncExternalStore(subscribe, currentYear);

/** The app's clock says what time it is: dates of another year carry their own from now on. */
export function tellTime(now: Date): void {
  const year = yearOf(now);
  if (year === told) return;
  told = year;
  for (const listener of listeners) listener();
}
