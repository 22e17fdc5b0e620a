import { AppClientProvider } from '@cadre/client/api';
import { testClient, type FakeAnswers, type FakeServer } from '@cadre/client/testing';
import type { Me } from '@cadre/domain/identity';
import { AdminKit } from '@cadre/ui/admin';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { createAppRouter } from '../app/router';

const id = '01890000-0000-7000-8000-000000000001';

/** 王敏, who looks after the whole alliance. */
export const me: Me = {
  accountId: id,
  person: { id, personNo: 'P0002', name: '王敏', unit: { id, name: { zh: '市委党校', en: 'Party School' } } },
  grants: [{ id, role: 'alliance-admin', scope: { kind: 'network' } }],
  settings: { language: 'zh', largeType: false, theme: 'system' },
  mustChangePassword: false,
};

export interface AppUnderTest {
  readonly server: FakeServer;
  readonly path: () => string;
}

/** The whole app at an address, with a server whose answers are the test's; 王敏 is signed in unless told otherwise. */
export function renderApp(path: string, answers: FakeAnswers = {}): AppUnderTest {
  const { client, server } = testClient('admin', { 'identity.me': () => me, ...answers });
  const router = createAppRouter(client, createMemoryHistory({ initialEntries: [path] }));
  render(
    <AppClientProvider client={client}>
      <AdminKit>
        <RouterProvider router={router} />
      </AdminKit>
    </AppClientProvider>,
  );
  return { server, path: () => router.history.location.pathname };
}
