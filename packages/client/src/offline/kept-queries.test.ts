import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepQueries, type KeptStorage } from './index';

function memory(): KeptStorage & { readonly size: () => number } {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    size: () => kept.size,
  };
}

const schedule = {
  queryKey: ['schedule'],
  queryFn: () => [{ startsAt: new Date('2026-11-22T06:00:00Z') }],
  meta: { keep: true },
} as const;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime('2026-11-22T00:00:00Z');
});
afterEach(() => {
  vi.useRealTimers();
});

describe('results kept on the device', () => {
  it('are there on the next page, dates as dates, and count as old', async () => {
    const storage = memory();
    const yesterday = new QueryClient();
    keepQueries(yesterday, storage);
    await yesterday.fetchQuery(schedule);
    await vi.advanceTimersByTimeAsync(1_000);

    vi.setSystemTime('2026-11-23T00:00:00Z');
    const today = new QueryClient();
    keepQueries(today, storage);
    expect(today.getQueryData(['schedule'])).toEqual([{ startsAt: new Date('2026-11-22T06:00:00Z') }]);
    expect(today.getQueryState(['schedule'])?.dataUpdatedAt).toBe(Date.parse('2026-11-22T00:00:00Z'));
  });

  it('are read again by the next page, however late they were read: what was told in between was not heard', async () => {
    const storage = memory();
    const before = new QueryClient();
    keepQueries(before, storage);
    await before.fetchQuery(schedule);
    await vi.advanceTimersByTimeAsync(1_000);

    const next = new QueryClient();
    keepQueries(next, storage);
    const moved = [{ startsAt: new Date('2026-11-22T07:00:00Z') }];
    await next.fetchQuery({ ...schedule, queryFn: () => moved, staleTime: 60_000 });
    expect(next.getQueryData(['schedule'])).toEqual(moved);
  });

  it('are only those that ask for it', async () => {
    const storage = memory();
    const queries = new QueryClient();
    keepQueries(queries, storage);
    await queries.fetchQuery({ queryKey: ['roster'], queryFn: () => ['somebody else'] });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(storage.size()).toBe(0);
  });

  it('outlive the screens that showed them', async () => {
    const storage = memory();
    const first = new QueryClient({ defaultOptions: { queries: { gcTime: 1_000 } } });
    keepQueries(first, storage);
    await first.fetchQuery(schedule);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(first.getQueryData(['schedule'])).toBeUndefined();
    await first.fetchQuery({ queryKey: ['me'], queryFn: () => '林海燕', meta: { keep: true } });
    await vi.advanceTimersByTimeAsync(1_000);
    const next = new QueryClient();
    keepQueries(next, storage);
    expect(next.getQueryData(['schedule'])).toBeDefined();
    expect(next.getQueryData(['me'])).toBe('林海燕');
  });

  it('are written at once when the page is left', async () => {
    const storage = memory();
    const queries = new QueryClient();
    keepQueries(queries, storage);
    await queries.fetchQuery(schedule);
    expect(storage.size()).toBe(0);
    window.dispatchEvent(new Event('pagehide'));
    expect(storage.size()).toBe(1);
  });

  it('are gone after two weeks, after signing out, and when they cannot be read', async () => {
    const storage = memory();
    const queries = new QueryClient();
    const kept = keepQueries(queries, storage);
    await queries.fetchQuery(schedule);
    await vi.advanceTimersByTimeAsync(1_000);
    vi.setSystemTime('2026-12-07T00:00:00Z');
    const late = new QueryClient();
    keepQueries(late, storage);
    expect(late.getQueryData(['schedule'])).toBeUndefined();

    await queries.fetchQuery({ ...schedule, staleTime: 0 });
    kept.forget();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(storage.size()).toBe(0);

    storage.setItem('cadre:kept', '{"broken');
    const broken = new QueryClient();
    keepQueries(broken, storage);
    expect(broken.getQueryCache().getAll()).toEqual([]);
  });
});
