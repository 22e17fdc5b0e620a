import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppClientProvider, createAppClient } from '../api';
import { fakeServer } from '../testing';
import { nextMorning, useIsDemonstration, useNow } from './index';

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

describe('the next morning', () => {
  it.each([
    ['2026-11-22T06:00:00Z', '2026-11-23T00:00:00.000Z', 'in the afternoon it is tomorrow'],
    ['2026-11-21T17:00:00Z', '2026-11-22T00:00:00.000Z', 'after midnight in Shanghai it is today'],
    ['2026-11-22T00:00:00Z', '2026-11-23T00:00:00.000Z', 'at eight sharp it is tomorrow'],
  ])('of %s is %s: %s', (now, expected) => {
    expect(nextMorning(new Date(now)).toISOString()).toBe(expected);
  });
});
