import type { CourseStatus, ProgressState } from '@cadre/domain/catalog';

/** Where in the plan a course or lesson stands; `current`: nothing of it is due for review. */
export function planStateOf(status: CourseStatus, current: boolean): ProgressState {
  if (status === 'draft') return 'planned';
  return status === 'published' && current ? 'done' : 'running';
}
