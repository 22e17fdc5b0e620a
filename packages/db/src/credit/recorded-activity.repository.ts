import { id, type Id } from '@cadre/domain/core';
import { factSource } from '@cadre/domain/ledger';
import { z } from 'zod';
import { bulkOf, fromStored, schemaFromZod, toStored, type Database, type Stored, type Tx } from '../core';

/** A fact that did not come from a room of ours: a lesson completed, a claim approved. Append-only; a later one replaces by revision. */
const recordedActivity = z.object({
  id,
  personId: id,
  source: factSource,
  revision: z.number().int().min(1),
  title: z.string(),
  activities: z.array(z.record(z.string(), z.unknown())),
  recordedAt: z.date(),
  by: id.nullable(),
});
export type RecordedActivity = z.infer<typeof recordedActivity>;

const schema = schemaFromZod(recordedActivity);
schema.index({ personId: 1, 'source.kind': 1, 'source.id': 1, revision: 1 }, { unique: true });

export type RecordedActivityRepository = ReturnType<typeof createRecordedActivityRepository>;

export function createRecordedActivityRepository(database: Database) {
  const activities = database.appendOnlyModel<Stored<RecordedActivity>>('recordedActivities', schema);
  return {
    async insertMany(values: readonly RecordedActivity[], tx?: Tx): Promise<void> {
      await activities.insertMany(values.map(toStored), bulkOf(tx));
    },
    async listByPerson(personId: Id): Promise<RecordedActivity[]> {
      const found = await activities.find({ personId }).sort({ _id: 1 }).lean<Stored<RecordedActivity>[]>();
      return found.map(fromStored<RecordedActivity>);
    },
  };
}
