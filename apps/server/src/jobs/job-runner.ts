import type { Job, JobRepository } from '@cadre/db/job';
import type { Clock } from '@cadre/domain/core';

/** Does the work of one job. It may run twice (a lease can run out), so it must be idempotent. */
export type JobHandler = (payload: Job['payload']) => Promise<void>;

export interface JobRunner {
  /** Looks for work at once instead of at the next beat. */
  kick(): void;
  /** Runs until nothing is due; for tests and scripts. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

const LEASE_MILLIS = 60_000;
const BEAT_MILLIS = 500;
/** The wait after the first failed try; each further one is twice as long. */
const RETRY_MILLIS = 5_000;

interface JobRunnerDeps {
  jobs: Pick<JobRepository, 'tryClaim' | 'complete' | 'fail'>;
  systemClock: Clock;
  handlers: Readonly<Record<string, JobHandler>>;
  onError: (error: unknown, job: Job) => void;
}

/** Takes due jobs one after another; several servers may run beside each other, a lease keeps a job to one of them. */
export function startJobRunner({ jobs, systemClock, handlers, onError }: JobRunnerDeps): JobRunner {
  const kinds = Object.keys(handlers);
  let stopped = false;
  let running: Promise<void> | null = null;

  const work = async () => {
    while (!stopped) {
      const job = await jobs.tryClaim(kinds, systemClock.now(), LEASE_MILLIS);
      if (!job) return;
      try {
        await handlers[job.kind]?.(job.payload);
        await jobs.complete(job.id);
      } catch (error) {
        onError(error, job);
        const message = error instanceof Error ? error.message : String(error);
        await jobs.fail(
          job,
          message,
          new Date(systemClock.now().getTime() + RETRY_MILLIS * 2 ** (job.attempts - 1)),
        );
      }
    }
  };
  const run = (): Promise<void> => {
    running ??= work().finally(() => {
      running = null;
    });
    return running;
  };
  const beat = setInterval(() => void run().catch(() => undefined), BEAT_MILLIS);

  return {
    kick: () => void run().catch(() => undefined),
    drain: () => run(),
    async stop() {
      stopped = true;
      clearInterval(beat);
      await running?.catch(() => undefined);
    },
  };
}
