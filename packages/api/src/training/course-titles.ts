import type { CourseRepository } from '@cadre/db/catalog';
import type { Bilingual, Id } from '@cadre/domain/core';
import type { Session } from '@cadre/domain/training';

/** The names of the courses that sessions teach, as the catalogue has them today, by course. */
export async function courseTitlesOf(
  sessions: readonly Pick<Session, 'courseId'>[],
  courses: Pick<CourseRepository, 'listByIds'>,
): Promise<Map<Id, Bilingual>> {
  const ids = [...new Set(sessions.map(({ courseId }) => courseId))];
  return new Map((await courses.listByIds(ids)).map(({ id, title }) => [id, title]));
}

/** The course that all sessions of a class teach; null where there are several. */
export function onlyCourseOf(
  sessions: readonly Pick<Session, 'courseId'>[],
  titles: ReadonlyMap<Id, Bilingual>,
): Bilingual | null {
  const [courseId, ...others] = new Set(sessions.map((session) => session.courseId));
  return (courseId && others.length === 0 && titles.get(courseId)) || null;
}
