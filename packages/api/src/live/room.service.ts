import type { AuditRepository } from '@cadre/db/audit';
import type { Database, Tx } from '@cadre/db/core';
import type { EnrollmentRepository } from '@cadre/db/enrollment';
import type { PersonRepository, UnitRepository } from '@cadre/db/identity';
import type { JobRepository } from '@cadre/db/job';
import type { ConnectionRepository, PresenceRepository, RoomEventRepository } from '@cadre/db/live';
import type { BaseRepository, InstructorRepository, VenueRepository } from '@cadre/db/network';
import type { SessionRepository, TrainingClassRepository } from '@cadre/db/training';
import type { PersonActor } from '@cadre/domain/access';
import { AppError, addDays, instantOf, toCivilDate, type CivilDate, type Id } from '@cadre/domain/core';
import {
  DISPUTED_DAYS,
  FIRST_REVISION,
  applyRoomEvent,
  assertCanExtend,
  assertCanOpen,
  assertRoomOpen,
  assessPresences,
  canRunRoom,
  canSeeRoom,
  closingEvents,
  foldRoomEvents,
  roomClosesItselfAt,
  roomReachOf,
  ROOM_CLOSES_MINUTES,
  type AttendanceReceipt,
  type DisputedRoom,
  type HallScreen,
  type RoomCommand,
  type RoomEvent,
  type RoomEventBody,
  type RoomFacts,
  type RoomPlace,
  type RoomSummary,
  type RoomView,
} from '@cadre/domain/live';
import type { Session } from '@cadre/domain/training';
import type { Apart, Ports } from '../core';
import type { CheckInCodes } from './check-in-codes';
import type { RoomQueue } from './room-queue';
import { announcementsOf, factsOf, receiptOf } from './room-views';

const byId = <Value extends { id: Id }>(list: readonly Value[]): Map<Id, Value> =>
  new Map(list.map((value) => [value.id, value]));

const idsOf = (list: readonly { id: Id }[]): Id[] => list.map(({ id }) => id);

/** The job that values a closed session; its key names the revision of the presences it reads. */
export const SETTLE_JOB = 'credit:settle';

export interface RoomDeps extends Pick<Ports, 'clock' | 'systemClock' | 'newId' | 'publisher' | 'publicUrl'> {
  database: Pick<Database, 'transaction'>;
  apart: Apart;
  sessions: Pick<
    SessionRepository,
    | 'getById'
    | 'listByIds'
    | 'listBetween'
    | 'listOfClassesBetween'
    | 'listByInstructors'
    | 'listEndedBefore'
    | 'tryTransition'
  >;
  classes: Pick<TrainingClassRepository, 'getById' | 'listByIds' | 'listIdsByTeacher'>;
  enrollments: Pick<EnrollmentRepository, 'listByClass'>;
  instructors: Pick<InstructorRepository, 'listByIds' | 'listByPerson'>;
  bases: Pick<BaseRepository, 'getById' | 'listByIds'>;
  venues: Pick<VenueRepository, 'getById' | 'listByIds'>;
  people: Pick<PersonRepository, 'listByIds'>;
  units: Pick<UnitRepository, 'listByIds'>;
  roomEvents: Pick<
    RoomEventRepository,
    'insertRoom' | 'append' | 'listBySession' | 'countCheckedIn' | 'countDisputes' | 'lastSeq'
  >;
  presences: Pick<PresenceRepository, 'insertMany'>;
  connections: Pick<ConnectionRepository, 'deleteBySession'>;
  jobs: Pick<JobRepository, 'tryEnqueue'>;
  audit: Pick<AuditRepository, 'insert'>;
  codes: Pick<CheckInCodes, 'current'>;
  roomQueue: Pick<RoomQueue, 'run'>;
}

export type RoomService = ReturnType<typeof createRoomService>;

