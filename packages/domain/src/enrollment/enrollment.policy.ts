import {
  baseReachOf,
  coversBase,
  coversUnit,
  hasRole,
  scopesOf,
  unitReachOf,
  type Actor,
  type BaseReach,
  type UnitReach,
} from '../access';
import type { Id } from '../core';
import type { Enrollment } from './enrollment';

const ROSTER_OF_BASE = ['base-admin', 'alliance-admin', 'auditor'] as const;
const UNIT_OFFICERS = ['unit-training-officer', 'organisation-officer'] as const;

/** The bases whose classes' rosters the actor may open. */
export const rosterReach = (actor: Actor): BaseReach => baseReachOf(actor, ...ROSTER_OF_BASE);

/** A class's roster is for the base that runs it, the alliance, its class teacher, and the auditor. */
export const canViewRoster = (actor: Actor, value: { id: Id; baseId: Id }): boolean =>
  coversBase(scopesOf(actor, ...ROSTER_OF_BASE), value.baseId) ||
  scopesOf(actor, 'class-teacher').some((held) => held.kind === 'class' && held.classId === value.id);

/** The units whose people's enrolments the actor may see. */
export const unitEnrollmentReach = (actor: Actor): UnitReach =>
  unitReachOf(actor, ...UNIT_OFFICERS, 'unit-leader', 'auditor');
export const canViewUnitEnrollments = (actor: Actor): boolean =>
  hasRole(actor, ...UNIT_OFFICERS, 'unit-leader', 'auditor');

/** Whether, and as whom, the actor may withdraw this enrolment: own ones as learner, own people's as officer. */
export function withdrawalRole(
  actor: Actor,
  value: Pick<Enrollment, 'personId' | 'unitPath'>,
): 'learner' | 'officer' | null {
  if (actor.kind === 'person' && actor.personId === value.personId) return 'learner';
  return coversUnit(scopesOf(actor, ...UNIT_OFFICERS), value.unitPath) ? 'officer' : null;
}
