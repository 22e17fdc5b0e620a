import type { Me } from '@cadre/domain/identity';
import { useQuery } from '@tanstack/react-query';
import { act, cleanup, render, screen } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppClientProvider, createAppClient, useAppClient } from '../api';
import { useMe, useSignInEnded } from '../session';
import { fakeServer, refuse, testClient } from '../testing';
import { createLiveConnection } from './live-connection';
import { LiveProvider, useLive, useServerStopping, type LiveSocket } from './index';

const classId = '01890000-0000-7000-8000-000000000001';

/** A socket whose server is the test. */
function fakeSocket() {
  const handlers = new Map<string, (payload?: unknown) => void>();
  const sent: unknown[] = [];
  const state = { closed: false };
  const socket = {
    connected: true,
    on: (event: string, handler: (payload?: unknown) => void) => handlers.set(event, handler),
    close: () => {
      state.closed = true;
    },

    timeout: () => ({
      emitWithAck: (name: string, input: unknown) => {
        sent.push([name, input]);
        return Promise.resolve({ ok: true, value: {} });
      },
    }),
  } as unknown as LiveSocket;
  return { socket, sent, state, send: (event: string, payload?: unknown) => handlers.get(event)?.(payload) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function setUp() {
  let reads = 0;
  const server = fakeServer({
    'clock.now': () => ({ now: new Date(++reads * 1_000), demonstration: false }),
  });
  const client = createAppClient({ app: 'learner', url: 'http://server.test/trpc', fetch: server.fetch });
  return { client, reads: () => reads };
}

function Seats({ heard }: { readonly heard: (id: string) => void }) {
  const { api } = useAppClient();
  const { data } = useQuery({ ...api.clock.now.queryOptions(), meta: { live: ['enrollment:changed'] } });
  useLive('enrollment:changed', (fact) => heard(fact.classId));
  return <p>{data ? `read ${data.now.getTime() / 1_000}` : 'reading'}</p>;
}

describe('live facts', () => {
  it('make an open screen read again what they concern, once for many', async () => {
    const { client, reads } = setUp();
    const { socket, send } = fakeSocket();
    const heard = vi.fn();
    render(
      <AppClientProvider client={client}>
        <LiveProvider open={() => Promise.resolve(socket)}>
          <Seats heard={heard} />
        </LiveProvider>
      </AppClientProvider>,
    );
    await act(() => vi.advanceTimersByTimeAsync(10));
    expect(screen.getByText('read 1')).toBeDefined();

    const fact = { type: 'enrollment:changed', classId, personIds: [] };
    send('enrollment:changed', fact);
    send('enrollment:changed', fact);
    send('credit:changed', { type: 'credit:changed', personIds: [] });
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    expect(screen.getByText('read 2')).toBeDefined();
    expect(reads()).toBe(2);
    expect(heard.mock.calls).toEqual([[classId], [classId]]);
  });

  it('that may have been missed while the socket was away are made up for', async () => {
    const { client, reads } = setUp();
    const { socket, send, state } = fakeSocket();
    const { unmount } = render(
      <AppClientProvider client={client}>
        <LiveProvider open={() => Promise.resolve(socket)}>
          <Seats heard={() => undefined} />
        </LiveProvider>
      </AppClientProvider>,
    );
    await act(() => vi.advanceTimersByTimeAsync(10));
    send('connect');
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    expect(reads()).toBe(1);
    send('connect');
    await act(() => vi.advanceTimersByTimeAsync(10));
    expect(reads()).toBe(2);
    unmount();
    expect(state.closed).toBe(true);
  });

  it('of signing out everywhere end an open page of another device within a second', async () => {
    const name = { zh: '大陈镇', en: '' };
    const me: Me = {
      accountId: classId,
      person: { id: classId, personNo: 'TZ00001', name: '林海燕', unit: { id: classId, name } },
      grants: [],
      settings: { language: 'zh', largeType: false, theme: 'system' },
      mustChangePassword: false,
    };
    const { client, server } = testClient('learner', { 'identity.me': () => me });
    const { socket, send } = fakeSocket();
    const Page = () => {
      useMe();
      return <p>{useSignInEnded() ? 'signed out' : 'at work'}</p>;
    };
    render(
      <AppClientProvider client={client}>
        <LiveProvider open={() => Promise.resolve(socket)}>
          <Suspense>
            <Page />
          </Suspense>
        </LiveProvider>
      </AppClientProvider>,
    );
    await act(() => vi.advanceTimersByTimeAsync(10));
    expect(screen.getByText('at work')).toBeDefined();
    server.answer({ 'identity.me': () => refuse('NOT_SIGNED_IN') });
    send('account:signed-out', { type: 'account:signed-out', personId: classId });
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    expect(screen.getByText('signed out')).toBeDefined();
  });

  it('leave queries alone that do not speak of them, except when the clock moves', async () => {
    const { client } = setUp();
    const { socket, send } = fakeSocket();
    const { queryKey } = client.api.clock.now.queryOptions();
    client.queries.setQueryData(queryKey, { now: new Date(0), demonstration: true });
    const live = createLiveConnection({
      queries: client.queries,
      open: () => Promise.resolve(socket),
      random: () => 0,
    });
    const stop = live.start();
    await vi.advanceTimersByTimeAsync(1);
    send('class:changed', { type: 'class:changed', classId });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.queries.getQueryState(queryKey)?.isInvalidated).toBe(false);
    send('clock:moved', { type: 'clock:moved' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(client.queries.getQueryState(queryKey)?.isInvalidated).toBe(true);
    stop();
  });
});

function Restarting() {
  return <p>{useServerStopping() ? 'restarting' : 'running'}</p>;
}

it('the server that goes away is known to be away until the socket is back', async () => {
  const { client } = setUp();
  const { socket, send } = fakeSocket();
  render(
    <AppClientProvider client={client}>
      <LiveProvider open={() => Promise.resolve(socket)}>
        <Restarting />
      </LiveProvider>
    </AppClientProvider>,
  );
  await act(() => vi.advanceTimersByTimeAsync(10));
  act(() => send('connect'));
  expect(screen.getByText('running')).toBeDefined();
  act(() => send('server:stopping'));
  expect(screen.getByText('restarting')).toBeDefined();
  act(() => send('connect'));
  expect(screen.getByText('running')).toBeDefined();
});

describe('topics', () => {
  const topic = { kind: 'class', id: classId } as const;

  it('are followed once however many screens ask, again after a reconnect, and left by the last', async () => {
    const { client } = setUp();
    const { socket, send, sent } = fakeSocket();
    const live = createLiveConnection({
      queries: client.queries,
      open: () => Promise.resolve(socket),
      random: () => 0,
    });
    live.start();
    await vi.advanceTimersByTimeAsync(1);
    const [leave, leaveToo] = [live.follow(topic), live.follow(topic)];
    expect(sent).toEqual([['live:follow', { topics: [topic] }]]);
    send('connect');
    expect(sent).toHaveLength(2);
    leave();
    expect(sent).toHaveLength(2);
    leaveToo();
    expect(sent[2]).toEqual(['live:unfollow', { topics: [topic] }]);
  });

  it('asked for before the socket is there are followed when it connects', async () => {
    const { client } = setUp();
    const { socket, send, sent } = fakeSocket();
    const live = createLiveConnection({
      queries: client.queries,
      open: () => Promise.resolve(socket),
      random: () => 0,
    });
    live.follow(topic);
    live.start();
    await vi.advanceTimersByTimeAsync(1);
    send('connect');
    expect(sent).toEqual([['live:follow', { topics: [topic] }]]);
  });
});

describe('commands', () => {
  it('without a socket or an answer come back empty-handed, not as an exception', async () => {
    const { client } = setUp();
    const silent = {
      ...fakeSocket().socket,
      timeout: () => ({ emitWithAck: () => Promise.reject(new Error('timeout')) }),
    };
    const live = createLiveConnection({
      queries: client.queries,
      open: () => Promise.resolve(silent as unknown as LiveSocket),
      random: () => 0,
    });
    expect(await live.command('live:leave', { sessionId: classId })).toBeNull();
    live.start();
    await vi.advanceTimersByTimeAsync(1);
    expect(await live.command('live:leave', { sessionId: classId })).toBeNull();
  });
});
