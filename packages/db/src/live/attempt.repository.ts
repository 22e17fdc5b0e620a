import { z } from 'zod';
import { isDuplicateKey, schemaFromZod, type Database, type Stored } from '../core';

/** How often something was tried in vain within one window of time; the key names both. */
const attempt = z.object({ id: z.string(), count: z.number().int(), expiresAt: z.date() });
type Attempt = z.infer<typeof attempt>;

const schema = schemaFromZod(attempt);
schema.index({ expiresAt: 1 });

export type AttemptRepository = ReturnType<typeof createAttemptRepository>;

export function createAttemptRepository(database: Database) {
  const attempts = database.model<Stored<Attempt>>('checkInAttempts', schema);
  return {
    /** Counts one more try for each key (a key may stand there several times). */
    async record(keys: readonly string[], expiresAt: Date): Promise<void> {
      if (keys.length === 0) return;
      await attempts.bulkWrite(
        keys.map((key) => ({
          updateOne: {
            filter: { _id: key },
            update: { $inc: { count: 1 }, $set: { expiresAt } },
            upsert: true,
          },
        })),
      );
    },
    /** Takes one of `limit` tries before it is made; false when none is left. Of several at once no more get one. */
    async tryTake(key: string, limit: number, expiresAt: Date): Promise<boolean> {
      try {
        await attempts.updateOne(
          { _id: key, count: { $lt: limit } },
          { $inc: { count: 1 }, $set: { expiresAt } },
          { upsert: true },
        );
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async forget(key: string): Promise<void> {
      await attempts.deleteOne({ _id: key });
    },
    async countsOf(keys: readonly string[]): Promise<Map<string, number>> {
      const found = await attempts.find({ _id: { $in: keys } }).lean<Stored<Attempt>[]>();
      return new Map(found.map(({ _id, count }) => [_id, count]));
    },
    async deleteExpired(before: Date): Promise<number> {
      const result = await attempts.deleteMany({ expiresAt: { $lt: before } });
      return result.deletedCount;
    },
  };
}
