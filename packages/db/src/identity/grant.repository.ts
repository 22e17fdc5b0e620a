import { grant, type Grant } from '@cadre/domain/access';
import type { CivilDate, Id } from '@cadre/domain/core';
import {
  bulkOf,
  fromStored,
  readsById,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Stored,
  type Tx,
} from '../core';

const schema = schemaFromZod(grant);
schema.index({ personId: 1, from: 1 });
schema.index({ role: 1 });

export type GrantRepository = ReturnType<typeof createGrantRepository>;

export function createGrantRepository(database: Database) {
  const grants = database.model<Stored<Grant>>('grants', schema);
  return {
    ...readsById<Grant>(grants),
    async insert(value: Grant, tx?: Tx): Promise<void> {
      await grants.create([toStored(value)], sessionOf(tx));
    },
    async insertMany(values: readonly Grant[]): Promise<void> {
      await grants.insertMany(values.map(toStored), bulkOf());
    },
    async listInForce(personId: Id, today: CivilDate): Promise<Grant[]> {
      const found = await grants
        .find({
          personId,
          revokedAt: null,
          from: { $lte: today },
          $or: [{ to: null }, { to: { $gte: today } }],
        })
        .sort({ _id: 1 })
        .lean<Stored<Grant>[]>();
      return found.map(fromStored<Grant>);
    },
    async listByPerson(personId: Id): Promise<Grant[]> {
      const found = await grants.find({ personId }).sort({ _id: 1 }).lean<Stored<Grant>[]>();
      return found.map(fromStored<Grant>);
    },
    /** Ends a grant now; false when it had been revoked before. */
    async tryRevoke(id: Id, revokedAt: Date, tx?: Tx): Promise<boolean> {
      const result = await grants.updateOne(
        { _id: id, revokedAt: null },
        { $set: { revokedAt } },
        sessionOf(tx),
      );
      return result.modifiedCount === 1;
    },
  };
}
