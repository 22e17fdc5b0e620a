import { useSyncExternalStore } from 'react';

let ended = false;
const listeners = new Set<() => void>();

/** Says that the sign-in ended while a screen was open, or that it was renewed. */
export function setSignInEnded(value: boolean): void {
  ended = value;
  for (const listener of listeners) listener();
}

export function useSignInEnded(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => ended,
  );
}
