import { z } from 'zod';
import { civilDate, id, isWithin, type CivilDate } from '../core';

/** Who may do what; a grant gives one role within one scope (`product.md`, table of roles). */
export const role = z.enum([
  'unit-training-officer',
  'unit-leader',
  'instructor',
  'class-teacher',
  'host',
  'base-admin',
  'alliance-admin',
  'organisation-officer',
  'assessment-officer',
  'auditor',
  'system-admin',
]);
export type Role = z.infer<typeof role>;

/** How far a grant reaches. `unit` covers the unit and all below it; `network` covers the whole alliance. */
export const scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unit'), unitId: id }),
  z.object({ kind: z.literal('bases'), baseIds: z.array(id).min(1) }),
  z.object({ kind: z.literal('class'), classId: id }),
  z.object({ kind: z.literal('session'), sessionId: id }),
  z.object({ kind: z.literal('network') }),
  z.object({ kind: z.literal('assessment-year'), assessmentYearId: id }),
]);
export type Scope = z.infer<typeof scope>;
export type ScopeKind = Scope['kind'];

/** The kinds of scope a role can be granted with; everything else is refused when the grant is made. */
export const SCOPES_OF_ROLE: Record<Role, readonly ScopeKind[]> = {
  'unit-training-officer': ['unit'],
  'unit-leader': ['unit'],
  instructor: ['network'],
  'class-teacher': ['class'],
  host: ['session'],
  'base-admin': ['bases'],
  'alliance-admin': ['network'],
  'organisation-officer': ['unit'],
  'assessment-officer': ['assessment-year'],
  auditor: ['network'],
  'system-admin': ['network'],
};

export const grant = z.object({
  id,
  personId: id,
  role,
  scope,
  from: civilDate,
  to: civilDate.nullable(),
  grantedBy: id.nullable(),
  /** The grant this one was delegated from; shown on every act of the deputy. */
  delegatedFrom: id.nullable(),
  revokedAt: z.date().nullable(),
});
export type Grant = z.infer<typeof grant>;

export const isGrantInForce = (value: Grant, today: CivilDate): boolean =>
  value.revokedAt === null && isWithin(today, value);
