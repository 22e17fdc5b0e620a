import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withSignOfLife } from './sign-of-life';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('is given every ten seconds until the work is done, or has failed', async () => {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const ends = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));
  const done = withSignOfLife('准备演示数据', say, () => ends(25_000));
  await vi.advanceTimersByTimeAsync(60_000);
  await done;
  expect(lines).toEqual(['  … 准备演示数据 · 10 s', '  … 准备演示数据 · 20 s']);
  const failed = withSignOfLife('准备演示数据', say, () => Promise.reject(new Error('disk full')));
  await expect(failed).rejects.toThrow('disk full');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lines).toHaveLength(2);
});
