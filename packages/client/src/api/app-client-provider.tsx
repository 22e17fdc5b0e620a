import { QueryClientProvider } from '@tanstack/react-query';
import { createContext, use, type ReactNode } from 'react';
import type { Api, AppClient } from './app-client';

const AppClientContext = createContext<AppClient | null>(null);

/** Gives the client of the page to everything below, TanStack Query included. */
export function AppClientProvider({
  client,
  children,
}: {
  readonly client: AppClient;
  readonly children: ReactNode;
}) {
  return (
    <AppClientContext value={client}>
      <QueryClientProvider client={client.queries}>{children}</QueryClientProvider>
    </AppClientContext>
  );
}

export function useAppClient(): AppClient {
  const client = use(AppClientContext);
  if (!client) throw new Error('useAppClient is used outside AppClientProvider');
  return client;
}

/** The procedures for a component: `useQuery(useApi().identity.me.queryOptions())`. */
export function useApi(): Api {
  return useAppClient().api;
}
