import type { Database, Tx } from '@cadre/db/core';
import type { EnrollmentRepository } from '@cadre/db/enrollment';
import type { CheckInTicketRepository, ConnectionRepository, RoomEventRepository } from '@cadre/db/live';
import type { SessionRepository } from '@cadre/db/training';
import { AppError, type Id } from '@cadre/domain/core';
import type { Enrollment } from '@cadre/domain/enrollment';
import {
  applyRoomEvent,
  decideRoomCommand,
  foldRoomEvents,
  type Attendance,
  type CheckInProof,
  type RoomCommand,
  type RoomEvent,
  type RoomEventBody,
  type RoomLog,
} from '@cadre/domain/live';
import type { Session } from '@cadre/domain/training';
import { createBatchQueue, type BatchOutcome, type Ports } from '../core';
import { createAttemptLimits, type AttemptLimitsDeps } from './attempt-limits';
import type { CheckInCodes } from './check-in-codes';

/** A transaction decides at most so many commands. */
export const BATCH_LIMIT = 64;

/** A command to a room, with what must hold before it is decided. */
export interface RoomRequest {
  command: RoomCommand;
  /** When it happened: arrival at the server, or the scan that a ticket keeps. */
  at: Date;
  /** What somebody has scanned or typed; null for commands that were allowed in another way. */
  proof: { code: CheckInProof; accountId: Id } | null;
  /** The ticket that is spent on the person in the same transaction. */
  ticketId: Id | null;
  /** The server process that holds the connection of a `connect`. */
  processId: Id | null;
}

/** What is recorded about the person after the command; the room's own times stand in the session. */
export interface RoomResult {
  session: Session;
  attendance: Attendance | null;
  disputed: boolean;
}

export interface RoomQueueDeps extends Pick<Ports, 'clock' | 'newId' | 'publisher'>, AttemptLimitsDeps {
  database: Pick<Database, 'transaction'>;
  sessions: Pick<SessionRepository, 'findById'>;
  enrollments: Pick<EnrollmentRepository, 'listActive'>;
  roomEvents: Pick<RoomEventRepository, 'append' | 'listBySubjects'>;
  tickets: Pick<CheckInTicketRepository, 'tryRedeem'>;
  connections: Pick<ConnectionRepository, 'insertMany' | 'deleteMany'>;
  codes: Pick<CheckInCodes, 'verify'>;
}

export type RoomQueue = ReturnType<typeof createRoomQueue>;
type Outcome = BatchOutcome<RoomResult>;

const refuse = (error: unknown): Outcome => ({ ok: false, error });

/**
 * Everything that people do in a room goes through here: gathered per session, decided in the order of arrival, written
 * in one transaction a batch. Numbers are given inside of it; that a person checks in once rests on the unique index.
 */
