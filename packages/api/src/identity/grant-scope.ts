import type { AssessmentYearRepository } from '@cadre/db/assessment';
import type { UnitRepository } from '@cadre/db/identity';
import type { BaseRepository } from '@cadre/db/network';
import type { SessionRepository, TrainingClassRepository } from '@cadre/db/training';
import type { Scope } from '@cadre/domain/access';
import { AppError } from '@cadre/domain/core';

export interface GrantScopeDeps {
  units: Pick<UnitRepository, 'findById'>;
  bases: Pick<BaseRepository, 'findById'>;
  classes: Pick<TrainingClassRepository, 'findById'>;
  sessions: Pick<SessionRepository, 'findById'>;
  assessmentYears: Pick<AssessmentYearRepository, 'findById'>;
}

export type GrantScopes = ReturnType<typeof createGrantScope>;

/** Looks up what a grant's scope names, so that nobody is granted a role over nothing. */
export function createGrantScope({ units, bases, classes, sessions, assessmentYears }: GrantScopeDeps) {
  const find = (scope: Scope): Promise<unknown[]> => {
    switch (scope.kind) {
      case 'network':
        return Promise.resolve([true]);
      case 'unit':
        return Promise.all([units.findById(scope.unitId)]);
      case 'bases':
        return Promise.all(scope.baseIds.map((id) => bases.findById(id)));
      case 'class':
        return Promise.all([classes.findById(scope.classId)]);
      case 'session':
        return Promise.all([sessions.findById(scope.sessionId)]);
      case 'assessment-year':
        return Promise.all([assessmentYears.findById(scope.assessmentYearId)]);
    }
  };
  return {
    async assertExists(scope: Scope): Promise<void> {
      if ((await find(scope)).includes(null)) throw new AppError('NOT_FOUND');
    },
  };
}
