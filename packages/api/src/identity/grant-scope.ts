import type { AssessmentYearRepository } from '@cadre/db/assessment';
import type { UnitRepository } from '@cadre/db/identity';
import type { BaseRepository } from '@cadre/db/network';
import type { SessionRepository, TrainingClassRepository } from '@cadre/db/training';
import type { Scope } from '@cadre/domain/access';
import { yearName, type AssessmentYear } from '@cadre/domain/assessment';
import { AppError } from '@cadre/domain/core';
import type { FindScopeTargetsInput, ScopeTarget, Unit } from '@cadre/domain/identity';
import type { Base } from '@cadre/domain/network';
import type { Session, TrainingClass } from '@cadre/domain/training';
import type { Ports } from '../core';

export interface GrantScopeDeps extends Pick<Ports, 'clock'> {
  units: Pick<UnitRepository, 'findById'>;
  bases: Pick<BaseRepository, 'findById'>;
  classes: Pick<TrainingClassRepository, 'findById' | 'list'>;
  sessions: Pick<SessionRepository, 'findById' | 'listByClasses'>;
  assessmentYears: Pick<AssessmentYearRepository, 'findById' | 'list'>;
}

export type GrantScopes = ReturnType<typeof createGrantScope>;

/** So many classes, or sessions of so many classes, are offered at once. */
const OFFERED_CLASSES = 20;

const ofPlace = ({ id, code, name }: Unit | Base): ScopeTarget => ({ id, code, name, startsAt: null });
const ofClass = ({ id, classNo, title, startsAt }: TrainingClass): ScopeTarget => ({
  id,
  code: classNo,
  name: { zh: title, en: '' },
  startsAt,
});
const ofSession = ({ id, title, startsAt }: Session): ScopeTarget => ({
  id,
  code: null,
  name: { zh: title, en: '' },
  startsAt,
});
const ofYear = (year: AssessmentYear): ScopeTarget => ({
  id: year.id,
  code: null,
  name: yearName(year),
  startsAt: null,
});

/** Looks up what a grant's scope names: so that nobody is granted a role over nothing, and none has to be typed as an id. */
export function createGrantScope({
  clock,
  units,
  bases,
  classes,
  sessions,
  assessmentYears,
}: GrantScopeDeps) {
  const named = async <Named>(
    found: Promise<Named | null>,
    target: (one: Named) => ScopeTarget,
  ): Promise<ScopeTarget | null> => {
    const one = await found;
    return one && target(one);
  };
  const find = (scope: Scope): Promise<(ScopeTarget | null)[]> => {
    switch (scope.kind) {
      case 'network':
        return Promise.resolve([]);
      case 'unit':
        return Promise.all([named(units.findById(scope.unitId), ofPlace)]);
      case 'bases':
        return Promise.all(scope.baseIds.map((id) => named(bases.findById(id), ofPlace)));
      case 'class':
        return Promise.all([named(classes.findById(scope.classId), ofClass)]);
      case 'session':
        return Promise.all([named(sessions.findById(scope.sessionId), ofSession)]);
      case 'assessment-year':
        return Promise.all([named(assessmentYears.findById(scope.assessmentYearId), ofYear)]);
    }
  };
  return {
    async assertExists(scope: Scope): Promise<void> {
      if ((await find(scope)).includes(null)) throw new AppError('NOT_FOUND');
    },

    /** What a scope names; nothing for the whole network. */
    async targetsOf(scope: Scope): Promise<ScopeTarget[]> {
      return (await find(scope)).filter((target) => target !== null);
    },

    /** What can be chosen: every year, newest first; classes and sessions that are not over, next first. */
    async search({ kind, search }: FindScopeTargetsInput): Promise<ScopeTarget[]> {
      if (kind === 'assessment-year') return (await assessmentYears.list('all')).map(ofYear);
      const now = clock.now();
      const { items } = await classes.list(
        'all',
        { search, from: now, status: 'open' },
        { page: 1, pageSize: OFFERED_CLASSES },
      );
      if (kind === 'class') return items.map(ofClass);
      const held = await sessions.listByClasses(items.map((trainingClass) => trainingClass.id));
      return held
        .filter((session) => session.status !== 'cancelled' && session.endsAt > now)
        .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
        .map(ofSession);
    },
  };
}
