import type { AuditRepository } from '@cadre/db/audit';
import type { CourseRepository } from '@cadre/db/catalog';
import type { Database, Tx } from '@cadre/db/core';
import type { BaseRepository, InstructorRepository, VenueRepository } from '@cadre/db/network';
import type { SessionRepository, TrainingClassRepository } from '@cadre/db/training';
import type { BaseReach, PersonActor } from '@cadre/domain/access';
import { catalogSightOf } from '@cadre/domain/catalog';
import { AppError, toCivilDate, type ErrorDetails, type Id, type Interval } from '@cadre/domain/core';
import type { Base, Instructor } from '@cadre/domain/network';
import {
  areClassTimesValid,
  assertCancellable,
  assertChangeable,
  assertPlacement,
  bookingRequestsOf,
  canSchedule,
  canBecome,
  canScheduleSomewhere,
  expectedPeopleOf,
  classTimesAfterMove,
  fitClassTimes,
  isWithinReach,
  movedFromAfter,
  moveWorth,
  refusalsOf,
  spanOfClass,
  schedulingReach,
  statusOfClass,
  suggestWorth,
  warningsOf,
  type AssessPlacementInput,
  type ClassTimes,
  type MoveSessionInput,
  type PlacementVerdict,
  type Scheduled,
  type ScheduleSessionInput,
  type Session,
  type TrainingClass,
} from '@cadre/domain/training';
import type { Ports } from '../core';
import type { SeatService } from '../enrollment';
import { factsOf, type BookingDesk, type Place } from './booking-desk';
import { viewSessions } from './timetable-names';

export interface TimetableDeps extends Pick<Ports, 'clock' | 'newId' | 'publisher'> {
  database: Pick<Database, 'transaction'>;
  audit: Pick<AuditRepository, 'insert'>;
  bases: Pick<BaseRepository, 'findById' | 'listByIds'>;
  classes: Pick<TrainingClassRepository, 'findById' | 'insert' | 'listByIds' | 'nextClassNo' | 'tryChange'>;
  courses: Pick<CourseRepository, 'findById' | 'listByIds'>;
  desk: BookingDesk;
  instructors: Pick<InstructorRepository, 'listByIds'>;
  seats: Pick<SeatService, 'cancelAll' | 'completeAll' | 'promote' | 'tellSeats'>;
  sessions: Pick<SessionRepository, 'getInReach' | 'insert' | 'listByClasses' | 'tryChange'>;
  venues: Pick<VenueRepository, 'findById' | 'listByIds'>;
}

/** A class number says the year its class begins in. */
const yearOf = (startsAt: Date): number => Number(toCivilDate(startsAt).slice(0, 4));

/** A conditional write that somebody else was faster than ends the act. */
function assertWritten(written: boolean, details: ErrorDetails): void {
  if (!written) throw new AppError('CHANGED_MEANWHILE', details);
}

/** A session that is about to be scheduled, or is only being thought of. */
const plannedSession = (
  { base, venue, instructors, course }: Place,
  span: Interval,
  people: number,
  named: Pick<Session, 'id' | 'classId' | 'title' | 'mode' | 'worth' | 'demo'>,
): Session => ({
  ...named,
  ...span,
  courseId: course.id,
  baseId: base.id,
  venueId: venue.id,
  instructorIds: instructors.map(({ id }) => id),
  status: 'scheduled',
  expectedPeople: expectedPeopleOf(named.mode, people),
  openedAt: null,
  closedAt: null,
  extendedTo: null,
  cancelledReason: null,
  movedFrom: null,
  revision: 0,
});

export type TimetableService = ReturnType<typeof createTimetableService>;

