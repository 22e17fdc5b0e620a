import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { progress } from '../scripts/steps/progress.mjs';

describe('the progress of a step', () => {
  const lines: string[] = [];
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  });
  afterEach(() => {
    lines.length = 0;
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  /** A step that takes so long, on the clock of the test. */
  async function step(milliseconds: number, options?: Parameters<typeof progress>[2]) {
    let end = (_result: string) => undefined as void;
    let fail = (_reason: Error) => undefined as void;
    const work = new Promise<string>((resolve, reject) => {
      end = resolve;
      fail = reject;
    });
    const done = progress('安装依赖 · installing packages', () => work, options);
    await vi.advanceTimersByTimeAsync(milliseconds);
    return { done, end, fail };
  }

  it('says every ten seconds what is being done, and for how long', async () => {
    const { done, end } = await step(25_300);
    end('installed');
    expect(await done).toBe('installed');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(lines).toEqual([
      '▸ 安装依赖 · installing packages',
      '  … 安装依赖 · installing packages · 10 s',
      '  … 安装依赖 · installing packages · 20 s',
      '  ✓ 25.3 s',
    ]);
  });

  it('leaves it to work that shows by itself how far it is', async () => {
    const { done, end } = await step(25_300, { signOfLifeMs: Infinity });
    end('installed');
    await done;
    expect(lines).toEqual(['▸ 安装依赖 · installing packages', '  ✓ 25.3 s']);
  });

  it('gives no sign any more of work that has failed', async () => {
    const { done, fail } = await step(0);
    fail(new Error('no network'));
    await expect(done).rejects.toThrow('no network');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(lines).toEqual(['▸ 安装依赖 · installing packages']);
  });
});
