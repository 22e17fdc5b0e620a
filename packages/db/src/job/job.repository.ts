import { id, type Id } from '@cadre/domain/core';
import { z } from 'zod';
import {
  fromStored,
  isDuplicateKey,
  schemaFromZod,
  sessionOf,
  toStored,
  type Database,
  type Stored,
  type Tx,
} from '../core';

/** Work to be done after a commit, exactly once by effect: written in the transaction that asks for it, unique by kind and key. */
const job = z.object({
  id,
  kind: z.string(),
  key: z.string(),
  payload: z.record(z.string(), z.unknown()),
  /** System time from which the job may run. */
  runAt: z.date(),
  state: z.enum(['waiting', 'done', 'failed']),
  attempts: z.number().int(),
  leasedUntil: z.date().nullable(),
  lastError: z.string().nullable(),
});
export type Job = z.infer<typeof job>;

const schema = schemaFromZod(job);
schema.index({ kind: 1, key: 1 }, { unique: true });
schema.index({ state: 1, kind: 1, runAt: 1 });
schema.index({ state: 1, attempts: 1 });

/** After this many failed tries a job waits for a person. */
export const JOB_ATTEMPTS = 8;
/** After this many it is stuck: somebody should know of it, although it may still be tried again by itself. */
export const STUCK_ATTEMPTS = 3;

const ERROR_LENGTH = 500;

export type JobRepository = ReturnType<typeof createJobRepository>;

export function createJobRepository(database: Database) {
  const jobs = database.model<Stored<Job>>('jobs', schema);
  return {
    /** Asks for a job; false when the same job (kind and key) has been asked for before. Inside a transaction a duplicate throws. */
    async tryEnqueue(
      value: Pick<Job, 'id' | 'kind' | 'key' | 'payload' | 'runAt'>,
      tx?: Tx,
    ): Promise<boolean> {
      const fresh: Job = { ...value, state: 'waiting', attempts: 0, leasedUntil: null, lastError: null };
      try {
        await jobs.create([toStored(fresh)], sessionOf(tx));
        return true;
      } catch (error) {
        if (tx === undefined && isDuplicateKey(error)) return false;
        throw error;
      }
    },
    /** Takes the next job that is due and not leased, for `leaseMillis`; null when there is none. */
    async tryClaim(kinds: readonly string[], now: Date, leaseMillis: number): Promise<Job | null> {
      const claimed = await jobs
        .findOneAndUpdate(
          {
            state: 'waiting',
            kind: { $in: kinds },
            runAt: { $lte: now },
            $or: [{ leasedUntil: null }, { leasedUntil: { $lt: now } }],
          },
          { $set: { leasedUntil: new Date(now.getTime() + leaseMillis) }, $inc: { attempts: 1 } },
          { sort: { runAt: 1 }, returnDocument: 'after' },
        )
        .lean<Stored<Job>>();
      return claimed && fromStored<Job>(claimed);
    },
    async complete(jobId: Id, tx?: Tx): Promise<void> {
      await jobs.updateOne(
        { _id: jobId },
        { $set: { state: 'done', leasedUntil: null, lastError: null } },
        sessionOf(tx),
      );
    },
    /** Gives a failed job back for a later try, or puts it aside after the last one. */
    async fail(value: Job, message: string, retryAt: Date): Promise<void> {
      const state = value.attempts >= JOB_ATTEMPTS ? 'failed' : 'waiting';
      await jobs.updateOne(
        { _id: value.id },
        { $set: { state, runAt: retryAt, leasedUntil: null, lastError: message.slice(0, ERROR_LENGTH) } },
      );
    },
    /** Leaves to a job what was tried in vain just now; the job of the same kind and key begins anew when it had been done. */
    async putOff(
      { id: jobId, kind, key, payload, runAt }: Pick<Job, 'id' | 'kind' | 'key' | 'payload' | 'runAt'>,
      message: string,
    ): Promise<void> {
      const lastError = message.slice(0, ERROR_LENGTH);
      await jobs.updateOne(
        { kind, key },
        {
          $setOnInsert: { _id: jobId },
          $set: { payload, runAt, state: 'waiting', attempts: 0, leasedUntil: null, lastError },
        },
        { upsert: true },
      );
    },
    /** Those of the keys for which a job of the kind is still to be done, given up or not. */
    async listOpenKeys(kind: string, keys: readonly string[]): Promise<Set<string>> {
      if (keys.length === 0) return new Set();
      const found = await jobs
        .find({ kind, key: { $in: keys }, state: { $ne: 'done' } }, { key: 1 })
        .lean<Pick<Job, 'key'>[]>();
      return new Set(found.map(({ key }) => key));
    },
    /** Jobs that failed several times, those given up included, in the order in which they were asked for. */
    async listStuck(): Promise<Job[]> {
      const found = await jobs
        .find({
          state: { $in: ['waiting', 'failed'] },
          attempts: { $gte: STUCK_ATTEMPTS },
          lastError: { $ne: null },
        })
        .sort({ _id: 1 })
        .lean<Stored<Job>[]>();
      return found.map(fromStored<Job>);
    },
    /** Has a job that is not done tried at `now`, and again as often as a new one; false when there is none. */
    async tryAgain(jobId: Id, now: Date): Promise<boolean> {
      const result = await jobs.updateOne(
        { _id: jobId, state: { $ne: 'done' } },
        { $set: { state: 'waiting', attempts: 0, runAt: now, leasedUntil: null } },
      );
      return result.matchedCount === 1;
    },
  };
}
