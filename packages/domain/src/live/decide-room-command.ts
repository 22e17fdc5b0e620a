import { AppError, type Id } from '../core';
import type { Session, SessionMode } from '../training';
import type { Attendance } from './attendance';
import type { AttendanceMode, CheckInMethod, RoomEventBody } from './room-event';
import { assertRoomOpen } from './room-times';

/** What somebody wants to be recorded about one person in a room. Whether the actor may is decided before. */
export type RoomCommand =
  | { type: 'check-in'; personId: Id; mode: AttendanceMode; method: CheckInMethod; by: Id | null }
  | { type: 'check-out'; personId: Id; reason: 'self' | 'teacher'; by: Id | null }
  | { type: 'connect'; personId: Id; connectionId: string }
  | { type: 'disconnect'; personId: Id; connectionId: string }
  | { type: 'announce'; personId: Id; text: string }
  | { type: 'dispute'; personId: Id; text: string };

/** What the decision looks at: the room, and what is known of the person in it. */
export interface RoomSituation {
  session: Pick<Session, 'status' | 'mode'>;
  /** Holds a seat in the session's class. */
  enrolled: boolean;
  /** Waits for one. */
  waiting: boolean;
  attendance: Attendance | null;
  disputed: boolean;
}

const offers = (mode: SessionMode, wanted: AttendanceMode): boolean =>
  mode === 'both' || mode === (wanted === 'hall' ? 'on-site' : 'online');

const notEnrolled = ({ waiting }: RoomSituation): AppError =>
  new AppError('NOT_ENROLLED', waiting ? { waiting } : {});

function assertMayAttend(situation: RoomSituation, wanted: AttendanceMode): void {
  const { session, enrolled } = situation;
  assertRoomOpen(session);
  if (!enrolled) throw notEnrolled(situation);
  if (!offers(session.mode, wanted)) throw new AppError('ATTENDANCE_MODE_NOT_OFFERED', { mode: wanted });
}

/**
 * The events that a command adds to the room; none when it has been done before (a second check-in or check-out
 * changes nothing and leads to the same receipt). Throws the refusal otherwise, and then nothing happens.
 */
export function decideRoomCommand(situation: RoomSituation, command: RoomCommand): RoomEventBody[] {
  const { session, attendance } = situation;
  switch (command.type) {
    case 'check-in': {
      if (attendance) return [];
      assertMayAttend(situation, command.mode);
      const { personId, mode, method, by } = command;
      return [{ type: 'checked-in', personId, mode, method, by }];
    }
    case 'check-out': {
      if (!attendance) {
        assertRoomOpen(session);
        throw new AppError('NOT_CHECKED_IN');
      }
      if (attendance.checkedOutAt !== null) return [];
      assertRoomOpen(session);
      return [{ type: 'checked-out', personId: command.personId, reason: command.reason, by: command.by }];
    }
    case 'connect': {
      const { personId, connectionId } = command;
      assertMayAttend(situation, 'online');
      if (attendance?.checkedOutAt) throw new AppError('ALREADY_CHECKED_OUT');
      const connected: RoomEventBody = { type: 'connected', personId, connectionId };
      if (!attendance)
        return [{ type: 'checked-in', personId, mode: 'online', method: 'online', by: null }, connected];
      const known = attendance.connections.some((span) => span.connectionId === connectionId);
      return attendance.mode === 'online' && !known ? [connected] : [];
    }
    case 'disconnect': {
      const { personId, connectionId } = command;
      const open = attendance?.connections.some(
        (span) => span.connectionId === connectionId && span.to === null,
      );
      return open && session.status === 'live' ? [{ type: 'disconnected', personId, connectionId }] : [];
    }
    case 'announce':
      assertRoomOpen(session);
      return [{ type: 'announced', personId: command.personId, text: command.text }];
    case 'dispute':
      if (!['live', 'closed', 'settled'].includes(session.status)) throw new AppError('ROOM_NOT_OPEN');
      if (!attendance && !situation.enrolled) throw notEnrolled(situation);
      return situation.disputed
        ? []
        : [{ type: 'attendance-disputed', personId: command.personId, text: command.text }];
  }
}

/** What the room's close ends: everybody still in the hall is checked out with it, in the order of check-in. */
export const closingEvents = (attendances: Iterable<Attendance>): RoomEventBody[] =>
  [...attendances]
    .filter((attended) => attended.mode === 'hall' && attended.checkedOutAt === null)
    .map(({ personId }) => ({ type: 'checked-out', personId, reason: 'room-closed', by: null }));
