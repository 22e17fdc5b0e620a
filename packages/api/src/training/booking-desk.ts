import type { Tx } from '@cadre/db/core';
import type { VenueRepository } from '@cadre/db/network';
import type { BookingRepository, SessionRepository, TrainingClassRepository } from '@cadre/db/training';
import type { PersonActor } from '@cadre/domain/access';
import type { Course } from '@cadre/domain/catalog';
import {
  addDays,
  AppError,
  instantOf,
  toCivilDate,
  type ErrorDetails,
  type Id,
  type Interval,
} from '@cadre/domain/core';
import type { Base, Instructor, Venue } from '@cadre/domain/network';
import {
  alternativeDates,
  bookingRequestsOf,
  CLASH_CODES,
  completeDays,
  dayKeysOf,
  findAlternatives,
  isWithinReach,
  planBookings,
  refusalsOf,
  timetableReach,
  type BookingClash,
  type BookingDay,
  type BookingRequest,
  type ClashView,
  type PlacementFacts,
  type PlacementVerdict,
  type Session,
  type SessionMode,
  type Worth,
} from '@cadre/domain/training';
import type { Ports } from '../core';
import { byId } from './timetable-names';

export interface BookingDeskDeps extends Pick<Ports, 'clock' | 'newId'> {
  bookings: Pick<BookingRepository, 'ensure' | 'list' | 'tryWrite'>;
  classes: Pick<TrainingClassRepository, 'listByIds'>;
  sessions: Pick<SessionRepository, 'listByIds'>;
  venues: Pick<VenueRepository, 'listByBase'>;
}

/** Where a session is to stand, with everything that was loaded to decide it. */
export interface Place {
  base: Base;
  venue: Venue;
  instructors: Instructor[];
  course: Course;
}

/** The facts that decide a placement, for another time or place than the one that was loaded. */
export const factsOf = (
  place: Place,
  input: { startsAt: Date; endsAt: Date },
  mode: SessionMode,
  people: number,
  worth: Worth,
): PlacementFacts => ({
  ...place,
  span: { startsAt: input.startsAt, endsAt: input.endsAt },
  mode,
  people,
  worth,
});

const keysOf = (requests: readonly BookingRequest[]) =>
  dayKeysOf(requests.map(({ resource, slot }) => ({ resource, span: slot })));

export type BookingDesk = ReturnType<typeof createBookingDesk>;

