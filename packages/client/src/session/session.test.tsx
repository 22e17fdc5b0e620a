import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { Suspense, type ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppClientProvider, createAppClient } from '../api';
import { fakeServer, refuse } from '../testing';
import { enter, meQuery, useMe, useSignIn, useSignOut, useUpdateSettings } from './index';
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
    const { result } = renderHook(() => useSignIn(() => undefined), { wrapper });
    await act(() => result.current.mutateAsync({ loginName: 'lin', password: 'secret' }));
    expect(client.queries.getQueryData(meQuery(client).queryKey)).toEqual(me);
  });

  it('with a wrong password leaves nobody signed in', async () => {
    const { client, wrapper, server } = setUp({ 'identity.signIn': () => refuse('CREDENTIALS_WRONG') });
    const { result } = renderHook(() => useSignIn(() => undefined), { wrapper });
    await act(() =>
      expect(result.current.mutateAsync({ loginName: 'lin', password: 'x' })).rejects.toThrow(),
    );
    expect(client.queries.getQueryData(meQuery(client).queryKey)).toBeUndefined();
    expect(server.calls.map(({ procedure }) => procedure)).toEqual(['identity.signIn']);
  });
});

describe('a page that opens', () => {
  const keptPage = () => {
    const kept = new Map<string, string>();
    const keepIn = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    return { kept, keepIn };
  };
  const url = 'http://server.test/trpc';

  it('asks the server who is signed in, once', async () => {
    const { client, server } = setUp({});
    expect(await enter(client)).toEqual({ me });
    expect(await enter(client)).toEqual({ me });
    expect(server.calls.map(({ procedure }) => procedure).sort()).toEqual(['clock.now', 'identity.me']);
  });

  it('lets nobody in who owes a change of password', async () => {
    const { client } = setUp({ 'identity.me': () => ({ ...me, mustChangePassword: true }) });
    expect(await enter(client)).toEqual({ goTo: '/password' });
  });

  it('without a network goes on with the person this device remembers', async () => {
    const { kept, keepIn } = keptPage();
    const server = fakeServer({ 'identity.me': () => me });
    await enter(createAppClient({ app: 'learner', url, fetch: server.fetch, keepIn }));
    await waitFor(() => expect(kept.size).toBe(1));
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const fetch = () => Promise.reject(new TypeError('offline'));
    expect(await enter(createAppClient({ app: 'learner', url, fetch, keepIn }))).toEqual({ me });
    await expect(
      enter(createAppClient({ app: 'learner', url, fetch, keepIn: keptPage().keepIn })),
    ).rejects.toThrow();
  });

  it('forgets the remembered person when the server says that nobody is signed in', async () => {
    const { kept, keepIn } = keptPage();
    const server = fakeServer({ 'identity.me': () => me });
    await enter(createAppClient({ app: 'learner', url, fetch: server.fetch, keepIn }));
    await waitFor(() => expect(kept.size).toBe(1));
    server.answer({ 'identity.me': () => refuse('NOT_SIGNED_IN') });
    const client = createAppClient({ app: 'learner', url, fetch: server.fetch, keepIn });
    expect(await enter(client)).toEqual({ goTo: '/sign-in' });
    expect(kept.size).toBe(0);
    expect(client.queries.getQueryCache().getAll()).toEqual([]);
  });
});

describe('another person signing in on the same page', () => {
  it('finds nothing of the one before', async () => {
    const { client, wrapper, server } = setUp({ 'identity.signIn': () => undefined });
    await client.queries.fetchQuery(meQuery(client));
    client.queries.setQueryData(['credits'], 'of 林海燕');
    const other = {
      ...me,
      person: { ...me.person, id: '01890000-0000-7000-8000-000000000009', name: '林晓东' },
    };
    server.answer({ 'identity.me': () => other });
    const { result } = renderHook(() => useSignIn(() => undefined), { wrapper });
    await act(() => result.current.mutateAsync({ loginName: 'xiaodong', password: 'secret' }));
    expect(client.queries.getQueryData(['credits'])).toBeUndefined();
    expect(client.queries.getQueryData(meQuery(client).queryKey)).toEqual(other);
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
