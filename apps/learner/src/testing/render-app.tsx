import { AppClientProvider } from '@cadre/client/api';
import type { KeptStorage } from '@cadre/client/offline';
import { testClient, type FakeAnswers, type TestClient } from '@cadre/client/testing';
import type { Me } from '@cadre/domain/identity';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { createAppRouter } from '../app/router';

const id = '01890000-0000-7000-8000-000000000001';

/** 林海燕, as she signs in every morning. */
export const me: Me = {
  accountId: id,
  person: {
    id,
    personNo: 'P0001',
    name: '林海燕',
    unit: { id, name: { zh: '垦荒镇', en: 'Kenhuang Town' } },
  },
  grants: [],
  settings: { language: 'zh', largeType: false, theme: 'system' },
  mustChangePassword: false,
};

export interface AppUnderTest extends TestClient {
  readonly path: () => string;
}

/**
 * The whole app at an address, with a server whose answers are the test's; 林海燕 is signed in unless told otherwise.
 * What was read is kept in `keepIn`, which a phone has and a test that says nothing of it has not.
 */
export function renderApp(path: string, answers: FakeAnswers = {}, keepIn?: KeptStorage): AppUnderTest {
  const { client, server } = testClient(
    'learner',
    { 'identity.me': () => me, ...answers },
    keepIn ? { keepIn } : {},
  );
  const router = createAppRouter(client, createMemoryHistory({ initialEntries: [path] }));
  render(
    <AppClientProvider client={client}>
      <RouterProvider router={router} />
    </AppClientProvider>,
  );
  return { client, server, path: () => router.history.location.pathname };
}
