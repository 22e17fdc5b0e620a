import { createAppClient, type AppClient, type AppClientOptions, type AppName } from '../api';
import { meQuery, setSignInEnded } from '../session';
import { fakeServer, type FakeAnswers, type FakeServer } from './fake-server';

export interface TestClient {
  readonly client: AppClient;
  readonly server: FakeServer;
}

/** Sunday, 22 November 2026, 14:00 in Shanghai: the server's time in tests of screens unless they say otherwise. */
const NOW = new Date('2026-11-22T06:00:00Z');

/** A page's client on a server whose answers are the test's. Nothing is tried twice; a sign-in that ends is noted. */
export function testClient(
  app: AppName,
  answers: FakeAnswers,
  device: Pick<AppClientOptions, 'keepIn'> = {},
): TestClient {
  setSignInEnded(false);
  const server = fakeServer({ 'clock.now': () => ({ now: NOW, demonstration: false }), ...answers });
  const client = createAppClient({
    ...device,
    app,
    url: 'http://server.test/trpc',
    fetch: server.fetch,
    onSignInEnded: () => {
      if (client.queries.getQueryData(meQuery(client).queryKey)) setSignInEnded(true);
    },
  });
  client.queries.setDefaultOptions({
    queries: { ...client.queries.getDefaultOptions().queries, retry: false },
  });
  return { client, server };
}
