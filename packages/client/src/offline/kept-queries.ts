import type { Query, QueryClient, QueryKey, QueryMeta, QueryState } from '@tanstack/react-query';
import superjson from 'superjson';

/** Where kept results live: `localStorage`, or a map in tests. */
export type KeptStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

interface KeptQuery {
  readonly queryKey: QueryKey;
  readonly queryHash: string;
  readonly meta: QueryMeta;
  readonly state: QueryState;
}

const name = 'cadre:kept';
/** Changes when kept results of an older app can no longer be read. */
const version = 4;
/** Results older than this are not shown again, in ms. */
const keptFor = 14 * 86_400_000;
/** How many results are kept, the newest first. */
const keptAtMost = 60;
/** How long writes are gathered, in ms. */
const gather = 500;

export interface KeptQueries {
  /** Forgets everything, at once. */
  readonly forget: () => void;
}

function read(storage: KeptStorage): KeptQuery[] {
  try {
    const text = storage.getItem(name);
    if (text === null) return [];
    const kept = superjson.parse<{ version: number; queries: KeptQuery[] }>(text);
    return kept.version === version ? kept.queries : [];
  } catch {
    return [];
  }
}

/**
 * Keeps the results of queries with `meta: { keep: true }` on this device, so that their screens open without a
 * network. Results come back as stale: with a network they are read again at once.
 */
export function keepQueries(queries: QueryClient, storage: KeptStorage): KeptQueries {
  const oldest = Date.now() - keptFor;
  const kept = new Map(
    read(storage)
      .filter(({ state }) => state.dataUpdatedAt > oldest)
      .map((query) => [query.queryHash, query]),
  );
  for (const { state, ...options } of kept.values()) {
    // What was kept stays until it is forgotten, also while no screen shows it.
    // Whatever was told while no page was open was not heard here, so that it is old however late it was read.
    const old = { ...state, isInvalidated: true };
    queries.getQueryCache().build(queries, { ...options, gcTime: Infinity }, old);
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    timer = undefined;
    const newest = [...kept.values()]
      .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
      .slice(0, keptAtMost);
    try {
      storage.setItem(name, superjson.stringify({ version, queries: newest }));
    } catch {
      // A full or closed storage keeps nothing; with a network everything works as before.
    }
  };

  // A page that is left at once writes what it has gathered.
  globalThis.addEventListener('pagehide', () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    write();
  });

  queries.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return;
    const { queryKey, queryHash, meta, state } = event.query as Query;
    if (meta?.keep !== true) return;
    kept.set(queryHash, {
      queryKey,
      queryHash,
      meta,
      state: { ...state, fetchStatus: 'idle', fetchMeta: null },
    });
    timer ??= setTimeout(write, gather);
  });

  return {
    forget: () => {
      clearTimeout(timer);
      timer = undefined;
      kept.clear();
      storage.removeItem(name);
    },
  };
}
