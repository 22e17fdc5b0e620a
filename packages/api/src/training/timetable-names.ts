import type { CourseRepository } from '@cadre/db/catalog';
import type { BaseRepository, InstructorRepository, VenueRepository } from '@cadre/db/network';
import type { TrainingClassRepository } from '@cadre/db/training';
import type { Id } from '@cadre/domain/core';
import type { Session, SessionView } from '@cadre/domain/training';

export interface TimetableNamesDeps {
  bases: Pick<BaseRepository, 'listByIds'>;
  classes: Pick<TrainingClassRepository, 'listByIds'>;
  courses: Pick<CourseRepository, 'listByIds'>;
  venues: Pick<VenueRepository, 'listByIds'>;
  instructors: Pick<InstructorRepository, 'listByIds'>;
}

export const byId = <Entity extends { id: Id }>(values: readonly Entity[]): Map<Id, Entity> =>
  new Map(values.map((value) => [value.id, value]));

const unique = (ids: readonly Id[]): Id[] => [...new Set(ids)];

/** Sessions with the names a timetable shows; five queries, however many sessions. */
export async function viewSessions(
  { bases, classes, courses, venues, instructors }: TimetableNamesDeps,
  sessions: readonly Session[],
): Promise<SessionView[]> {
  if (sessions.length === 0) return [];
  const places = sessions.flatMap((session) =>
    session.movedFrom ? [session, session.movedFrom] : [session],
  );
  const [basesById, venuesById, classesById, coursesById, instructorsById] = await Promise.all([
    bases.listByIds(unique(places.map(({ baseId }) => baseId))).then(byId),
    venues.listByIds(unique(places.map(({ venueId }) => venueId))).then(byId),
    classes.listByIds(unique(sessions.map(({ classId }) => classId))).then(byId),
    courses.listByIds(unique(sessions.map(({ courseId }) => courseId))).then(byId),
    instructors.listByIds(unique(sessions.flatMap(({ instructorIds }) => instructorIds))).then(byId),
  ]);
  const namesOf = ({ baseId, venueId }: { baseId: Id; venueId: Id }) => {
    const [base, venue] = [basesById.get(baseId), venuesById.get(venueId)];
    return base && venue && { baseName: base.name, venueName: venue.name };
  };
  return sessions.flatMap((session) => {
    const names = namesOf(session);
    if (!names) return [];
    const before = session.movedFrom && namesOf(session.movedFrom);
    return [
      {
        ...session,
        ...names,
        classTitle: classesById.get(session.classId)?.title ?? session.title,
        courseTitle: coursesById.get(session.courseId)?.title ?? { zh: session.title, en: '' },
        movedFrom: session.movedFrom && before ? { ...session.movedFrom, ...before } : null,
        instructors: session.instructorIds.flatMap((id) => instructorsById.get(id) ?? []),
      },
    ];
  });
}