export function createRoomQueue(deps: RoomQueueDeps) {
  const {
    database,
    sessions,
    enrollments,
    roomEvents,
    tickets,
    connections,
    codes,
    clock,
    newId,
    publisher,
  } = deps;
  const limits = createAttemptLimits(deps);

  /** The refusals of those whose code does not hold. Somebody without a seat learns nothing from a wrong guess. */
  const judgeProofs = async (
    sessionId: Id,
    requests: readonly RoomRequest[],
    seats: Seats,
  ): Promise<Map<RoomRequest, AppError>> => {
    const withProof = await Promise.all(
      requests.flatMap((request) =>
        request.proof === null
          ? []
          : [
              codes.verify(sessionId, request.proof.code, request.at).then((verdict) => ({
                request,
                verdict,
                kind: request.proof?.code.kind ?? 'qr',
                accountId: request.proof?.accountId ?? '',
              })),
            ],
      ),
    );
    const judged = await limits.judge(sessionId, withProof);
    const refused = new Map<RoomRequest, AppError>();
    for (const [index, { request, verdict }] of withProof.entries()) {
      const error = judged[index];
      if (!error) continue;
      const isStranger = verdict !== 'right' && !seats.enrolled.has(request.command.personId);
      refused.set(request, isStranger ? new AppError('NOT_FOUND') : error);
    }
    return refused;
  };

  interface Decided {
    outcomes: Map<RoomRequest, Outcome>;
    events: RoomEvent[];
  }

  const decideAll = async (
    sessionId: Id,
    requests: readonly RoomRequest[],
    seats: Seats,
    tx: Tx,
  ): Promise<Decided> => {
    const session = await sessions.findById(sessionId, tx);
    if (!session) throw new AppError('NOT_FOUND');
    const people = [...new Set(requests.map(({ command }) => command.personId))];
    const log = foldRoomEvents(await roomEvents.listBySubjects(sessionId, people, tx));
    const outcomes = new Map<RoomRequest, Outcome>();
    const drafts: { at: Date; body: RoomEventBody }[] = [];
    for (const request of requests) {
      try {
        if (request.ticketId !== null) await spendTicket(request.ticketId, request.command.personId, tx);
        const added = decideRoomCommand(
          situationOf(session, log, seats, request.command.personId),
          request.command,
        );
        for (const body of added) {
          applyRoomEvent(log, { at: request.at, body });
          drafts.push({ at: request.at, body });
        }
        outcomes.set(request, { ok: true, value: resultOf(session, log, request.command.personId) });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        outcomes.set(request, refuse(error));
      }
    }
    const recordedAt = clock.now();
    const events = await roomEvents.append(
      sessionId,
      drafts.map((draft) => ({ ...draft, id: newId(), recordedAt })),
      tx,
    );
    await keepConnections(sessionId, requests, events, tx);
    return { outcomes, events };
  };

  const spendTicket = async (ticketId: Id, personId: Id, tx: Tx): Promise<void> => {
    if (!(await tickets.tryRedeem(ticketId, personId, tx))) throw new AppError('CHECK_IN_TICKET_SPENT');
  };

  /** The list of open lines follows the events: a process that dies leaves behind which lines to end. */
  const keepConnections = async (
    sessionId: Id,
    requests: readonly RoomRequest[],
    events: readonly RoomEvent[],
    tx: Tx,
  ): Promise<void> => {
    const opened = new Set(
      events.flatMap(({ body }) => (body.type === 'connected' ? [body.connectionId] : [])),
    );
    await connections.insertMany(
      requests.flatMap(({ command, processId }) =>
        command.type === 'connect' && processId !== null && opened.delete(command.connectionId)
          ? [{ id: command.connectionId, sessionId, personId: command.personId, processId }]
          : [],
      ),
      tx,
    );
    await connections.deleteMany(
      requests.flatMap(({ command }) => (command.type === 'disconnect' ? [command.connectionId] : [])),
      tx,
    );
  };

  const queue = createBatchQueue<RoomRequest, RoomResult>(BATCH_LIMIT, async (sessionId, requests) => {
    const session = await sessions.findById(sessionId);
    if (!session) return requests.map(() => refuse(new AppError('NOT_FOUND')));
    const people = [...new Set(requests.map(({ command }) => command.personId))];
    const seats = seatsOf(await enrollments.listActive(session.classId, people));
    const refused = await judgeProofs(sessionId, requests, seats);
    const admitted = requests.filter((request) => !refused.has(request));
    const { outcomes, events } =
      admitted.length === 0
        ? { outcomes: new Map<RoomRequest, Outcome>(), events: [] }
        : await database.transaction((tx) => decideAll(sessionId, admitted, seats, tx));
    for (const event of events) publisher.publish({ type: 'room:event', event });
    return requests.map((request) => outcomes.get(request) ?? refuse(refused.get(request)));
  });

  return {
    /** Decides a command and records what follows from it; throws the refusal when nothing does. */
    run(
      sessionId: Id,
      request: Pick<RoomRequest, 'command' | 'at'> & Partial<RoomRequest>,
    ): Promise<RoomResult> {
      return queue.add(sessionId, { proof: null, ticketId: null, processId: null, ...request });
    },
  };
}

/** Who of the people of a batch has a seat in the class, and who waits for one. */
interface Seats {
  readonly enrolled: ReadonlySet<Id>;
  readonly waiting: ReadonlySet<Id>;
}

function seatsOf(held: readonly Enrollment[]): Seats {
  const waiting = held.filter(({ state }) => state === 'waiting');
  const enrolled = held.filter(({ state }) => state === 'enrolled' || state === 'completed');
  const ids = (of: readonly Enrollment[]) => new Set(of.map(({ personId }) => personId));
  return { enrolled: ids(enrolled), waiting: ids(waiting) };
}

const situationOf = (session: Session, log: RoomLog, seats: Seats, personId: Id) => ({
  session,
  enrolled: seats.enrolled.has(personId),
  waiting: seats.waiting.has(personId),
  attendance: log.attendances.get(personId) ?? null,
  disputed: log.disputes.has(personId),
});

const resultOf = (session: Session, log: RoomLog, personId: Id): RoomResult => ({
  session,
  // A later command of the same batch goes on changing the log; what was true here stays true.
  attendance: structuredClone(log.attendances.get(personId) ?? null),
  disputed: log.disputes.has(personId),
});
