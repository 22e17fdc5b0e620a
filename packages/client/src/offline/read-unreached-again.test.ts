import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readUnreachedAgain } from './index';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function watch(read: () => Promise<string>) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } });
  readUnreachedAgain(queries);
  const observer = new QueryObserver(queries, { queryKey: ['classes'], queryFn: read });
  const leave = observer.subscribe(() => undefined);
  return { observer, leave };
}

it('reads again as soon as the device has a network, and not before', async () => {
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const read = vi.fn(() =>
    navigator.onLine ? Promise.resolve('read') : Promise.reject(new TypeError('offline')),
  );
  const { observer } = watch(read);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledTimes(1);
  online.mockReturnValue(true);
  window.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(10);
  expect(observer.getCurrentResult().data).toBe('read');
});

it('goes on trying while the server is out of reach, as long as the screen is open', async () => {
  let down = true;
  const read = vi.fn(() => (down ? Promise.reject(new TypeError('no answer')) : Promise.resolve('read')));
  const { observer, leave } = watch(read);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(read.mock.calls.length).toBeGreaterThanOrEqual(3);
  down = false;
  await vi.advanceTimersByTimeAsync(4_000);
  expect(observer.getCurrentResult().data).toBe('read');
  down = true;
  leave();
  const before = read.mock.calls.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledTimes(before);
});

it('leaves alone what failed in another way', async () => {
  const read = vi.fn(() => Promise.reject(new Error('a defect')));
  watch(read);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(read).toHaveBeenCalledTimes(1);
});
