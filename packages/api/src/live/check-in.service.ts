import type { EnrollmentRepository } from '@cadre/db/enrollment';
import type { CheckInTicketRepository, RoomEventRepository } from '@cadre/db/live';
import type { BaseRepository, VenueRepository } from '@cadre/db/network';
import type { SessionRepository, TrainingClassRepository } from '@cadre/db/training';
import type { PersonActor } from '@cadre/domain/access';
import { AppError, type Id } from '@cadre/domain/core';
import {
  TICKET_MINUTES,
  foldRoomEvents,
  type AttendanceReceipt,
  type CheckInProof,
  type MyRoom,
  type Scanned,
} from '@cadre/domain/live';
import { hashSecret, toToken, type Ports } from '../core';
import type { NeededPresenceService } from '../credit';
import type { CheckInCodes } from './check-in-codes';
import type { RoomQueue, RoomResult } from './room-queue';
import { announcementsOf, factsOf, receiptOf } from './room-views';

const TICKET_BYTES = 32;
const CODE_REFUSALS: readonly string[] = ['CHECK_IN_CODE_WRONG', 'CHECK_IN_CODE_EXPIRED'];

export interface CheckInDeps extends Pick<Ports, 'clock' | 'newId' | 'random'> {
  sessions: Pick<SessionRepository, 'findById' | 'getById'>;
  enrollments: Pick<EnrollmentRepository, 'listActive'>;
  bases: Pick<BaseRepository, 'getById'>;
  classes: Pick<TrainingClassRepository, 'getById'>;
  venues: Pick<VenueRepository, 'getById'>;
  roomEvents: Pick<RoomEventRepository, 'listBySubjects' | 'listOfRoom' | 'lastSeq'>;
  tickets: Pick<CheckInTicketRepository, 'deleteExpired' | 'insert' | 'find'>;
  codes: Pick<CheckInCodes, 'verify'>;
  roomQueue: Pick<RoomQueue, 'run'>;
  neededPresence: Pick<NeededPresenceService, 'neededMinutes'>;
}

export type CheckInService = ReturnType<typeof createCheckInService>;

