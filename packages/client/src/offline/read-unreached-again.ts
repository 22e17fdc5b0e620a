import type { Query, QueryClient } from '@tanstack/react-query';
import { refusalOf } from '../refusal';

/** How long after a read that got no answer it is tried again, in ms. The spread keeps a hall of phones apart. */
const pause = { least: 2_000, spread: 2_000 } as const;

const gotNoAnswer = ({ state }: Query): boolean =>
  state.status === 'error' && state.fetchStatus === 'idle' && refusalOf(state.error).kind === 'unreachable';

/**
 * Reads again by itself what an open screen shows and no answer came for: at once when the device has a network
 * again, and every few seconds while it has one. What the server has refused is left alone.
 */
export function readUnreachedAgain(queries: QueryClient): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const again = (): void => {
    clearTimeout(timer);
    timer = undefined;
    void queries.refetchQueries({ type: 'active', predicate: gotNoAnswer });
  };
  globalThis.addEventListener('online', again);
  queries.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'error' || !navigator.onLine) return;
    if (gotNoAnswer(event.query as Query))
      timer ??= setTimeout(again, pause.least + Math.random() * pause.spread);
  });
}
