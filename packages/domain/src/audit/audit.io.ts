import { z } from 'zod';
import { id, pageOf, pageRequest } from '../core';
import { auditEntry } from './audit-entry';

export const auditInput = pageRequest.extend({
  action: z.string().max(60).nullable(),
  subjectId: z.string().max(60).nullable(),
  personId: id.nullable(),
});
export type AuditInput = z.infer<typeof auditInput>;

/** An entry with the acting person's number and name, for people. */
export const auditRow = auditEntry.extend({
  actorName: z.string().nullable(),
  actorNo: z.string().nullable(),
});
export type AuditRow = z.infer<typeof auditRow>;
export const auditPage = pageOf(auditRow);
