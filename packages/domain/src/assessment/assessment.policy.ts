import { hasRole, scopesOf, type Actor, type ClientActor } from '../access';
import type { Id } from '../core';
import { AppError } from '../core';
import type { AssessmentYear } from './assessment';

const holdsYear = (actor: Actor, role: 'assessment-officer', yearId: Id): boolean =>
  scopesOf(actor, role).some(
    (scope) => scope.kind === 'assessment-year' && scope.assessmentYearId === yearId,
  );

/** The assessment officer of that year, and the auditor. */
export const canReadYear = (actor: Actor, yearId: Id): boolean =>
  holdsYear(actor, 'assessment-officer', yearId) || hasRole(actor, 'auditor');

/** The credits of a person are read by whoever assesses the year to whose units the person belongs. */
export const readsCreditsOfYear = (
  actor: Actor,
  year: Pick<AssessmentYear, 'id' | 'unitId'>,
  person: { readonly unitPath: readonly Id[] },
): boolean => holdsYear(actor, 'assessment-officer', year.id) && person.unitPath.includes(year.unitId);

export const canFreezeYear = (actor: Actor, yearId: Id): boolean =>
  holdsYear(actor, 'assessment-officer', yearId);

/** An API client reads the years it was given, all of them when none is named. */
export const canReadFeed = (actor: ClientActor, yearId: Id): boolean =>
  actor.permissions.includes('feed:read') &&
  (actor.assessmentYearIds === null || actor.assessmentYearIds.includes(yearId));

/** Figures are frozen once, and not before the cut-off. */
export function decideFreeze(year: AssessmentYear, now: Date): void {
  if (year.state === 'frozen') throw new AppError('YEAR_ALREADY_FROZEN', { snapshotNo: year.snapshotNo });
  if (now < year.cutOffAt)
    throw new AppError('CUT_OFF_NOT_REACHED', { cutOffAt: year.cutOffAt.toISOString() });
}
