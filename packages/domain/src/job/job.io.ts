import { z } from 'zod';
import { id } from '../core';

/** What the machine does by itself after somebody's act, or when its time has come. */
export const jobKind = z.enum([
  'credit:settle',
  'credit:settle-transferred',
  'credit:recompute',
  'regulation:preview',
  'enrollment:end-waitlist',
  'live:close-room',
  'live:end-line',
  'live:end-unopened',
]);
export type JobKind = z.infer<typeof jobKind>;

/** Work that has been tried in vain several times. */
export const stuckJob = z.object({
  id,
  kind: jobKind,
  /** The session, class or person it is about; null where it is about none. */
  subject: z.string().nullable(),
  attempts: z.number().int(),
  /** Why it failed last: a code of the registry, or `DEFECT` for everything that has none. */
  code: z.string(),
  /** It is tried no more until somebody asks for it. */
  givenUp: z.boolean(),
});
export type StuckJob = z.infer<typeof stuckJob>;

export const jobInput = z.object({ jobId: id });
