import { describe, expect, it } from 'vitest';
import { createBatchQueue, type BatchOutcome } from './batch-queue';

const done = <Result>(value: Result): BatchOutcome<Result> => ({ ok: true, value });

describe('a batch queue', () => {
  it('works off what arrives together in batches, in order, one batch of a key at a time', async () => {
    const batches: [string, number[]][] = [];
    let running = 0;
    const queue = createBatchQueue<number, number>(3, async (key, items) => {
      running += 1;
      expect(running).toBe(1);
      batches.push([key, [...items]]);
      await new Promise(setImmediate);
      running -= 1;
      return items.map((item) => done(item * 10));
    });
    expect(await Promise.all([1, 2, 3, 4, 5].map((item) => queue.add('a', item)))).toEqual([
      10, 20, 30, 40, 50,
    ]);
    expect(batches).toEqual([
      ['a', [1, 2, 3]],
      ['a', [4, 5]],
    ]);
  });

  it('keeps keys apart', async () => {
    const queue = createBatchQueue<number, string>(9, (key, items) =>
      Promise.resolve(items.map((item) => done(`${key}${item}/${items.length}`))),
    );
    expect(await Promise.all([queue.add('a', 1), queue.add('b', 2), queue.add('a', 3)])).toEqual([
      'a1/2',
      'b2/1',
      'a3/2',
    ]);
  });

  it('tells each item its own outcome', async () => {
    const queue = createBatchQueue<number, number>(9, (_key, items) =>
      Promise.resolve(
        items.map((item) => (item % 2 === 0 ? done(item) : { ok: false, error: new Error(`odd ${item}`) })),
      ),
    );
    const [odd, even] = await Promise.allSettled([queue.add('a', 1), queue.add('a', 2)]);
    expect(odd).toMatchObject({ status: 'rejected', reason: { message: 'odd 1' } });
    expect(even).toEqual({ status: 'fulfilled', value: 2 });
  });

  it('goes on after a batch that failed as a whole', async () => {
    let first = true;
    const queue = createBatchQueue<number, number>(9, (_key, items) => {
      if (!first) return Promise.resolve(items.map(done));
      first = false;
      return Promise.reject(new Error('database away'));
    });
    await expect(Promise.all([queue.add('a', 1), queue.add('a', 2)])).rejects.toThrow('database away');
    expect(await queue.add('a', 3)).toBe(3);
  });
});
