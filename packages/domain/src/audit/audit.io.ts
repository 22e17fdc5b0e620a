import { z } from 'zod';
import { bilingual, civilDate, id, pageOf, pageRequest } from '../core';
import { auditActions } from './audit-action';
import { auditEntry } from './audit-entry';

export const auditInput = pageRequest.extend({
  action: z.enum(auditActions).nullable(),
  /** Who acted, or whom it was about. */
  personId: id.nullable(),
  /** Days of the act, both included. */
  from: civilDate.nullable(),
  to: civilDate.nullable(),
});
export type AuditInput = z.infer<typeof auditInput>;

/** An entry as people read it: who acted, and names for the ids in it. */
export const auditRow = auditEntry.extend({
  actorName: z.string().nullable(),
  actorNo: z.string().nullable(),
  /** What is called by each id in subject, before and after, as it is called today; ids that are gone are left out. */
  names: z.record(z.string(), bilingual),
});
export type AuditRow = z.infer<typeof auditRow>;
export const auditPage = pageOf(auditRow);