/** Who teaches what, where and when: scheduling, moving, cancelling, and whether a session may stand somewhere. */
export function createTimetableService(deps: TimetableDeps) {
  const {
    clock,
    newId,
    publisher,
    database,
    audit,
    bases,
    classes,
    courses,
    desk,
    instructors,
    seats,
    sessions,
    venues,
  } = deps;

  const reachOf = (actor: PersonActor): BaseReach => {
    if (!canScheduleSomewhere(actor)) throw new AppError('NOT_ALLOWED');
    return schedulingReach(actor);
  };
  const found = <Value>(value: Value | null | undefined | false): Value => {
    if (!value) throw new AppError('NOT_FOUND');
    return value;
  };

  const loadBase = async (reach: BaseReach, baseId: Id): Promise<Base> =>
    found(isWithinReach(reach, baseId) && (await bases.findById(baseId)));

  /** Instructors of the base and of no base in particular; with the whole network in reach, any. */
  const loadInstructors = async (reach: BaseReach, baseId: Id, ids: readonly Id[]): Promise<Instructor[]> => {
    const wanted = [...new Set(ids)];
    const known = (await instructors.listByIds(wanted)).filter(
      (instructor) => reach === 'all' || instructor.baseId === null || instructor.baseId === baseId,
    );
    if (known.length !== wanted.length) throw new AppError('NOT_FOUND');
    return known;
  };

  const loadPlace = async (
    actor: PersonActor,
    reach: BaseReach,
    input: { baseId: Id; venueId: Id; instructorIds: readonly Id[]; courseId: Id },
  ): Promise<Place> => {
    const base = await loadBase(reach, input.baseId);
    const [venue, teachers, course] = await Promise.all([
      venues.findById(input.venueId),
      loadInstructors(reach, base.id, input.instructorIds),
      courses.findById(input.courseId),
    ]);
    const seen = course && (course.status === 'published' || catalogSightOf(actor) === 'all');
    return {
      base,
      venue: found(venue?.baseId === base.id && venue),
      instructors: teachers,
      course: found(seen && course),
    };
  };

  /** A class the actor may change; a draft or open one. */
  const loadClass = async (actor: PersonActor, classId: Id, tx?: Tx): Promise<TrainingClass> => {
    const value = await classes.findById(classId, tx);
    if (!value || !canSchedule(actor, value.baseId)) throw new AppError('NOT_FOUND');
    if (value.status !== 'open' && value.status !== 'draft')
      throw new AppError('CLASS_NOT_OPEN', { status: value.status });
    return value;
  };

  const record = async (
    actor: PersonActor,
    action: string,
    subject: { kind: 'session' | 'class'; id: Id },
    change: { before: Record<string, unknown> | null; after: Record<string, unknown> | null },
    tx: Tx,
  ): Promise<void> => {
    await audit.insert(
      {
        id: newId(),
        at: clock.now(),
        actor: { kind: 'person', personId: actor.personId },
        action: `training:${action}`,
        subject,
        ...change,
      },
      tx,
    );
  };

  /** What the trail keeps of where a session stands. */
  const placeOf = ({ baseId, venueId, instructorIds, startsAt, endsAt, worth }: Session) => ({
    baseId,
    venueId,
    instructorIds,
    startsAt,
    endsAt,
    worth,
  });

  const tellSession = ({ id: sessionId, classId, baseId }: Session): void => {
    publisher.publish({ type: 'session:changed', sessionId, classId, baseId });
    publisher.publish({ type: 'class:changed', classId });
  };

  const answer = async (
    value: Pick<TrainingClass, 'id' | 'classNo'>,
    session: Session,
  ): Promise<Scheduled> => {
    const [view] = await viewSessions(deps, [session]);
    return { classId: value.id, classNo: value.classNo, session: found(view) };
  };

  /** What the trail keeps of a class's deadlines. */
  const deadlinesOf = ({ window, promotionCutOff, withdrawalDeadline }: ClassTimes) => ({
    closesAt: window.closesAt,
    promotionCutOff,
    withdrawalDeadline,
  });

  /**
   * Brings a class in line with its sessions: span, times (those given, as far as the start allows them), and the end when
   * none is left.
   */
  const settleClass = async (
    value: TrainingClass,
    by: Id,
    now: Date,
    tx: Tx,
    times: ClassTimes = value,
  ): Promise<Id[]> => {
    const all = await sessions.listByClasses([value.id], tx);
    const status = statusOfClass(value.status, all);
    const span = spanOfClass(all);
    const fields =
      span.startsAt === null ? { status } : { ...span, ...fitClassTimes(times, span.startsAt), status };
    assertWritten(await classes.tryChange(value, fields, tx), { classId: value.id });
    if (status === value.status) return [];
    if (status === 'completed') await seats.completeAll(value.id, now, tx);
    return status === 'cancelled' ? seats.cancelAll(value.id, by, now, tx) : [];
  };

  const newClassOf = async (
    input: Extract<ScheduleSessionInput['in'], { kind: 'new-class' }>['class'],
    place: Place,
    span: Interval,
  ): Promise<TrainingClass> => {
    if (!areClassTimesValid(input, span.startsAt)) throw new AppError('CLASS_TIMES_INVALID');
    return {
      ...input,
      id: newId(),
      classNo: await classes.nextClassNo(yearOf(span.startsAt)),
      runNo: 1,
      themeId: place.course.themeId,
      status: 'open',
      baseId: place.base.id,
      quotas: [],
      classTeacherIds: [],
      ...span,
      seatsTaken: 0,
      waiting: 0,
      ledgerSeq: 0,
      revision: 0,
      demo: false,
    };
  };

  /** A coming session for another number of people: its venue and the base's half-days must hold them. */
  const resize = async (session: Session, capacity: number, tx: Tx): Promise<void> => {
    const expectedPeople = expectedPeopleOf(session.mode, capacity);
    if (expectedPeople === session.expectedPeople) return;
    const [venue, base] = await Promise.all([
      venues.findById(session.venueId),
      bases.findById(session.baseId),
    ]);
    if (venue && expectedPeople > venue.capacity)
      throw new AppError('VENUE_TOO_SMALL', {
        venueId: venue.id,
        seats: venue.capacity,
        people: expectedPeople,
      });
    const requests = bookingRequestsOf({ ...session, expectedPeople }, base?.capacityPerHalfDay ?? null);
    const [clash] = await desk.rebook(session, requests, session.id, tx);
    if (clash?.kind === 'base')
      throw new AppError('BASE_CAPACITY_EXCEEDED', {
        resourceId: clash.resourceId,
        date: clash.date,
        part: clash.part,
        people: clash.people,
        capacity: clash.capacity,
      });
    assertWritten(await sessions.tryChange(session, { expectedPeople }, tx), { sessionId: session.id });
  };

  return {
    /**
     * Schedules a session of a course, in a class that exists or in a new one. Base, venue, instructors and class are
     * booked in the same transaction: of many at once for the same one, exactly one succeeds.
     */
    async schedule(actor: PersonActor, input: ScheduleSessionInput): Promise<Scheduled> {
      const reach = reachOf(actor);
      const place = await loadPlace(actor, reach, input);
      const existing = input.in.kind === 'class' ? await loadClass(actor, input.in.classId) : null;
      const now = clock.now();
      const span = { startsAt: input.startsAt, endsAt: input.endsAt };
      const people = input.in.kind === 'class' ? (existing?.capacity ?? 0) : input.in.class.capacity;
      const worth = input.worth ?? suggestWorth(span, place.course.classHours);
      assertPlacement(factsOf(place, span, input.mode, people, worth), now);
      const fresh = input.in.kind === 'new-class' ? await newClassOf(input.in.class, place, span) : null;
      const value = found(fresh ?? existing);
      const session = plannedSession(place, span, people, {
        id: newId(),
        classId: value.id,
        title: input.title,
        mode: input.mode,
        worth,
        demo: value.demo,
      });
      const requests = bookingRequestsOf(session, place.base.capacityPerHalfDay);
      await desk.ensure(requests);
      const clashes = await database.transaction(async (tx) => {
        const refused = await desk.rebook(null, requests, session.id, tx);
        if (refused.length > 0) return refused;
        await sessions.insert(session, tx);
        if (fresh) await classes.insert(fresh, tx);
        else {
          const current = await loadClass(actor, value.id, tx);
          // The session was placed for the capacity that was read before the transaction.
          if (current.capacity !== people) throw new AppError('CHANGED_MEANWHILE', { classId: value.id });
          await settleClass(current, actor.personId, now, tx);
        }
        await record(
          actor,
          'session-scheduled',
          { kind: 'session', id: session.id },
          { before: null, after: placeOf(session) },
          tx,
        );
        return [];
      });
      if (clashes.length > 0) return desk.refuseClash(actor, clashes, place, session, people);
      tellSession(session);
      return answer(value, session);
    },

    /**
     * Moves a session in time or place; gives back and books in one transaction. The half-days it is worth move along, and
     * so do the class's deadlines where its first session moves.
     */
    async move(actor: PersonActor, input: MoveSessionInput): Promise<Scheduled> {
      const reach = reachOf(actor);
      const session = await sessions.getInReach(input.sessionId, reach);
      const place = await loadPlace(actor, reach, { ...input, courseId: session.courseId });
      const value = await loadClass(actor, session.classId);
      assertChangeable(session);
      if (session.revision !== input.revision)
        throw new AppError('CHANGED_MEANWHILE', { revision: session.revision });
      const now = clock.now();
      const span = { startsAt: input.startsAt, endsAt: input.endsAt };
      const worth = input.worth ?? moveWorth(session.worth, span);
      assertPlacement(factsOf(place, span, session.mode, value.capacity, worth), now);
      const to = { ...span, baseId: place.base.id, venueId: place.venue.id };
      const fields = {
        ...to,
        movedFrom: movedFromAfter(session, to, value.status),
        instructorIds: place.instructors.map(({ id }) => id),
        worth,
        expectedPeople: expectedPeopleOf(session.mode, value.capacity),
      };
      const moved: Session = { ...session, ...fields, revision: session.revision + 1 };
      const requests = bookingRequestsOf(moved, place.base.capacityPerHalfDay);
      await desk.ensure(requests);
      const clashes = await database.transaction(async (tx) => {
        const refused = await desk.rebook(session, requests, session.id, tx);
        if (refused.length > 0) return refused;
        assertWritten(await sessions.tryChange(session, fields, tx), { sessionId: session.id });
        const current = await loadClass(actor, value.id, tx);
        const times = classTimesAfterMove(current, await sessions.listByClasses([value.id], tx), moved, now);
        await settleClass(current, actor.personId, now, tx, times ?? current);
        await record(
          actor,
          'session-moved',
          { kind: 'session', id: session.id },
          {
            before: { ...placeOf(session), ...(times ? deadlinesOf(current) : {}) },
            after: { ...placeOf(moved), ...(times ? deadlinesOf(times) : {}) },
          },
          tx,
        );
        return [];
      });
      if (clashes.length > 0) return desk.refuseClash(actor, clashes, place, moved, value.capacity);
      if (moved.baseId !== session.baseId) tellSession(session);
      tellSession(moved);
      return answer(value, moved);
    },

    /** Cancels a session with its bookings; with its last session the class and everybody's enrolment end too. */
    async cancelSession(
      actor: PersonActor,
      { sessionId, revision, reason }: { sessionId: Id; revision: number; reason: string },
    ): Promise<{ sessionId: Id; status: Session['status']; revision: number }> {
      const session = await sessions.getInReach(sessionId, reachOf(actor));
      await loadClass(actor, session.classId);
      assertCancellable(session);
      if (session.revision !== revision)
        throw new AppError('CHANGED_MEANWHILE', { revision: session.revision });
      const now = clock.now();
      const personIds = await database.transaction(async (tx) => {
        await desk.rebook(session, [], session.id, tx);
        const fields = { status: 'cancelled', cancelledReason: reason } as const;
        assertWritten(await sessions.tryChange(session, fields, tx), { sessionId });
        await record(
          actor,
          'session-cancelled',
          { kind: 'session', id: sessionId },
          { before: { status: session.status }, after: fields },
          tx,
        );
        return settleClass(await loadClass(actor, session.classId, tx), actor.personId, now, tx);
      });
      tellSession(session);
      seats.tellSeats(session.classId, personIds);
      return { sessionId, status: 'cancelled', revision: revision + 1 };
    },

    /** Cancels a class: every session that has not begun, every seat and the waitlist. A class that is live must be closed first. */
    async cancelClass(
      actor: PersonActor,
      { classId, reason }: { classId: Id; reason: string },
    ): Promise<void> {
      reachOf(actor);
      await loadClass(actor, classId);
      const now = clock.now();
      const { personIds, cancelled } = await database.transaction(async (tx) => {
        const value = await loadClass(actor, classId, tx);
        const all = await sessions.listByClasses([classId], tx);
        const running = all.find(({ status }) => status === 'live');
        if (running) throw new AppError('SESSION_NOT_SCHEDULED', { sessionId: running.id, status: 'live' });
        const open = all.filter(({ status }) => canBecome(status, 'cancelled'));
        for (const session of open) {
          await desk.rebook(session, [], session.id, tx);
          assertWritten(
            await sessions.tryChange(session, { status: 'cancelled', cancelledReason: reason }, tx),
            { sessionId: session.id },
          );
        }
        assertWritten(await classes.tryChange(value, { status: 'cancelled' }, tx), { classId });
        await record(
          actor,
          'class-cancelled',
          { kind: 'class', id: classId },
          { before: { status: value.status }, after: { status: 'cancelled', reason } },
          tx,
        );
        return { personIds: await seats.cancelAll(classId, actor.personId, now, tx), cancelled: open };
      });
      for (const session of cancelled) tellSession(session);
      seats.tellSeats(classId, personIds);
      publisher.publish({ type: 'class:changed', classId });
    },

    /** Changes how many people a class takes: venues and half-days of the base must hold them; more seats go to those who wait. */
    async changeCapacity(
      actor: PersonActor,
      { classId, revision, capacity }: { classId: Id; revision: number; capacity: number },
    ): Promise<void> {
      reachOf(actor);
      await loadClass(actor, classId);
      const now = clock.now();
      const promoted = await database.transaction(async (tx) => {
        const value = await loadClass(actor, classId, tx);
        if (value.revision !== revision)
          throw new AppError('CHANGED_MEANWHILE', { revision: value.revision });
        if (capacity < value.seatsTaken)
          throw new AppError('CAPACITY_BELOW_ENROLLED', { capacity, enrolled: value.seatsTaken });
        const coming = (await sessions.listByClasses([classId], tx)).filter(
          ({ status }) => status === 'scheduled',
        );
        for (const session of coming) await resize(session, capacity, tx);
        assertWritten(await classes.tryChange(value, { capacity }, tx), { classId });
        await record(
          actor,
          'capacity-changed',
          { kind: 'class', id: classId },
          { before: { capacity: value.capacity }, after: { capacity } },
          tx,
        );
        return seats.promote(classId, 'capacity-raised', now, tx);
      });
      publisher.publish({ type: 'class:changed', classId });
      seats.tellSeats(classId, promoted);
    },

    /** May it stand there, and if not, what stands in the way and what is free instead? Nothing is written. */
    async assess(actor: PersonActor, input: AssessPlacementInput): Promise<PlacementVerdict> {
      const reach = reachOf(actor);
      const place = await loadPlace(actor, reach, input);
      const moving = input.sessionId === null ? null : await sessions.getInReach(input.sessionId, reach);
      if (input.classId !== null) await loadClass(actor, input.classId);
      const now = clock.now();
      const span = { startsAt: input.startsAt, endsAt: input.endsAt };
      const suggestedWorth = moving
        ? moveWorth(moving.worth, span)
        : suggestWorth(span, place.course.classHours);
      const facts = factsOf(place, span, input.mode, input.people, input.worth ?? suggestedWorth);
      const wanted = plannedSession(place, span, input.people, {
        id: moving?.id ?? newId(),
        classId: moving?.classId ?? input.classId ?? newId(),
        title: place.course.title.zh,
        mode: input.mode,
        worth: facts.worth,
        demo: false,
      });
      const requests = bookingRequestsOf(wanted, place.base.capacityPerHalfDay);
      const clashes = await desk.clashesOf(wanted.id, requests);
      const refusals = refusalsOf(facts, now);
      const warnings = warningsOf(facts);
      const isBlocked = refusals.length > 0 || clashes.length > 0;
      return {
        verdict: isBlocked ? 'blocked' : warnings.length > 0 ? 'tight' : 'free',
        refusals,
        clashes: await desk.viewClashes(actor, clashes),
        warnings,
        alternatives: isBlocked
          ? await desk.alternativesFor(place, wanted, input.people, now)
          : { times: [], venues: [] },
        suggestedWorth,
      };
    },
  };
}
