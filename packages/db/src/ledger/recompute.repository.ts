import type { Id, Page, PageRequest } from '@cadre/domain/core';
import {
  recomputeDifference,
  recomputeRun,
  type RecomputeDifference,
  type RecomputeRun,
} from '@cadre/domain/ledger';
import { fromStored, readPage, schemaFromZod, sessionOf, type Database, type Stored, type Tx } from '../core';
import { createRunStore } from '../job';

const runSchema = schemaFromZod(recomputeRun);
const differenceSchema = schemaFromZod(recomputeDifference);
differenceSchema.index({ runId: 1, _id: 1 });

export type RecomputeRepository = ReturnType<typeof createRecomputeRepository>;

export function createRecomputeRepository(database: Database) {
  const runs = database.model<Stored<RecomputeRun>>('recomputeRuns', runSchema);
  const differences = database.model<Stored<RecomputeDifference>>('recomputeDifferences', differenceSchema);
  return {
    ...createRunStore<RecomputeRun, RecomputeDifference>(runs, differences),
    /** The newest runs first. */
    async listRuns(limit: number): Promise<RecomputeRun[]> {
      const found = await runs
        .find({ _id: { $gt: '' } })
        .sort({ _id: -1 })
        .limit(limit)
        .lean<Stored<RecomputeRun>[]>();
      return found.map(fromStored<RecomputeRun>);
    },
    async findDifference(differenceId: Id): Promise<RecomputeDifference | null> {
      const found = await differences.findById(differenceId).lean<Stored<RecomputeDifference>>();
      return found && fromStored<RecomputeDifference>(found);
    },
    /** Notes who has had its source settled again; false when somebody has before. */
    async tryTake(differenceId: Id, takenBy: Id, takenAt: Date, tx: Tx): Promise<boolean> {
      const taken = await differences.updateOne(
        { _id: differenceId, takenBy: null },
        { $set: { takenBy, takenAt } },
        sessionOf(tx),
      );
      return taken.modifiedCount === 1;
    },
    async listDifferences(runId: Id, page: PageRequest): Promise<Page<RecomputeDifference>> {
      return readPage<RecomputeDifference>(differences, { runId }, { _id: 1 }, page);
    },
  };
}
