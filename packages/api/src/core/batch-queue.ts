/** What a batch made of one of its items. */
export type BatchOutcome<Result> = { ok: true; value: Result } | { ok: false; error: unknown };

export interface BatchQueue<Item, Result> {
  /** Resolves, or rejects, with what the item's batch made of it. */
  add(key: string, item: Item): Promise<Result>;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve: (value: Result) => void;
  reject: (error: unknown) => void;
}

const failedAll = <Result>(error: unknown, count: number): BatchOutcome<Result>[] =>
  Array.from({ length: count }, () => ({ ok: false, error }));

/**
 * Gathers what many want of one thing (a class, a room) and works it off in batches, in the order of arrival: one
 * batch per key at a time, whatever arrives meanwhile forms the next. It only saves work: nothing may rely on it for
 * correctness, since another process has a queue of its own.
 */
export function createBatchQueue<Item, Result>(
  limit: number,
  work: (key: string, items: readonly Item[]) => Promise<readonly BatchOutcome<Result>[]>,
): BatchQueue<Item, Result> {
  const queues = new Map<string, Waiting<Item, Result>[]>();

  const run = async (key: string, waiting: Waiting<Item, Result>[]): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, limit);
      const outcomes = await work(
        key,
        batch.map(({ item }) => item),
      ).catch((error: unknown) => failedAll<Result>(error, batch.length));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[index] ?? {
          ok: false,
          error: new Error('an item was left without an outcome'),
        };
        if (outcome.ok) resolve(outcome.value);
        else reject(outcome.error);
      }
    }
    queues.delete(key);
  };

  return {
    add(key, item) {
      return new Promise((resolve, reject) => {
        const waiting = queues.get(key);
        if (waiting) {
          waiting.push({ item, resolve, reject });
          return;
        }
        const fresh = [{ item, resolve, reject }];
        queues.set(key, fresh);
        // Requests that arrived together are read in the same turn; they form the first batch together.
        setImmediate(() => void run(key, fresh));
      });
    },
  };
}
