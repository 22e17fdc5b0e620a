import { id, type Id } from '@cadre/domain/core';
import type { LiveFactOnWire } from '@cadre/domain/live';
import { z } from 'zod';
import { bulkOf, schemaFromZod, toStored, type Database, type Stored } from '../core';

/** A fact as it was told in one server process, for the open screens of the others. `at` is the machine's time. */
const sharedFact = z.object({
  id,
  processId: id,
  at: z.date(),
  fact: z.record(z.string(), z.unknown()),
});
export interface SharedFact {
  id: Id;
  processId: Id;
  at: Date;
  fact: LiveFactOnWire;
}

/** Facts are hints: whoever has not heard one within a minute reads everything anew anyway. */
const KEPT_SECONDS = 60;

const schema = schemaFromZod(sharedFact);
schema.index({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS });

export type FactRepository = ReturnType<typeof createFactRepository>;

export function createFactRepository(database: Database) {
  const facts = database.model<Stored<SharedFact>>('sharedFacts', schema);
  return {
    async insertMany(values: readonly SharedFact[]): Promise<void> {
      await facts.insertMany(values.map(toStored), bulkOf());
    },
    /** What other processes than this one have told since an instant, oldest first. */
    async listOfOthers(processId: Id, since: Date): Promise<SharedFact[]> {
      const found = await facts
        .find({ at: { $gte: since }, processId: { $ne: processId } })
        .sort({ at: 1, _id: 1 })
        .lean<Stored<SharedFact>[]>();
      return found.map(({ _id, ...fact }) => ({ id: _id, ...fact }));
    },
  };
}