/** What a learner does in a room. Everything here is about the actor; nobody can be named but oneself. */
export function createCheckInService(deps: CheckInDeps) {
  const {
    sessions,
    enrollments,
    bases,
    classes,
    venues,
    roomEvents,
    tickets,
    codes,
    roomQueue,
    neededPresence,
    clock,
    newId,
    random,
  } = deps;

  /** The session and what concerns the actor in it. Without a seat, a place in the queue or a check-in there is nothing to see. */
  const getOwn = async ({ personId }: PersonActor, sessionId: Id) => {
    const session = await sessions.getById(sessionId);
    const [[held], own] = await Promise.all([
      enrollments.listActive(session.classId, [personId]),
      roomEvents.listBySubjects(sessionId, [personId]),
    ]);
    const log = foldRoomEvents(own);
    const attendance = log.attendances.get(personId) ?? null;
    if (!held && !attendance) throw new AppError('NOT_FOUND');
    return {
      session,
      attendance,
      disputed: log.disputes.has(personId),
      enrolled: held?.state === 'enrolled' || held?.state === 'completed',
    };
  };

  const receipt = ({ session, attendance, disputed }: RoomResult): AttendanceReceipt | null =>
    attendance && receiptOf(session, attendance, disputed, clock.now());
  const receiptOrRefusal = (result: RoomResult): AttendanceReceipt => {
    const found = receipt(result);
    if (!found) throw new AppError('NOT_CHECKED_IN');
    return found;
  };

  /** Whoever comes with an old code to a room that is over is told that, and not that the code is wrong. */
  const refuse = async (error: unknown, sessionId: Id): Promise<never> => {
    if (error instanceof AppError && CODE_REFUSALS.includes(error.code)) {
      const session = await sessions.findById(sessionId);
      if (session?.status === 'closed' || session?.status === 'settled') throw new AppError('ROOM_CLOSED');
    }
    throw error;
  };

  return {
    /** Keeps a scan for a browser that has yet to sign in; returns the browser's own secret beside what it may show. */
    async scan(sessionId: Id, token: string): Promise<{ scanned: Scanned; secret: string }> {
      const scannedAt = clock.now();
      const verdict = await codes.verify(sessionId, { kind: 'qr', token }, scannedAt);
      if (verdict === 'wrong') return refuse(new AppError('CHECK_IN_CODE_WRONG'), sessionId);
      if (verdict === 'expired') return refuse(new AppError('CHECK_IN_CODE_EXPIRED'), sessionId);
      const { title } = await sessions.getById(sessionId);
      const secret = toToken(random.bytes(TICKET_BYTES));
      const expiresAt = new Date(scannedAt.getTime() + TICKET_MINUTES * 60_000);
      const tokenHash = hashSecret(secret);
      await tickets.insert({ id: newId(), tokenHash, sessionId, scannedAt, expiresAt, redeemedBy: null });
      return { scanned: { sessionId, title, scannedAt, expiresAt }, secret };
    },

    /** Removes scans that nobody has used in time. */
    async removeExpired(): Promise<void> {
      await tickets.deleteExpired(clock.now());
    },

    /** Checks in by what the hall screen shows. A second time leads to the same receipt. */
    async checkIn(actor: PersonActor, sessionId: Id, code: CheckInProof): Promise<AttendanceReceipt> {
      const { personId, accountId } = actor;
      const method = code.kind;
      const decided = roomQueue.run(sessionId, {
        command: { type: 'check-in', personId, mode: 'hall', method, by: null },
        at: clock.now(),
        proof: { code, accountId },
      });
      return receiptOrRefusal(await decided.catch((error: unknown) => refuse(error, sessionId)));
    },

    /** Checks in at the time of a scan that this browser made before it signed in. */
    async redeem(actor: PersonActor, sessionId: Id, secret: string | null): Promise<AttendanceReceipt> {
      const ticket = secret === null ? null : await tickets.find(hashSecret(secret), sessionId);
      if (!ticket || ticket.expiresAt < clock.now()) throw new AppError('CHECK_IN_TICKET_EXPIRED');
      return receiptOrRefusal(
        await roomQueue.run(sessionId, {
          command: { type: 'check-in', personId: actor.personId, mode: 'hall', method: 'qr', by: null },
          at: ticket.scannedAt,
          ticketId: ticket.id,
        }),
      );
    },

    async checkOut(actor: PersonActor, sessionId: Id): Promise<AttendanceReceipt> {
      await getOwn(actor, sessionId);
      return receiptOrRefusal(
        await roomQueue.run(sessionId, {
          command: { type: 'check-out', personId: actor.personId, reason: 'self', by: null },
          at: clock.now(),
        }),
      );
    },

    /** Reports that what is recorded about the actor is wrong; null for somebody of whom no check-in is recorded. */
    async dispute(actor: PersonActor, sessionId: Id, text: string): Promise<AttendanceReceipt | null> {
      await getOwn(actor, sessionId);
      return receipt(
        await roomQueue.run(sessionId, {
          command: { type: 'dispute', personId: actor.personId, text },
          at: clock.now(),
        }),
      );
    },

    /** The room as the actor sees it. */
    async myRoom(actor: PersonActor, sessionId: Id): Promise<MyRoom> {
      const own = await getOwn(actor, sessionId);
      const unsettled = own.session.status === 'settled' ? null : own.attendance;
      const [trainingClass, base, venue, ofRoom, lastSeq, neededMinutes] = await Promise.all([
        classes.getById(own.session.classId),
        bases.getById(own.session.baseId),
        venues.getById(own.session.venueId),
        roomEvents.listOfRoom(sessionId),
        roomEvents.lastSeq(sessionId),
        unsettled && neededPresence.neededMinutes(own.session, unsettled),
      ]);
      return {
        room: factsOf(own.session, trainingClass, base, venue),
        enrolled: own.enrolled,
        receipt: receipt(own),
        neededMinutes,
        announcements: announcementsOf(ofRoom),
        lastSeq,
        now: clock.now(),
      };
    },
  };
}
