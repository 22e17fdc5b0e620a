import type { EnrollmentRepository } from '@cadre/db/enrollment';
import type { JobRepository } from '@cadre/db/job';
import type { ConnectionRepository, OpenConnection, RoomEventRepository } from '@cadre/db/live';
import type { SessionRepository } from '@cadre/db/training';
import type { PersonActor } from '@cadre/domain/access';
import { AppError, type Id } from '@cadre/domain/core';
import { MISSED_EVENTS_LIMIT, type RoomEvent, type RoomSnapshot, type RoomViewer } from '@cadre/domain/live';
import type { Ports } from '../core';
import type { RoomQueue } from './room-queue';
import type { RoomService } from './room.service';

/** A process that has not said for so long that it lives is dead. */
export const SILENCE_MILLIS = 45_000;

export interface RoomLineDeps extends Pick<Ports, 'clock' | 'systemClock' | 'newId'> {
  jobs: Pick<JobRepository, 'putOff'>;
  sessions: Pick<SessionRepository, 'getById'>;
  enrollments: Pick<EnrollmentRepository, 'listActive'>;
  roomEvents: Pick<RoomEventRepository, 'listSince' | 'listBySubjects' | 'lastSeq' | 'countCheckedIn'>;
  connections: ConnectionRepository;
  room: Pick<RoomService, 'findVisible'>;
  roomQueue: Pick<RoomQueue, 'run'>;
}

/** The events somebody has missed, as far as they may see them. */
export interface MissedEvents {
  events: RoomEvent[];
  lastSeq: number;
  more: boolean;
}

/** So many tries of a beat, then a job goes on. */
const LINE_TRIES = 3;
export const END_LINE_JOB = 'live:end-line';

/** A line whose end is left to a job. */
export interface LeftLine {
  sessionId: Id;
  personId: Id;
  connectionId: string;
  at: Date;
}

/** A line of online participation, whichever process holds it. */
type Line = Omit<OpenConnection, 'processId'>;

export type RoomLineService = ReturnType<typeof createRoomLineService>;

/** What open lines (sockets) need: to look into a room, to catch up, and the time spent on the line online. */
export function createRoomLineService(deps: RoomLineDeps) {
  const { sessions, enrollments, roomEvents, connections, room, roomQueue, jobs, newId, clock, systemClock } =
    deps;

  /** As whom the actor may look into a room; a stranger's room is not found. */
  const viewerOf = async (actor: PersonActor, sessionId: Id): Promise<RoomViewer> => {
    if (await room.findVisible(actor, sessionId)) return { kind: 'staff' };
    const { personId } = actor;
    const { classId } = await sessions.getById(sessionId);
    const [held, own] = await Promise.all([
      enrollments.listActive(classId, [personId]),
      roomEvents.listBySubjects(sessionId, [personId]),
    ]);
    if (held.length === 0 && own.length === 0) throw new AppError('NOT_FOUND');
    return { kind: 'learner', personId };
  };

  const missedBy = async (viewer: RoomViewer, sessionId: Id, since: number): Promise<MissedEvents> => {
    // Read before the events: what comes in between is sent by itself and told apart by its number.
    const lastSeq = await roomEvents.lastSeq(sessionId);
    const events = await roomEvents.listSince(sessionId, since, viewer, MISSED_EVENTS_LIMIT);
    return { events, lastSeq, more: events.length === MISSED_EVENTS_LIMIT };
  };

  /** Lines of this process that were hung up while the room could not record it, each with the moment it ended. */
  const unended = new Map<string, { open: Line; at: Date; tries: number }>();

  const hangUp = (open: Line, at: Date): Promise<unknown> =>
    roomQueue.run(open.sessionId, {
      command: { type: 'disconnect', personId: open.personId, connectionId: open.id },
      at,
    });

  /**
   * Ends a line once, at `at` or at the earlier moment an attempt has kept. What fails is kept for the next beat; what
   * fails again and again is left to a job with its moment, so that it is neither forgotten nor tried with every beat.
   */
  const end = async (open: Line, now: Date): Promise<void> => {
    const { at, tries } = unended.get(open.id) ?? { at: now, tries: 0 };
    unended.set(open.id, { open, at, tries: tries + 1 });
    try {
      await hangUp(open, at);
    } catch (error) {
      if (tries + 1 < LINE_TRIES) throw error;
      const { id, sessionId, personId } = open;
      const payload = { sessionId, personId, connectionId: id, at };
      await jobs.putOff(
        { id: newId(), kind: END_LINE_JOB, key: id, payload, runAt: systemClock.now() },
        error instanceof Error ? error.message : String(error),
      );
    }
    unended.delete(open.id);
  };

  /** Ends the lines of a process that died, at its last sign of life; what cannot be ended is left to jobs. */
  const endProcessOf = async (processId: Id, aliveAt: Date): Promise<number> => {
    const left = await connections.listByProcess(processId);
    await Promise.all(left.map((open) => end(open, aliveAt)));
    await connections.deleteProcess(processId);
    return left.length;
  };

  return {
    viewerOf,

    /** The room as it is, and what happened after `since`. */
    async look(
      viewer: RoomViewer,
      sessionId: Id,
      since: number,
    ): Promise<MissedEvents & { viewer: RoomViewer['kind']; room: RoomSnapshot }> {
      const missed = await missedBy(viewer, sessionId, since);
      const [{ status, openedAt, extendedTo, closedAt }, checkedIn] = await Promise.all([
        sessions.getById(sessionId),
        roomEvents.countCheckedIn(sessionId),
      ]);
      return {
        ...missed,
        viewer: viewer.kind,
        room: { status, openedAt, extendedTo, closedAt, checkedIn, now: clock.now() },
      };
    },

    async missed(actor: PersonActor, sessionId: Id, since: number): Promise<MissedEvents> {
      return missedBy(await viewerOf(actor, sessionId), sessionId, since);
    },

    /** Takes part online: checks in when that has not happened, and counts the time until `disconnect`. */
    async connect(actor: PersonActor, sessionId: Id, connectionId: string, processId: Id): Promise<void> {
      await viewerOf(actor, sessionId);
      await roomQueue.run(sessionId, {
        command: { type: 'connect', personId: actor.personId, connectionId },
        at: clock.now(),
        processId,
      });
    },

    /** Hangs up now. When the room cannot record it, this fails and each `beat` tries again with the moment kept. */
    async disconnect(open: Line): Promise<void> {
      await end(open, clock.now());
    },

    /** Says that a process lives, so that its lines count at least until now; ends what could not be ended before. */
    async beat(processId: Id): Promise<void> {
      await connections.beat({ id: processId, aliveAt: clock.now(), beatAt: systemClock.now() });
      await Promise.all([...unended.values()].map(({ open, at }) => end(open, at)));
    },

    /** Ends the lines of processes that died, each at its last sign of life. Returns how many it ended. */
    async endSilent(): Promise<number> {
      let ended = 0;
      const silent = await connections.listSilent(new Date(systemClock.now().getTime() - SILENCE_MILLIS));
      for (const { id, aliveAt } of silent) ended += await endProcessOf(id, aliveAt);
      return ended;
    },

    /** Ends a line that no beat could end, at the moment that was kept: what its job does. */
    async endLeftLine({ sessionId, personId, connectionId, at }: LeftLine): Promise<void> {
      await hangUp({ id: connectionId, sessionId, personId }, at);
    },

    /** A process stops in order: its lines end now. */
    async endProcess(processId: Id): Promise<void> {
      const left = await connections.listByProcess(processId);
      await Promise.all(left.map((open) => end(open, clock.now())));
      await connections.deleteProcess(processId);
    },
  };
}
