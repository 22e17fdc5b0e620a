import type { CourseRepository } from '@cadre/db/catalog';
import type { BaseRepository, InstructorRepository, VenueRepository } from '@cadre/db/network';
import type { BookingRepository, SessionRepository, TrainingClassRepository } from '@cadre/db/training';
import type { BaseReach, PersonActor } from '@cadre/domain/access';
import { addDays, AppError, instantOf, weekdayOf, type CivilDate, type Id } from '@cadre/domain/core';
import type { Base, Instructor } from '@cadre/domain/network';
import {
  canSchedule,
  canScheduleSomewhere,
  canViewTimetable,
  dayKeysOf,
  isWithinReach,
  NOT_HELD_LIMIT,
  schedulingReach,
  timetableReach,
  type BaseResources,
  type SessionView,
  type TimetableBases,
  type WeekGrid,
} from '@cadre/domain/training';
import { byId, viewSessions } from './timetable-names';

export interface TimetableViewDeps {
  bases: Pick<BaseRepository, 'findById' | 'listAll' | 'listByIds'>;
  bookings: Pick<BookingRepository, 'list'>;
  classes: Pick<TrainingClassRepository, 'listByIds'>;
  courses: Pick<CourseRepository, 'listByIds'>;
  instructors: Pick<InstructorRepository, 'listByBase' | 'listByIds'>;
  sessions: Pick<SessionRepository, 'listAtBaseBetween' | 'listInStatus'>;
  venues: Pick<VenueRepository, 'listByBase' | 'listByIds'>;
}

const DAY_MINUTES = 1440;
const mondayOf = (date: CivilDate): CivilDate => addDays(date, 1 - weekdayOf(date));

export type TimetableViewService = ReturnType<typeof createTimetableViewService>;

/** The timetable as those who plan look at it. */
export function createTimetableViewService(deps: TimetableViewDeps) {
  const { bases, bookings, instructors, sessions, venues } = deps;

  const reachOf = (actor: PersonActor): BaseReach => {
    if (!canViewTimetable(actor)) throw new AppError('NOT_ALLOWED');
    return timetableReach(actor);
  };

  const loadBase = async (actor: PersonActor, baseId: Id): Promise<Base> => {
    const base = isWithinReach(reachOf(actor), baseId) && (await bases.findById(baseId));
    if (!base) throw new AppError('NOT_FOUND');
    return base;
  };

  /** Active instructors of the base and of none in particular, and those named besides. */
  const teachersOf = async (baseId: Id, besides: readonly Id[]): Promise<Instructor[]> => {
    const [own, free, others] = await Promise.all([
      instructors.listByBase(baseId),
      instructors.listByBase(null),
      instructors.listByIds([...new Set(besides)]),
    ]);
    const named = new Set(besides);
    const all = byId([...own, ...free, ...others].filter(({ id, active }) => active || named.has(id)));
    return [...all.values()];
  };

  return {
    /** One week of one base, by venue or by instructor; what instructors do elsewhere shows as busy time. Cancelled sessions are shown as well. */
    async weekGrid(
      actor: PersonActor,
      { date, by, baseId }: { date: CivilDate; by: 'venue' | 'instructor'; baseId: Id },
    ): Promise<WeekGrid> {
      const base = await loadBase(actor, baseId);
      const from = mondayOf(date);
      const to = addDays(from, 6);
      const week = { startsAt: instantOf(from), endsAt: instantOf(to, DAY_MINUTES) };
      const shown = await sessions.listAtBaseBetween(baseId, week.startsAt, week.endsAt);
      const standing = shown.filter(({ status }) => status !== 'cancelled');
      const usedVenues = new Set(standing.map(({ venueId }) => venueId));
      const usedInstructors = standing.flatMap(({ instructorIds }) => instructorIds);
      const rows =
        by === 'venue'
          ? (await venues.listByBase(baseId))
              .filter(({ id, active }) => active || usedVenues.has(id))
              .map(({ id, name, capacity }) => ({ id, name, capacity }))
          : (await teachersOf(baseId, usedInstructors)).map(({ id, name }) => ({
              id,
              name: { zh: name, en: name },
              capacity: null,
            }));
      const taken = await bookings.list(
        by === 'venue'
          ? []
          : dayKeysOf(rows.map(({ id }) => ({ resource: { kind: 'instructor', id }, span: week }))),
      );
      const shownIds = new Set(shown.map(({ id }) => id));
      const busy = taken.flatMap(({ resourceId, slots }) =>
        slots
          .filter(({ sessionId }) => !shownIds.has(sessionId))
          .map(({ startsAt, endsAt }) => ({ rowId: resourceId, startsAt, endsAt })),
      );
      return { from, to, rows, sessions: await viewSessions(deps, shown), busy, base };
    },

    /** Sessions that nobody opened, for whoever has to say what they were; the oldest first. */
    async listNotHeld(actor: PersonActor): Promise<SessionView[]> {
      if (!canScheduleSomewhere(actor)) throw new AppError('NOT_ALLOWED');
      return viewSessions(
        deps,
        await sessions.listInStatus(schedulingReach(actor), 'not-held', NOT_HELD_LIMIT),
      );
    },

    /** The bases whose timetable the actor may see. */
    async listBases(actor: PersonActor): Promise<TimetableBases> {
      const reach = reachOf(actor);
      const reached =
        reach === 'all' ? await bases.listAll('all', { text: '' }) : await bases.listByIds(reach);
      return reached.map((base) => ({ ...base, canSchedule: canSchedule(actor, base.id) }));
    },

    /** What can be chosen at a base. */
    async resourcesOf(actor: PersonActor, baseId: Id): Promise<BaseResources> {
      const base = await loadBase(actor, baseId);
      const [all, teachers] = await Promise.all([venues.listByBase(base.id), teachersOf(base.id, [])]);
      return { venues: all.filter(({ active }) => active), instructors: teachers };
    },
  };
}
