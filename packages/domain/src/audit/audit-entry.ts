import { z } from 'zod';
import { id } from '../core';

/** Who did what to what, from which value to which. Append-only; never holds passwords or identity numbers. */
export const auditEntry = z.object({
  id,
  at: z.date(),
  actor: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), personId: id }),
    z.object({ kind: z.literal('client'), clientId: id }),
    z.object({ kind: z.literal('system') }),
  ]),
  /** Feature and verb in the past tense, for example `training:session-moved`. */
  action: z.string().regex(/^[a-z-]+:[a-z-]+$/),
  subject: z.object({ kind: z.string(), id: z.string() }),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;
export type AuditActor = AuditEntry['actor'];
