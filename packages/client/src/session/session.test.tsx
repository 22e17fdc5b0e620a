import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { Suspense, type ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppClientProvider, createAppClient } from '../api';
import { fakeServer, refuse } from '../testing';
import { meQuery, useMe, useSignIn, useSignOut, useUpdateSettings } from './index';
import type { Me } from '@cadre/domain/identity';

const id = '01890000-0000-7000-8000-000000000001';
const me: Me = {
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

function setUp(answers: Parameters<typeof fakeServer>[0]) {
  const server = fakeServer({ 'identity.me': () => me, ...answers });
  const client = createAppClient({ app: 'learner', url: 'http://server.test/trpc', fetch: server.fetch });
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <AppClientProvider client={client}>
      <Suspense fallback={null}>{children}</Suspense>
    </AppClientProvider>
  );
  return { server, client, wrapper };
}

afterEach(cleanup);

describe('signing in', () => {
  it('reads who it is before the app goes on', async () => {
    const { client, wrapper } = setUp({ 'identity.signIn': () => undefined });
    const { result } = renderHook(() => useSignIn(), { wrapper });
    await act(() => result.current.mutateAsync({ loginName: 'lin', password: 'secret' }));
    expect(client.queries.getQueryData(meQuery(client).queryKey)).toEqual(me);
  });

  it('with a wrong password leaves nobody signed in', async () => {
    const { client, wrapper, server } = setUp({ 'identity.signIn': () => refuse('CREDENTIALS_WRONG') });
    const { result } = renderHook(() => useSignIn(), { wrapper });
    await act(() =>
      expect(result.current.mutateAsync({ loginName: 'lin', password: 'x' })).rejects.toThrow(),
    );
    expect(client.queries.getQueryData(meQuery(client).queryKey)).toBeUndefined();
    expect(server.calls.map(({ procedure }) => procedure)).toEqual(['identity.signIn']);
  });
});

describe('signing out', () => {
  it('forgets everything that was read', async () => {
    const { client, wrapper, server } = setUp({ 'identity.signOutEverywhere': () => undefined });
    await client.queries.fetchQuery(meQuery(client));
    const onSignedOut = vi.fn();
    const { result } = renderHook(() => useSignOut(onSignedOut), { wrapper });
    await act(() => result.current.mutateAsync('everywhere'));
    expect(client.queries.getQueryCache().getAll()).toEqual([]);
    expect(onSignedOut).toHaveBeenCalledTimes(1);
    expect(server.calls.at(-1)?.procedure).toBe('identity.signOutEverywhere');
  });
});

describe('a changed setting', () => {
  const large = { ...me.settings, largeType: true };

  it('shows at once', async () => {
    const { wrapper } = setUp({ 'identity.updateSettings': () => new Promise<never>(() => undefined) });
    const { result } = renderHook(() => ({ me: useMe(), update: useUpdateSettings() }), { wrapper });
    await waitFor(() => expect(result.current).not.toBeNull());
    act(() => result.current.update.mutate(large));
    await waitFor(() => expect(result.current.me.settings.largeType).toBe(true));
  });

  it('goes back when the server refuses it', async () => {
    const { wrapper } = setUp({ 'identity.updateSettings': () => refuse('INPUT_INVALID') });
    const { result } = renderHook(() => ({ me: useMe(), update: useUpdateSettings() }), { wrapper });
    await waitFor(() => expect(result.current).not.toBeNull());
    act(() => result.current.update.mutate(large));
    await waitFor(() => expect(result.current.update.isError).toBe(true));
    expect(result.current.me.settings.largeType).toBe(false);
  });
});
