import { MongoClient, type MongoServerError } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { verify } from '../../src/maintenance';
import { randomSource, temporaryFolder } from '../support';
import { freePort, setting, startProcess } from './child';

const ROUNDS = setting('CRASH_ROUNDS', 2);
const WRITERS = setting('CRASH_WRITERS', 12);
const ACCOUNTS = 10;
const OPENING = 1000;

interface Entry {
  _id: number;
  key: string;
  tags: string[];
}

interface Counter {
  _id: number;
  n: number;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a server killed while it is being written to', () => {
  const folder = temporaryFolder();

  it(
    `loses nothing acknowledged and applies nothing twice (${ROUNDS} rounds, ${WRITERS} writers)`,
    { timeout: 60_000 + ROUNDS * 20_000 },
    async () => {
      const random = randomSource(ROUNDS);
      const args = ['--dbpath', folder(), '--port', String(await freePort())];
      let server = await startProcess(...args);
      const client = await new MongoClient(server.uri, {
        serverSelectionTimeoutMS: 60_000,
        maxPoolSize: 64,
      }).connect();
      const db = client.db('crash');
      const entries = db.collection<Entry>('entries');
      const counters = db.collection<Counter>('counters');
      const accounts = db.collection<Counter>('accounts');
      await entries.createIndexes([{ key: { key: 1 }, unique: true }, { key: { tags: 1, _id: -1 } }]);
      await accounts.insertMany(Array.from({ length: ACCOUNTS }, (_, _id) => ({ _id, n: OPENING })));
      await counters.insertMany(Array.from({ length: WRITERS }, (_, _id) => ({ _id, n: 0 })));
      let stop = false;
      let next = 0;
      const acknowledged = new Set<number>();
      const counted = new Map<number, { sure: number; tried: number }>();
      const problems: string[] = [];
      const inserting = async (): Promise<void> => {
        while (!stop) {
          const _id = next++;
          try {
            await entries.insertOne({ _id, key: `k${_id}`, tags: [`t${_id % 5}`, `u${_id % 3}`] });
            acknowledged.add(_id);
          } catch (error) {
            if ((error as MongoServerError).code === 11000)
              problems.push(`insert ${_id} was applied and then refused`);
            await pause(20);
          }
        }
      };
      const counting = async (_id: number): Promise<void> => {
        const own = { sure: 0, tried: 0 };
        counted.set(_id, own);
        while (!stop) {
          own.tried++;
          try {
            await counters.updateOne({ _id }, { $inc: { n: 1 } });
            own.sure++;
          } catch {
            await pause(20);
          }
        }
      };
      const transferring = async (): Promise<void> => {
        while (!stop) {
          const from = random.below(ACCOUNTS);
          const to = (from + 1 + random.below(ACCOUNTS - 1)) % ACCOUNTS;
          try {
            await client.withSession((session) =>
              session.withTransaction(async () => {
                await accounts.updateOne({ _id: from }, { $inc: { n: -7 } }, { session });
                await accounts.updateOne({ _id: to }, { $inc: { n: 7 } }, { session });
              }),
            );
          } catch {
            await pause(20);
          }
        }
      };
      const writers = Array.from({ length: WRITERS }, (_, i) =>
        i % 3 === 0 ? inserting() : i % 3 === 1 ? counting(i) : transferring(),
      );
      for (let round = 0; round < ROUNDS; round++) {
        await pause(200 + random.below(600));
        await server.kill();
        server = await startProcess(...args);
      }
      await pause(200);
      stop = true;
      await Promise.all(writers);
      await server.kill();
      server = await startProcess(...args);

      const stored = new Set(
        (await entries.find({}, { projection: { _id: 1 } }).toArray()).map((one) => one._id),
      );
      expect([...acknowledged].filter((_id) => !stored.has(_id))).toEqual([]);
      expect(acknowledged.size).toBeGreaterThan(0);
      for (const { _id, n } of await counters.find().toArray()) {
        const { sure, tried } = counted.get(_id) ?? { sure: 0, tried: 0 };
        expect(n).toBeGreaterThanOrEqual(sure);
        expect(n).toBeLessThanOrEqual(tried);
      }
      const sum = (await accounts.find().toArray()).reduce((total, one) => total + one.n, 0);
      expect(sum).toBe(ACCOUNTS * OPENING);
      expect(problems).toEqual([]);
      await client.close();
      await server.kill();
      expect(verify(folder()).problems).toEqual([]);
    },
  );
});