/** What the people who run a room do: base admin, class teacher, host, instructor, alliance. */
export function createRoomService(deps: RoomDeps) {
  const { sessions, classes, enrollments, instructors, bases, venues, people, units } = deps;
  const { database, roomEvents, presences, connections, jobs, audit, codes, roomQueue, apart } = deps;
  const { clock, systemClock, newId, publisher, publicUrl } = deps;

  const placeOf = async (session: Session): Promise<RoomPlace> => {
    const [trainingClass, teaching] = await Promise.all([
      classes.getById(session.classId),
      instructors.listByIds(session.instructorIds),
    ]);
    return {
      sessionId: session.id,
      classId: session.classId,
      baseId: session.baseId,
      classTeacherIds: trainingClass.classTeacherIds,
      instructorPersonIds: teaching.flatMap(({ personId }) => personId ?? []),
    };
  };

  /** The session if the actor belongs to those who run or oversee its room; null otherwise. */
  const findVisible = async (actor: PersonActor, sessionId: Id) => {
    const session = await sessions.getById(sessionId);
    const place = await placeOf(session);
    return canSeeRoom(actor, place) ? { session, mayRun: canRunRoom(actor, place) } : null;
  };
  /** A stranger's room answers like a missing one. */
  const getVisible = async (actor: PersonActor, sessionId: Id) => {
    const visible = await findVisible(actor, sessionId);
    if (!visible) throw new AppError('NOT_FOUND');
    return visible;
  };
  const getRunnable = async (actor: PersonActor, sessionId: Id): Promise<Session> => {
    const { session, mayRun } = await getVisible(actor, sessionId);
    if (!mayRun) throw new AppError('NOT_ALLOWED');
    return session;
  };

  const facts = async (session: Session): Promise<RoomFacts> => {
    const [trainingClass, base, venue] = await Promise.all([
      classes.getById(session.classId),
      bases.getById(session.baseId),
      venues.getById(session.venueId),
    ]);
    return factsOf(session, trainingClass, base, venue);
  };

  const append = (
    sessionId: Id,
    at: Date,
    bodies: readonly RoomEventBody[],
    tx: Tx,
  ): Promise<RoomEvent[]> => {
    const recordedAt = clock.now();
    return roomEvents.append(
      sessionId,
      bodies.map((body) => ({ id: newId(), at, recordedAt, body })),
      tx,
    );
  };

  const note = (verb: string, session: Session, by: Id | null, after: Record<string, unknown>, tx: Tx) =>
    audit.insert(
      {
        id: newId(),
        at: clock.now(),
        actor: by === null ? { kind: 'system' } : { kind: 'person', personId: by },
        action: `live:${verb}`,
        subject: { kind: 'session', id: session.id },
        before: { status: session.status, extendedTo: session.extendedTo },
        after,
      },
      tx,
    );

  const announceChange = (
    events: readonly RoomEvent[],
    { id: sessionId, classId, baseId }: Session,
  ): void => {
    for (const event of events) publisher.publish({ type: 'room:event', event });
    publisher.publish({ type: 'session:changed', sessionId, classId, baseId });
  };

  /**
   * Closes a room and derives everybody's presence, all or nothing; the settlement is asked for in the same transaction.
   * Of several who close at once one succeeds; for the others the room is closed already.
   */
  const close = async (
    sessionId: Id,
    closedAt: Date,
    how: { reason: 'host'; by: Id } | { reason: 'time-out'; by: null },
  ): Promise<Session> => {
    const { session, events } = await database.transaction(async (tx) => {
      const session = await sessions.getById(sessionId, tx);
      assertRoomOpen(session);
      const closedOnes = await sessions.tryTransition(sessionId, 'live', 'closed', { closedAt }, tx);
      if (!closedOnes) throw new AppError('ROOM_CLOSED');
      const log = foldRoomEvents(await roomEvents.listBySession(sessionId, tx));
      const events = await append(
        sessionId,
        closedAt,
        [...closingEvents(log.attendances.values()), { type: 'room-closed', ...how }],
        tx,
      );
      for (const event of events) applyRoomEvent(log, event);
      await presences.insertMany(
        assessPresences(log, session, closedAt).map((assessed) => ({
          id: newId(),
          revision: FIRST_REVISION,
          ...assessed,
        })),
        tx,
      );
      await connections.deleteBySession(sessionId, tx);
      await jobs.tryEnqueue(
        {
          id: newId(),
          kind: SETTLE_JOB,
          key: `${sessionId}:${FIRST_REVISION}`,
          payload: { sessionId },
          runAt: systemClock.now(),
        },
        tx,
      );
      await note('room-closed', session, how.by, { status: 'closed', reason: how.reason }, tx);
      return { session: { ...session, status: 'closed' as const, closedAt }, events };
    });
    announceChange(events, session);
    return session;
  };

  const byHand = async (
    actor: PersonActor,
    sessionId: Id,
    command: RoomCommand,
  ): Promise<AttendanceReceipt> => {
    await getRunnable(actor, sessionId);
    const { session, attendance, disputed } = await roomQueue.run(sessionId, { command, at: clock.now() });
    if (!attendance) throw new AppError('NOT_CHECKED_IN');
    return receiptOf(session, attendance, disputed, clock.now());
  };

  /** The classes, bases and venues of sessions, and what a room's facts take from them. */
  const surroundingsOf = async (found: readonly Session[]) => {
    const [classList, baseList, venueList] = await Promise.all([
      classes.listByIds([...new Set(found.map(({ classId }) => classId))]),
      bases.listByIds([...new Set(found.map(({ baseId }) => baseId))]),
      venues.listByIds([...new Set(found.map(({ venueId }) => venueId))]),
    ]);
    const [classOf, baseOf, venueOf] = [byId(classList), byId(baseList), byId(venueList)];
    const nameless = { name: { zh: '—', en: '—' } };
    const factsFor = (session: Session): RoomFacts =>
      factsOf(
        session,
        classOf.get(session.classId) ?? { title: session.title },
        baseOf.get(session.baseId) ?? nameless,
        venueOf.get(session.venueId) ?? nameless,
      );
    return { factsFor, classOf };
  };

  const listOf = async (actor: PersonActor, from: Date, to: Date): Promise<Session[]> => {
    const reach = roomReachOf(actor);
    if (reach === 'all') return sessions.listBetween('all', from, to);
    const [teaching, classIds] = await Promise.all([
      instructors.listByPerson(reach.personId),
      classes.listIdsByTeacher(reach.personId),
    ]);
    const found = await Promise.all([
      sessions.listBetween(reach.baseIds, from, to),
      sessions.listOfClassesBetween([...reach.classIds, ...classIds], from, to),
      sessions.listByInstructors(
        teaching.map(({ id }) => id),
        from,
        to,
      ),
      sessions.listByIds(reach.sessionIds),
    ]);
    const once = new Map(found.flat().map((session) => [session.id, session]));
    return [...once.values()]
      .filter(({ status, startsAt, endsAt }) => status !== 'cancelled' && startsAt < to && endsAt > from)
      .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  };

  /** Closes a room that was left open, once its time has come; false when there is nothing to close any more. */
  const closeOverdueRoom = async (sessionId: Id): Promise<boolean> => {
    const session = await sessions.getById(sessionId);
    const closesAt = roomClosesItselfAt(session);
    if (session.status !== 'live' || closesAt > clock.now()) return false;
    try {
      await close(sessionId, closesAt, { reason: 'time-out', by: null });
      return true;
    } catch (error) {
      // Somebody has closed it meanwhile; what else a room refuses is looked at again, and shown if it stays so.
      if (error instanceof AppError && error.code === 'ROOM_CLOSED') return false;
      throw error;
    }
  };

  /** Ends a session that nobody opened; false when it has begun or ended otherwise. */
  const endUnopenedSession = async (sessionId: Id): Promise<boolean> => {
    const session = await sessions.getById(sessionId);
    const closedAt = roomClosesItselfAt(session);
    if (session.status !== 'scheduled' || closedAt > clock.now()) return false;
    const isOurs = await database.transaction(async (tx) => {
      if (!(await sessions.tryTransition(sessionId, 'scheduled', 'not-held', { closedAt }, tx))) return false;
      await note('not-held', session, null, { status: 'not-held', reason: 'nobody-opened' }, tx);
      return true;
    });
    if (isOurs) announceChange([], session);
    return isOurs;
  };

  return {
    findVisible,

    /** Opens the room, from an hour before the scheduled start; from now on the session's worth is fixed. */
    async open(actor: PersonActor, sessionId: Id): Promise<RoomFacts> {
      await getRunnable(actor, sessionId);
      const openedAt = clock.now();
      const { session, events } = await database.transaction(async (tx) => {
        const session = await sessions.getById(sessionId, tx);
        assertCanOpen(session, openedAt);
        if (!(await sessions.tryTransition(sessionId, 'scheduled', 'live', { openedAt }, tx)))
          throw new AppError('SESSION_NOT_SCHEDULED');
        await roomEvents.insertRoom(sessionId, tx);
        const events = await append(sessionId, openedAt, [{ type: 'room-opened', by: actor.personId }], tx);
        await note('room-opened', session, actor.personId, { status: 'live' }, tx);
        return { session: { ...session, status: 'live' as const, openedAt }, events };
      });
      announceChange(events, session);
      return facts(session);
    },

    /** Puts the end off; presence counts until then. */
    async extend(actor: PersonActor, sessionId: Id, until: Date): Promise<RoomFacts> {
      await getRunnable(actor, sessionId);
      const now = clock.now();
      const { session, events } = await database.transaction(async (tx) => {
        const session = await sessions.getById(sessionId, tx);
        assertCanExtend(session, until, now);
        if (!(await sessions.tryTransition(sessionId, 'live', 'live', { extendedTo: until }, tx)))
          throw new AppError('ROOM_CLOSED');
        const events = await append(
          sessionId,
          now,
          [{ type: 'room-extended', until, by: actor.personId }],
          tx,
        );
        await note('room-extended', session, actor.personId, { extendedTo: until }, tx);
        return { session: { ...session, extendedTo: until }, events };
      });
      announceChange(events, session);
      return facts(session);
    },

    async close(actor: PersonActor, sessionId: Id): Promise<RoomFacts> {
      await getRunnable(actor, sessionId);
      return facts(await close(sessionId, clock.now(), { reason: 'host', by: actor.personId }));
    },

    /**
     * Closes rooms that were left open, at the instant at which each was to close by itself, however late this runs.
     * Returns how many it closed; may run in several processes at once.
     */
    async closeOverdue(): Promise<number> {
      const now = clock.now();
      const candidates = await sessions.listEndedBefore(
        'live',
        new Date(now.getTime() - ROOM_CLOSES_MINUTES * 60_000 + 1),
      );
      const overdue = candidates.filter((session) => roomClosesItselfAt(session) <= now);
      return apart('live:close-room', idsOf(overdue), closeOverdueRoom);
    },
    closeOverdueRoom,

    /**
     * Ends sessions whose room nobody has opened, at the instant at which it would have closed by itself: they were not
     * held, as far as anybody knows. Nothing is settled; whoever schedules there says what becomes of them.
     * Returns how many it ended; may run in several processes at once.
     */
    async endUnopened(): Promise<number> {
      const before = new Date(clock.now().getTime() - ROOM_CLOSES_MINUTES * 60_000 + 1);
      const unopened = await sessions.listEndedBefore('scheduled', before);
      return apart('live:end-unopened', idsOf(unopened), endUnopenedSession);
    },
    endUnopenedSession,

    /** Class-teacher check-in: recorded with who did it. */
    checkInByHand: (actor: PersonActor, sessionId: Id, personId: Id): Promise<AttendanceReceipt> =>
      byHand(actor, sessionId, {
        type: 'check-in',
        personId,
        mode: 'hall',
        method: 'teacher',
        by: actor.personId,
      }),

    checkOutByHand: (actor: PersonActor, sessionId: Id, personId: Id): Promise<AttendanceReceipt> =>
      byHand(actor, sessionId, { type: 'check-out', personId, reason: 'teacher', by: actor.personId }),

    async announce(actor: PersonActor, sessionId: Id, text: string): Promise<void> {
      await getRunnable(actor, sessionId);
      await roomQueue.run(sessionId, {
        command: { type: 'announce', personId: actor.personId, text },
        at: clock.now(),
      });
    },

    /** The room with its roster: everybody with a seat, and whoever was checked in besides. */
    async room(actor: PersonActor, sessionId: Id): Promise<RoomView> {
      const { session, mayRun } = await getVisible(actor, sessionId);
      const [room, seats, events] = await Promise.all([
        facts(session),
        enrollments.listByClass(session.classId, ['enrolled', 'completed']),
        roomEvents.listBySession(sessionId),
      ]);
      const log = foldRoomEvents(events);
      const seated = new Set(seats.map(({ personId }) => personId));
      const persons = await people.listByIds([
        ...new Set([...seated, ...log.attendances.keys(), ...log.disputes.keys()]),
      ]);
      const unitList = await units.listByIds([...new Set(persons.map(({ unitId }) => unitId))]);
      const unitNames = new Map(unitList.map((unit) => [unit.id, unit.name]));
      const now = clock.now();
      const roster = persons
        .sort((a, b) => (a.personNo < b.personNo ? -1 : 1))
        .map((person) => {
          const attended = log.attendances.get(person.id);
          return {
            personId: person.id,
            personNo: person.personNo,
            name: person.name,
            unit: unitNames.get(person.unitId) ?? { zh: '', en: '' },
            enrolled: seated.has(person.id),
            receipt: attended ? receiptOf(session, attended, log.disputes.has(person.id), now) : null,
            connected: attended?.connections.some(({ to }) => to === null) ?? false,
            dispute: log.disputes.get(person.id) ?? null,
          };
        });
      return {
        room,
        roster,
        announcements: announcementsOf(events),
        expected: seats.length,
        checkedIn: log.attendances.size,
        mayRun,
        lastSeq: events.at(-1)?.seq ?? 0,
        now,
      };
    },

    /** What the screen in the hall shows now; the code only while the room is open, and only to those who run it. */
    async hall(actor: PersonActor, sessionId: Id): Promise<HallScreen> {
      const session = await getRunnable(actor, sessionId);
      const now = clock.now();
      // Read before the count: what comes in between is told by its number and read again.
      const lastSeq = await roomEvents.lastSeq(sessionId);
      const [room, trainingClass, checkedIn, code] = await Promise.all([
        facts(session),
        classes.getById(session.classId),
        roomEvents.countCheckedIn(sessionId),
        session.status === 'live' ? codes.current(sessionId, now) : null,
      ]);
      return {
        room,
        code: code && {
          link: `${publicUrl}/check-in/${sessionId}/${code.token}`,
          digits: code.digits,
          changesAt: code.changesAt,
        },
        expected: trainingClass.seatsTaken,
        checkedIn,
        lastSeq,
        now,
      };
    },

    /** The rooms of one day that the actor may see, by start. */
    async rooms(actor: PersonActor, date: CivilDate): Promise<RoomSummary[]> {
      const found = await listOf(actor, instantOf(date), instantOf(addDays(date, 1)));
      const { factsFor, classOf } = await surroundingsOf(found);
      return Promise.all(
        found.map(async (session) => ({
          room: factsFor(session),
          expected: classOf.get(session.classId)?.seatsTaken ?? 0,
          checkedIn: session.status === 'scheduled' ? 0 : await roomEvents.countCheckedIn(session.id),
          mayRun: canRunRoom(actor, await placeOf(session)),
        })),
      );
    },

    /** The rooms of the last weeks that the actor may see and to whose records somebody has objected, the newest first. */
    async disputed(actor: PersonActor): Promise<DisputedRoom[]> {
      const today = toCivilDate(clock.now());
      const found = await listOf(
        actor,
        instantOf(addDays(today, -DISPUTED_DAYS)),
        instantOf(addDays(today, 1)),
      );
      const counts = await roomEvents.countDisputes(found.map(({ id }) => id));
      const disputed = found.filter(({ id }) => counts.has(id)).reverse();
      const { factsFor } = await surroundingsOf(disputed);
      return disputed.map((session) => ({ room: factsFor(session), disputes: counts.get(session.id) ?? 0 }));
    },
  };
}
