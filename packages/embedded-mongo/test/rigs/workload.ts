import { MongoServerError, type MongoClient } from 'mongodb';
import { expect } from 'vitest';
import { randomSource } from '../support';

const ACCOUNTS = 10;
const OPENING = 1000;

/** What a writer does after a failure, which may last. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

interface Entry {
  _id: number;
  key: string;
  tags: string[];
  pad: string;
}

interface Counter {
  _id: number;
  n: number;
}

/**
 * Writers of three kinds (inserts, counters, transfers in transactions) that remember what they were told, so that what is
 * stored in the end can be held against it.
 */
export class Workload {
  readonly #client: MongoClient;
  readonly #writers: Promise<void>[];
  readonly #pad: string;
  #stopping = false;
  #next = 0;
  readonly #inserted = { acknowledged: new Set<number>(), refused: new Set<number>() };
  readonly #counted = new Map<number, { acknowledged: number; refused: number; tried: number }>();
  readonly #problems: string[] = [];
  /** The codes of all errors that the server answered with. */
  readonly codes = new Set<unknown>();

  private constructor(client: MongoClient, writers: number, pad: number) {
    this.#client = client;
    this.#pad = 'x'.repeat(pad);
    const random = randomSource(writers);
    this.#writers = Array.from({ length: writers }, (_, i) => {
      if (i % 3 === 0) return this.#inserting();
      return i % 3 === 1 ? this.#counting(i) : this.#transferring(random);
    });
  }

  /** Sets the collections up and lets the writers begin. Each inserted document has `pad` bytes more. */
  static async start(client: MongoClient, writers: number, pad = 0): Promise<Workload> {
    const { entries, accounts, counters } = collections(client);
    await entries.createIndexes([{ key: { key: 1 }, unique: true }, { key: { tags: 1, _id: -1 } }]);
    await accounts.insertMany(Array.from({ length: ACCOUNTS }, (_, _id) => ({ _id, n: OPENING })));
    await counters.insertMany(Array.from({ length: writers }, (_, _id) => ({ _id, n: 0 })));
    return new Workload(client, writers, pad);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#writers);
  }

  /** What was acknowledged is stored, what was refused is not, nothing was applied twice, no transfer is half done. */
  async expectKept(client: MongoClient): Promise<void> {
    const { entries, accounts, counters } = collections(client);
    const rows = await entries.find({}, { projection: { _id: 1 } }).toArray();
    const stored = new Set(rows.map((row) => row._id));
    const { acknowledged, refused } = this.#inserted;
    expect(acknowledged.size).toBeGreaterThan(0);
    expect([...acknowledged].filter((_id) => !stored.has(_id))).toEqual([]);
    expect([...refused].filter((_id) => stored.has(_id))).toEqual([]);
    for (const { _id, n } of await counters.find().toArray()) {
      const own = this.#counted.get(_id) ?? { acknowledged: 0, refused: 0, tried: 0 };
      expect(n).toBeGreaterThanOrEqual(own.acknowledged);
      expect(n).toBeLessThanOrEqual(own.tried - own.refused);
    }
    const sum = (await accounts.find().toArray()).reduce((total, one) => total + one.n, 0);
    expect(sum).toBe(ACCOUNTS * OPENING);
    expect(this.#problems).toEqual([]);
  }

  async #inserting(): Promise<void> {
    const { entries } = collections(this.#client);
    while (!this.#stopping) {
      const _id = this.#next++;
      const tags = [`t${_id % 5}`, `u${_id % 3}`];
      try {
        await entries.insertOne({ _id, key: `k${_id}`, tags, pad: this.#pad });
        this.#inserted.acknowledged.add(_id);
      } catch (error) {
        if (this.#isRefusal(error)) this.#inserted.refused.add(_id);
        if (error instanceof MongoServerError && error.code === 11000)
          this.#problems.push(`insert ${_id} was applied and then refused`);
        await pause();
      }
    }
  }

  async #counting(_id: number): Promise<void> {
    const { counters } = collections(this.#client);
    const own = { acknowledged: 0, refused: 0, tried: 0 };
    this.#counted.set(_id, own);
    while (!this.#stopping) {
      own.tried++;
      try {
        await counters.updateOne({ _id }, { $inc: { n: 1 } });
        own.acknowledged++;
      } catch (error) {
        if (this.#isRefusal(error)) own.refused++;
        await pause();
      }
    }
  }

  async #transferring(random: ReturnType<typeof randomSource>): Promise<void> {
    const { accounts } = collections(this.#client);
    while (!this.#stopping) {
      const from = random.below(ACCOUNTS);
      const to = (from + 1 + random.below(ACCOUNTS - 1)) % ACCOUNTS;
      try {
        await this.#client.withSession((session) =>
          session.withTransaction(async () => {
            await accounts.updateOne({ _id: from }, { $inc: { n: -7 } }, { session });
            await accounts.updateOne({ _id: to }, { $inc: { n: 7 } }, { session });
          }),
        );
      } catch (error) {
        this.#isRefusal(error);
        await pause();
      }
    }
  }

  /** Whether the server has said that it did not store this: the disk is full. */
  #isRefusal(error: unknown): boolean {
    if (!(error instanceof MongoServerError)) return false;
    this.codes.add(error.code);
    return error.code === 14031;
  }
}

function collections(client: MongoClient) {
  const db = client.db('workload');
  return {
    entries: db.collection<Entry>('entries'),
    accounts: db.collection<Counter>('accounts'),
    counters: db.collection<Counter>('counters'),
  };
}
