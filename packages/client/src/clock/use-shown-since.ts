import { useQueryClient, type QueryCache } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { isPassing } from '../refusal';
import { useServerTime } from './server-clock';

/** When the oldest result on screen was read that could not be read again, by this device's clock; null when all is fresh. */
function oldestShown(cache: QueryCache): number | null {
  const left = cache
    .getAll()
    .filter(
      (query) =>
        query.getObserversCount() > 0 &&
        query.meta?.behind !== true &&
        query.state.data !== undefined &&
        query.state.status === 'error' &&
        isPassing(query.state.error),
    )
    .map(({ state }) => state.dataUpdatedAt);
  return left.length === 0 ? null : Math.min(...left);
}

/** Since when the screen shows what it could not read again: without a network, or while the server is out of reach. */
export function useShownSince(): Date | null {
  const toServer = useServerTime();
  const cache = useQueryClient().getQueryCache();
  const subscribe = useCallback((listener: () => void) => cache.subscribe(listener), [cache]);
  const since = useSyncExternalStore(subscribe, () => oldestShown(cache));
  return since === null ? null : toServer(since);
}
