import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppClientProvider, createAppClient } from '../api';
import { fakeServer } from '../testing';
import { LiveProvider, useRoom, type LiveSocket } from './index';

const sessionId = '01890000-0000-7000-8000-000000000001';

/** A socket whose server is the test: `answer` is what the next joining brings. */
function roomSocket() {
  const handlers = new Map<string, (payload?: unknown) => void>();
  const sent: [string, unknown][] = [];
  const server = { answer: joined([]) as unknown };
  const socket = {
    connected: true,
    on: (event: string, handler: (payload?: unknown) => void) => handlers.set(event, handler),
    close: () => undefined,
    timeout: () => ({
      emitWithAck: (name: string, input: unknown) => {
        sent.push([name, input]);
        return Promise.resolve(server.answer);
      },
    }),
  } as unknown as LiveSocket;
  return { socket, sent, server, send: (event: string, payload?: unknown) => handlers.get(event)?.(payload) };
}
function joined(seqs: readonly number[]) {
  return {
    ok: true,
    value: { events: seqs.map((seq) => ({ seq })), lastSeq: seqs.at(-1) ?? 0, more: false },
  };
}
const event = (seq: number, of = sessionId) => ({ type: 'room:event', event: { sessionId: of, seq } });

function Screen({ lastSeq, onEvents }: { readonly lastSeq: number; readonly onEvents: () => void }) {
  const line = useRoom({ sessionId, as: 'watch', lastSeq }, onEvents);
  return <p>{line.state === 'refused' ? line.refusal.code : line.state}</p>;
}

async function show(room: ReturnType<typeof roomSocket>, lastSeq: number) {
  const client = createAppClient({ app: 'learner', url: 'http://server.test', fetch: fakeServer({}).fetch });
  const onEvents = vi.fn();
  const open = () => Promise.resolve(room.socket);
  const view = (seq: number | null) => (
    <AppClientProvider client={client}>
      <LiveProvider open={open}>{seq !== null && <Screen lastSeq={seq} onEvents={onEvents} />}</LiveProvider>
    </AppClientProvider>
  );
  const { rerender } = render(view(lastSeq));
  await act(() => vi.advanceTimersByTimeAsync(10));
  await act(async () => {
    room.send('connect');
    await vi.advanceTimersByTimeAsync(10);
  });
  return { onEvents, read: (seq: number) => rerender(view(seq)), leave: () => rerender(view(null)) };
}
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('a screen in a room', () => {
  it('is told once of many events, and not of those it has read or of other rooms', async () => {
    const room = roomSocket();
    const { onEvents } = await show(room, 3);
    expect(screen.getByText('joined')).toBeDefined();
    room.send('room:event', event(3));
    room.send('room:event', event(9, '01890000-0000-7000-8000-000000000002'));
    await pass(300);
    expect(onEvents).not.toHaveBeenCalled();
    room.send('room:event', event(4));
    room.send('room:event', event(5));
    room.send('room:event', event(4));
    await pass(300);
    expect(onEvents).toHaveBeenCalledTimes(1);
  });

  it('asks after every interruption for what came since, and is told of it once', async () => {
    const room = roomSocket();
    const { onEvents, read } = await show(room, 3);
    room.server.answer = joined([5, 6]);
    await act(async () => {
      room.send('connect');
      await vi.advanceTimersByTimeAsync(300);
    });
    expect(room.sent.at(-1)).toEqual(['live:join', { sessionId, as: 'watch', since: 3 }]);
    expect(onEvents).toHaveBeenCalledTimes(1);
    read(6);
    room.server.answer = joined([]);
    await act(async () => {
      room.send('connect');
      await vi.advanceTimersByTimeAsync(300);
    });
    expect(room.sent.at(-1)).toEqual(['live:join', { sessionId, as: 'watch', since: 6 }]);
    expect(onEvents).toHaveBeenCalledTimes(1);
  });

  it('says why it is not let in, and leaves when it is closed', async () => {
    const room = roomSocket();
    room.server.answer = {
      ok: false,
      refusal: { code: 'NOT_FOUND', kind: 'not-found', details: {}, requestId: 'r' },
    };
    const { leave } = await show(room, 0);
    expect(screen.getByText('NOT_FOUND')).toBeDefined();
    leave();
    expect(room.sent.at(-1)).toEqual(['live:leave', { sessionId }]);
  });
});
