import { useQuery } from '@tanstack/react-query';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppClientProvider, createAppClient, type AppClient } from '../api';
import { fakeServer } from '../testing';
import { nextMorning, useIsDemonstration, useNow, useShownSince } from './index';
import { clockQuery } from './server-clock';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function Clock() {
  const now = useNow();
  return (
    <p>
      {now.toISOString()} {useIsDemonstration() ? 'demonstration' : 'real'}
    </p>
  );
}

describe('the clock on screen', () => {
  it('is the server’s, however wrong the phone is, and goes on ticking', async () => {
    vi.setSystemTime('1999-01-01T00:00:00Z');
    const server = fakeServer({
      'clock.now': () => ({ now: new Date('2026-11-22T06:00:00.000Z'), demonstration: true }),
    });
    const client = createAppClient({ app: 'learner', url: 'http://server.test/trpc', fetch: server.fetch });
    render(
      <AppClientProvider client={client}>
        <Clock />
      </AppClientProvider>,
    );
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(screen.getByText(/^2026-11-22T06:00:00\.00\dZ demonstration$/)).toBeDefined();
    await act(() => vi.advanceTimersByTimeAsync(3_000));
    expect(screen.getByText(/^2026-11-22T06:00:03\.00\dZ demonstration$/)).toBeDefined();
  });
});

describe('since when the screen shows what it could not read again', () => {
  function Screen() {
    useNow();
    useQuery({ queryKey: ['credits'], queryFn: () => Promise.reject(new TypeError('offline')) });
    return <p>{useShownSince()?.toISOString() ?? 'claims nothing'}</p>;
  }
  const offline = (before: (client: AppClient) => void) => {
    const fetch = () => Promise.reject(new TypeError('offline'));
    const client = createAppClient({ app: 'learner', url: 'http://server.test/trpc', fetch });
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    vi.setSystemTime('2026-11-22T06:00:00Z');
    client.queries.setQueryData([...clockQuery(client).queryKey], {
      now: new Date(),
      demonstration: false,
      takenAt: 0,
      timerFrom: 0,
      deviceTime: Date.now(),
    });
    before(client);
    vi.setSystemTime('2026-11-22T07:00:00Z');
    render(
      <AppClientProvider client={client}>
        <Screen />
      </AppClientProvider>,
    );
    return act(() => vi.advanceTimersByTimeAsync(10));
  };
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('is the age of its content', async () => {
    await offline(({ queries }) => queries.setQueryData(['credits'], 'kept'));
    expect(screen.getByText('2026-11-22T06:00:00.000Z')).toBeDefined();
  });

  it('is not claimed where none of its content is there', async () => {
    await offline(() => undefined);
    expect(screen.getByText('claims nothing')).toBeDefined();
  });
});

describe('the next morning', () => {
  it.each([
    ['2026-11-22T06:00:00Z', '2026-11-23T00:00:00.000Z', 'in the afternoon it is tomorrow'],
    ['2026-11-21T17:00:00Z', '2026-11-22T00:00:00.000Z', 'after midnight in Shanghai it is today'],
    ['2026-11-22T00:00:00Z', '2026-11-23T00:00:00.000Z', 'at eight sharp it is tomorrow'],
  ])('of %s is %s: %s', (now, expected) => {
    expect(nextMorning(new Date(now)).toISOString()).toBe(expected);
  });
});
