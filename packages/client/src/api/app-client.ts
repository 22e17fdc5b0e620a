import type { AppRouter } from '@cadre/api/app-router';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, type TRPCClient } from '@trpc/client';
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from '@trpc/tanstack-react-query';
import superjson from 'superjson';
import { keepQueries, readUnreachedAgain, type KeptStorage } from '../offline';
import { isPassing, refusalOf } from '../refusal';
import { sendOnce } from './send-once';

/** Which of the two apps is asking. */
export type AppName = 'learner' | 'admin';

/** The procedures as TanStack Query options: `api.enrollment.mine.queryOptions()`. */
export type Api = TRPCOptionsProxy<AppRouter>;

/** All an app needs to talk to the server. One per page. */
export interface AppClient {
  readonly app: AppName;
  readonly api: Api;
  /** The procedures as plain calls, for what is not a screen. */
  readonly calls: TRPCClient<AppRouter>;
  readonly queries: QueryClient;
  /** Forgets everything that was read, on this page and on this device. */
  readonly forget: () => void;
}

export interface AppClientOptions {
  readonly app: AppName;
  /** The sign-in has ended while a screen was open. */
  readonly onSignInEnded?: () => void;
  /** The account owes a change of password. */
  readonly onPasswordOwed?: () => void;
  /** Where results with `meta: { keep: true }` are kept for times without a network; nowhere when left out. */
  readonly keepIn?: KeptStorage;
  /** Where the server is, in tests. */
  readonly url?: string;
  readonly fetch?: typeof globalThis.fetch;
}

/** How long a result is taken as fresh, in ms; socket hints refetch it earlier. */
const freshFor = 30_000;

/**
 * Builds the client of one page. Every request carries `x-cadre-app`: a foreign page cannot send that header without
 * the server's consent, so the cookie alone never acts.
 */
export function createAppClient({
  app,
  onSignInEnded,
  onPasswordOwed,
  keepIn,
  url = '/trpc',
  fetch,
}: AppClientOptions): AppClient {
  const watch = (error: Error): void => {
    const { code } = refusalOf(error);
    if (code === 'NOT_SIGNED_IN') onSignInEnded?.();
    if (code === 'PASSWORD_CHANGE_REQUIRED') onPasswordOwed?.();
  };
  const queries = new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        staleTime: freshFor,
        // A refusal is an answer; only what may pass is asked again, and not while the phone is offline.
        retry: (count, error) => count < 2 && navigator.onLine && isPassing(error),
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  const calls = createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url,
        transformer: superjson,
        headers: { 'x-cadre-app': app },
        maxURLLength: 2_000,
        // The server refuses larger batches.
        maxItems: 20,
        ...(fetch ? { fetch: fetch as NonNullable<Parameters<typeof httpBatchLink>[0]['fetch']> } : {}),
      }),
    ],
  });
  sendOnce(calls);
  readUnreachedAgain(queries);
  const kept = keepIn && keepQueries(queries, keepIn);
  return {
    app,
    forget: () => {
      kept?.forget();
      queries.clear();
    },
    calls,
    queries,
    api: createTRPCOptionsProxy<AppRouter>({ client: calls, queryClient: queries }),
  };
}
