import type { Database, Tx } from '@cadre/db/core';
import type { JobRepository, Run, RunStore } from '@cadre/db/job';
import type { Id } from '@cadre/domain/core';
import type { Ports } from './ports';

export interface StepwiseDeps extends Pick<Ports, 'newId' | 'systemClock'> {
  database: Pick<Database, 'transaction'>;
  jobs: Pick<JobRepository, 'tryEnqueue'>;
}

/**
 * Work over many people, piece by piece: each piece is a job, written in the transaction that keeps the progress of the
 * one before. It outlives the process that began it (the job's lease runs out and another takes it), and a piece that
 * two processes have worked at counts once.
 */
export function createStepwise<R extends Run, Found extends { id: Id }>(
  kind: string,
  store: Pick<RunStore<R, Found>, 'findRun' | 'insert' | 'tryAdvance'>,
  { database, jobs, newId, systemClock }: StepwiseDeps,
) {
  const enqueue = async (run: Run, tx: Tx): Promise<void> => {
    await jobs.tryEnqueue(
      {
        id: newId(),
        kind,
        key: `${run.id}/${run.cursor ?? ''}`,
        payload: { runId: run.id },
        runAt: systemClock.now(),
      },
      tx,
    );
  };
  return {
    async begin(run: R, tx: Tx): Promise<void> {
      await store.insert(run, tx);
      await enqueue(run, tx);
    },
    /** Does one piece, with the job for the next. Null when the run has ended, or another has done this piece. */
    async step(
      runId: Id,
      piece: (run: R) => Promise<{ next: R; found: readonly Found[] }>,
    ): Promise<R | null> {
      const run = await store.findRun(runId);
      if (run?.state !== 'running') return null;
      const { next, found } = await piece(run);
      return database.transaction(async (tx) => {
        if (!(await store.tryAdvance(run, next, found, tx))) return null;
        if (next.state === 'running') await enqueue(next, tx);
        return next;
      });
    },
  };
}