/** Books what sessions occupy, names rivals as far as an actor may see them, and looks for what is free instead. */
export function createBookingDesk({ clock, newId, bookings, classes, sessions, venues }: BookingDeskDeps) {
  /** Writes booking days in their order; a day that has changed since it was read makes the whole transaction begin anew or fail. */
  const writeDays = async (days: readonly BookingDay[], tx: Tx): Promise<void> => {
    for (const day of days)
      if (!(await bookings.tryWrite(day, tx))) throw new AppError('CHANGED_MEANWHILE', { date: day.date });
  };

  /** Gives back what a session holds and books what it asks for, all or nothing. */
  const rebook = async (
    before: Session | null,
    requests: readonly BookingRequest[],
    sessionId: Id,
    tx: Tx,
  ): Promise<BookingClash[]> => {
    const held = before ? bookingRequestsOf(before, null) : [];
    const plan = planBookings(await bookings.list(keysOf([...held, ...requests]), tx), sessionId, requests);
    if (!plan.ok) return plan.clashes;
    await writeDays(plan.changed, tx);
    return [];
  };

  /** Sessions of bases in reach are seen, and every session of a class that people can find. */
  const viewClashes = async (actor: PersonActor, clashes: readonly BookingClash[]): Promise<ClashView[]> => {
    const rivals = clashes.flatMap((clash) => (clash.kind === 'base' ? [] : [clash.rival]));
    const [rivalSessions, rivalClasses] = await Promise.all([
      sessions.listByIds([...new Set(rivals.map(({ sessionId }) => sessionId))]),
      classes.listByIds([...new Set(rivals.map(({ classId }) => classId))]),
    ]);
    const [sessionsById, classesById] = [byId(rivalSessions), byId(rivalClasses)];
    const reach = timetableReach(actor);
    return clashes.map((clash): ClashView => {
      if (clash.kind === 'base') {
        const { kind, resourceId, date, part, people, capacity } = clash;
        return { kind, resourceId, rival: null, halfDay: { date, part, people, capacity } };
      }
      const { sessionId, classId, startsAt, endsAt } = clash.rival;
      const session = sessionsById.get(sessionId);
      const isSeen =
        session &&
        (isWithinReach(reach, session.baseId) || (classesById.get(classId)?.status ?? 'draft') !== 'draft');
      return {
        kind: clash.kind,
        resourceId: clash.resourceId,
        rival: {
          sessionId: isSeen ? sessionId : null,
          title: isSeen ? session.title : null,
          startsAt,
          endsAt,
        },
        halfDay: null,
      };
    });
  };

  /** Other times and venues, each checked against everything that decides a placement. */
  const alternativesFor = async (
    place: Place,
    wanted: Session,
    people: number,
    now: Date,
  ): Promise<PlacementVerdict['alternatives']> => {
    const others = (await venues.listByBase(place.base.id)).filter(
      ({ id, active, capacity }) => active && id !== place.venue.id && capacity >= wanted.expectedPeople,
    );
    const requestsAt = (span: Interval, venueId: Id) =>
      bookingRequestsOf({ ...wanted, ...span, venueId }, place.base.capacityPerHalfDay);
    const dates = alternativeDates(wanted);
    const horizon = {
      startsAt: instantOf(dates[0] ?? toCivilDate(wanted.startsAt)),
      endsAt: instantOf(addDays(dates.at(-1) ?? toCivilDate(wanted.startsAt), 2)),
    };
    const days = await bookings.list(
      keysOf([...requestsAt(horizon, place.venue.id), ...others.flatMap(({ id }) => requestsAt(wanted, id))]),
    );
    const isFree = (span: Interval, venue: Venue): boolean => {
      const requests = requestsAt(span, venue.id);
      const facts = factsOf({ ...place, venue }, span, wanted.mode, people, { halfDays: [], classHours: 0 });
      return (
        refusalsOf(facts, now).length === 0 &&
        planBookings(completeDays(keysOf(requests), days), wanted.id, requests).ok
      );
    };
    const span = { startsAt: wanted.startsAt, endsAt: wanted.endsAt };
    return {
      times: findAlternatives(span, (other) => isFree(other, place.venue)),
      venues: others.filter((venue) => isFree(span, venue)),
    };
  };

  /** Names the rival and what is free instead, as far as the actor may see it. */
  const refuseClash = async (
    actor: PersonActor,
    clashes: readonly BookingClash[],
    place: Place,
    wanted: Session,
    people: number,
  ): Promise<never> => {
    const [[first], alternatives] = await Promise.all([
      viewClashes(actor, clashes),
      alternativesFor(place, wanted, people, clock.now()),
    ]);
    const kind = first?.kind ?? 'venue';
    const details: ErrorDetails = {
      kind,
      resourceId: first?.resourceId ?? wanted.venueId,
      ...(first?.rival && {
        sessionId: first.rival.sessionId,
        title: first.rival.title,
        startsAt: first.rival.startsAt.toISOString(),
        endsAt: first.rival.endsAt.toISOString(),
      }),
      ...first?.halfDay,
      freeTimes: alternatives.times.map(
        (free) => `${free.startsAt.toISOString()}/${free.endsAt.toISOString()}`,
      ),
      freeVenueIds: alternatives.venues.map(({ id }) => id),
    };
    throw new AppError(CLASH_CODES[kind], details);
  };

  return {
    /** Makes the days that the requests need; before the transaction that books. */
    ensure: (requests: readonly BookingRequest[]): Promise<void> => bookings.ensure(keysOf(requests), newId),

    /** What stands in the way of the requests now; nothing is written. */
    async clashesOf(sessionId: Id, requests: readonly BookingRequest[]): Promise<BookingClash[]> {
      const keys = keysOf(requests);
      const plan = planBookings(completeDays(keys, await bookings.list(keys)), sessionId, requests);
      return plan.ok ? [] : plan.clashes;
    },

    rebook,
    viewClashes,
    alternativesFor,
    refuseClash,
  };
}
