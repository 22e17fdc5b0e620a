import { describe, expect, it } from 'vitest';
import { randomSource, testServer } from '../support';
import { setting } from './child';

const SECONDS = setting('TRANSFER_SECONDS', 2);
const CLIENTS = 32;
const ACCOUNTS = 10;
const OPENING = 1000;

describe(`${CLIENTS} concurrent transfers over ${ACCOUNTS} accounts`, () => {
  const shared = testServer({}, { maxPoolSize: 64 });

  it(`never change the sum (${SECONDS} s)`, { timeout: 60_000 + SECONDS * 2000 }, async () => {
    const accounts = shared.db.collection<{ _id: number; n: number }>('accounts');
    await accounts.insertMany(Array.from({ length: ACCOUNTS }, (_, _id) => ({ _id, n: OPENING })));
    const random = randomSource(5);
    const end = performance.now() + SECONDS * 1000;
    let done = 0;
    let longest = 0;
    const transfer = async (): Promise<void> => {
      while (performance.now() < end) {
        const from = random.below(ACCOUNTS);
        const to = (from + 1 + random.below(ACCOUNTS - 1)) % ACCOUNTS;
        const started = performance.now();
        await shared.client.withSession((session) =>
          session.withTransaction(async () => {
            await accounts.updateOne({ _id: from }, { $inc: { n: -1 } }, { session });
            await accounts.updateOne({ _id: to }, { $inc: { n: 1 } }, { session });
          }),
        );
        longest = Math.max(longest, performance.now() - started);
        done++;
      }
    };
    const watching = async (): Promise<void> => {
      while (performance.now() < end) {
        const sum = await shared.client.withSession((session) =>
          session.withTransaction(async () => {
            const all = await accounts.find({}, { session }).toArray();
            return all.reduce((total, one) => total + one.n, 0);
          }),
        );
        expect(sum).toBe(ACCOUNTS * OPENING);
      }
    };
    await Promise.all([watching(), ...Array.from({ length: CLIENTS }, transfer)]);
    const sum = (await accounts.find().toArray()).reduce((total, one) => total + one.n, 0);
    expect(sum).toBe(ACCOUNTS * OPENING);
    expect(done).toBeGreaterThan(CLIENTS);
    process.stdout.write(`${done} transfers, the longest took ${Math.round(longest)} ms\n`);
  });
});
