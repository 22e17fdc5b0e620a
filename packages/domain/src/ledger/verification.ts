import { z } from 'zod';
import { civilDate, id } from '../core';

/**
 * Where something was found that cannot be so: the kind of the verifier, the person's number, the place among their
 * entries or settlements.
 */
const verificationFault = z.object({
  kind: z.string(),
  person: z.string().nullable(),
  seq: z.number().int().nullable(),
  settlement: z.number().int().nullable(),
  /** Where it is one of several, the place of the last of them; results of before have none. */
  to: z.number().int().nullable().default(null),
  says: z.string(),
  /** The same in English; results of before have none. */
  english: z.string().nullable().default(null),
  /** Who they are, where the number is somebody's; the name is as of reading. */
  personId: id.nullable().default(null),
  personName: z.string().nullable().default(null),
});

/** What going through the whole ledger has shown. */
export const verificationResult = z.object({
  /** How many faults there are; the first of them are listed. */
  faultCount: z.number().int(),
  faults: z.array(verificationFault),
  people: z.number().int(),
  entries: z.number().int(),
  settlements: z.number().int(),
  roots: z.number().int(),
  /** Roots whose whole tree was built anew. */
  rebuilt: z.number().int(),
  countersignatures: z.number().int(),
  /** The roots that nobody has countersigned, as far as the ledger holds. */
  notCountersigned: z.number().int(),
  unsealedEntries: z.number().int(),
  unsealedSettlements: z.number().int(),
  unsealedPeople: z.number().int(),
  newestRoot: z.number().int().nullable(),
  newestDay: civilDate.nullable(),
  /** People whose figures were derived anew: in full, … */
  inFull: z.number().int(),
  /** … up to the entries, as there were no targets to compare with (not told apart in results of before), … */
  factsOnly: z.number().int().default(0),
  /** … and by sums, reversals and chains alone. */
  sumsOnly: z.number().int(),
  /** People whose figures were not, because something is wrong with their records. */
  notDerived: z.number().int(),
});
export type VerificationResult = z.infer<typeof verificationResult>;

/** One going-through of the ledger as it lies in the database (流水核对). It begins anew when its process ends. */
export const verification = z.object({
  id,
  startedAt: z.date(),
  by: id,
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** Waiting or running: of these there is one at a time. */
  open: z.boolean(),
  people: z.number().int(),
  peopleDone: z.number().int(),
  entriesDone: z.number().int(),
  attempts: z.number().int(),
  /** System time of the last sign of life; null while nobody is at it. */
  aliveAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  result: verificationResult.nullable(),
});
export type Verification = z.infer<typeof verification>;

export const verificationView = verification
  .omit({ open: true, attempts: true, aliveAt: true })
  .extend({ byName: z.string() });
export type VerificationView = z.infer<typeof verificationView>;
