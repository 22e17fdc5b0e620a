import type { BaseRepository, InstructorRepository, VenueRepository } from '@cadre/db/network';
import type { Id } from '@cadre/domain/core';
import type { Session, SessionView } from '@cadre/domain/training';

export interface TimetableNamesDeps {
  bases: Pick<BaseRepository, 'listByIds'>;
  venues: Pick<VenueRepository, 'listByIds'>;
  instructors: Pick<InstructorRepository, 'listByIds'>;
}

export const byId = <Entity extends { id: Id }>(values: readonly Entity[]): Map<Id, Entity> =>
  new Map(values.map((value) => [value.id, value]));

const unique = (ids: readonly Id[]): Id[] => [...new Set(ids)];

/** Sessions with the names a timetable shows; three queries, however many sessions. */
export async function viewSessions(
  { bases, venues, instructors }: TimetableNamesDeps,
  sessions: readonly Session[],
): Promise<SessionView[]> {
  if (sessions.length === 0) return [];
  const [foundBases, foundVenues, foundInstructors] = await Promise.all([
    bases.listByIds(unique(sessions.map(({ baseId }) => baseId))),
    venues.listByIds(unique(sessions.map(({ venueId }) => venueId))),
    instructors.listByIds(unique(sessions.flatMap(({ instructorIds }) => instructorIds))),
  ]);
  const [basesById, venuesById, instructorsById] = [
    byId(foundBases),
    byId(foundVenues),
    byId(foundInstructors),
  ];
  return sessions.flatMap((session) => {
    const base = basesById.get(session.baseId);
    const venue = venuesById.get(session.venueId);
    if (!base || !venue) return [];
    return [
      {
        ...session,
        baseName: base.name,
        venueName: venue.name,
        instructors: session.instructorIds.flatMap((id) => instructorsById.get(id) ?? []),
      },
    ];
  });
}
