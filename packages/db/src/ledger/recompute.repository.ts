import type { Id, Page, PageRequest } from '@cadre/domain/core';
import {
  recomputeDifference,
  recomputeRun,
  type RecomputeDifference,
  type RecomputeRun,
} from '@cadre/domain/ledger';
import {
  bulkOf,
  fromStored,
  readPage,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Stored,
  type Tx,
} from '../core';

const runSchema = schemaFromZod(recomputeRun);
const differenceSchema = schemaFromZod(recomputeDifference);
differenceSchema.index({ runId: 1, _id: 1 });

export type RecomputeRepository = ReturnType<typeof createRecomputeRepository>;

export function createRecomputeRepository(database: Database) {
  const runs = database.model<Stored<RecomputeRun>>('recomputeRuns', runSchema);
  const differences = database.model<Stored<RecomputeDifference>>('recomputeDifferences', differenceSchema);
  return {
    async insert(run: RecomputeRun, tx: Tx): Promise<void> {
      await runs.create([toStored(run)], sessionOf(tx));
    },
    async findRun(runId: Id): Promise<RecomputeRun | null> {
      const found = await runs.findById(runId).lean<Stored<RecomputeRun>>();
      return found && fromStored<RecomputeRun>(found);
    },
    /** The newest runs first. */
    async listRuns(limit: number): Promise<RecomputeRun[]> {
      const found = await runs
        .find({ _id: { $gt: '' } })
        .sort({ _id: -1 })
        .limit(limit)
        .lean<Stored<RecomputeRun>[]>();
      return found.map(fromStored<RecomputeRun>);
    },
    /** Moves a run on from where it was read, with what was found; false when another process has done that part. */
    async tryAdvance(
      run: RecomputeRun,
      next: RecomputeRun,
      found: readonly RecomputeDifference[],
      tx: Tx,
    ): Promise<boolean> {
      const { _id, ...fields } = toStored(next);
      const moved = await runs.updateOne(
        { _id, cursor: run.cursor, state: 'running' },
        { $set: fields },
        sessionOf(tx),
      );
      if (moved.modifiedCount === 0) return false;
      if (found.length > 0) await differences.insertMany(found.map(toStored), bulkOf(tx));
      return true;
    },
    async listDifferences(runId: Id, page: PageRequest): Promise<Page<RecomputeDifference>> {
      return readPage<RecomputeDifference>(differences, { runId }, { _id: 1 }, page);
    },
  };
}
