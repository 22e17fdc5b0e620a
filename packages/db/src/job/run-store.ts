import type { Id } from '@cadre/domain/core';
import type { Model } from 'mongoose';
import { bulkOf, fromStored, sessionOf, toStored, type Filter, type Stored, type Tx } from '../core';

/** A long piece of work over many people, gone through in the order of a cursor. */
export interface Run {
  id: Id;
  state: string;
  /** What comes after this one is still to do; null before the first. */
  cursor: string | null;
}

export type RunStore<R extends Run, Found extends { id: Id }> = ReturnType<typeof createRunStore<R, Found>>;

/** Runs that go on piece by piece, and what they find. Whoever moves a run from where it was read has done that piece. */
export function createRunStore<R extends Run, Found extends { id: Id }>(
  runs: Model<Stored<R>>,
  findings: Model<Stored<Found>>,
) {
  return {
    async insert(run: R, tx: Tx): Promise<void> {
      await runs.create([toStored(run) as never], sessionOf(tx));
    },
    async findRun(runId: Id): Promise<R | null> {
      const found = await runs.findById(runId).lean<Stored<R>>();
      return found && fromStored<R>(found);
    },
    /** Moves a run on from where it was read, with what was found; false when it has ended or another process has done that part. */
    async tryAdvance(run: R, next: R, found: readonly Found[], tx: Tx): Promise<boolean> {
      const { _id, ...fields } = toStored(next);
      const from = { _id, cursor: run.cursor, state: 'running' } as Filter;
      const moved = await runs.updateOne(from, { $set: fields } as never, sessionOf(tx));
      if (moved.modifiedCount === 0) return false;
      if (found.length > 0) await findings.insertMany(found.map(toStored) as never[], bulkOf(tx) as never);
      return true;
    },
  };
}
