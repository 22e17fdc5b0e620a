import type { CourseStatus, ProgressState, UnitCount } from '@cadre/domain/catalog';
import type { Id } from '@cadre/domain/core';

/** Where in the plan a course or lesson stands; `current`: nothing of it is due for review. */
function planStateOf(status: CourseStatus, current: boolean): ProgressState {
  if (status === 'draft') return 'planned';
  return status === 'published' && current ? 'done' : 'running';
}

/** Courses or lessons counted by theme and state of life. */
export interface CountedUnits {
  readonly _id: { readonly themeId: Id; readonly status: CourseStatus; readonly current: boolean };
  readonly count: number;
}

export const unitCountsOf = (counted: readonly CountedUnits[]): UnitCount[] =>
  counted.map(({ _id: { themeId, status, current }, count }) => ({
    themeId,
    state: planStateOf(status, current),
    count,
  }));
