import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode, type Id } from '../core';
import type { SessionMode, SessionStatus } from '../training';
import type { Attendance } from './attendance';
import {
  closingEvents,
  decideRoomCommand,
  type RoomCommand,
  type RoomSituation,
} from './decide-room-command';
import { onceKeyOf, type RoomEventBody } from './room-event';

const LIN: Id = '01890000-0000-7000-8000-000000000001';
const TEACHER: Id = '01890000-0000-7000-8000-000000000009';
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 18, 6, minute));

const attendanceOf = (changes: Partial<Attendance> = {}): Attendance => ({
  personId: LIN,
  mode: 'hall',
  method: 'qr',
  checkedInBy: null,
  checkedInAt: at(0),
  checkedOutAt: null,
  checkOutReason: null,
  connections: [],
  ...changes,
});
const situation = (
  changes: Partial<Omit<RoomSituation, 'session'>> & { status?: SessionStatus; mode?: SessionMode } = {},
): RoomSituation => {
  const { status = 'live', mode = 'both', ...rest } = changes;
  return {
    session: { status, mode },
    enrolled: true,
    waiting: false,
    attendance: null,
    disputed: false,
    ...rest,
  };
};

const checkIn: RoomCommand = { type: 'check-in', personId: LIN, mode: 'hall', method: 'code', by: null };
const checkOut: RoomCommand = { type: 'check-out', personId: LIN, reason: 'self', by: null };
const connect: RoomCommand = { type: 'connect', personId: LIN, connectionId: 'c1' };
const disconnect: RoomCommand = { type: 'disconnect', personId: LIN, connectionId: 'c1' };
const announce: RoomCommand = { type: 'announce', personId: TEACHER, text: '请入座' };
const dispute: RoomCommand = { type: 'dispute', personId: LIN, text: '我 14:00 就到了' };
const onLine = attendanceOf({ mode: 'online', connections: [{ connectionId: 'c1', from: at(0), to: null }] });

const refusalOf = (given: RoomSituation, command: RoomCommand): ErrorCode | null => {
  try {
    decideRoomCommand(given, command);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};
const typesOf = (given: RoomSituation, command: RoomCommand) =>
  decideRoomCommand(given, command).map((body) => body.type);

describe('a command to a room', () => {
  const added: readonly [
    name: string,
    given: RoomSituation,
    command: RoomCommand,
    types: RoomEventBody['type'][],
  ][] = [
    ['checks an enrolled person in', situation(), checkIn, ['checked-in']],
    ['changes nothing when the person is in already', situation({ attendance: attendanceOf() }), checkIn, []],
    [
      'leads to the same receipt after the room has closed',
      situation({ status: 'closed', attendance: attendanceOf() }),
      checkIn,
      [],
    ],
    ['checks out once', situation({ attendance: attendanceOf() }), checkOut, ['checked-out']],
    [
      'changes nothing at a second check-out',
      situation({ attendance: attendanceOf({ checkedOutAt: at(9), checkOutReason: 'self' }) }),
      checkOut,
      [],
    ],
    ['checks in online with the first connection', situation(), connect, ['checked-in', 'connected']],
    [
      'adds a later connection to an online presence',
      situation({ attendance: attendanceOf({ mode: 'online' }) }),
      connect,
      ['connected'],
    ],
    ['records a connection once', situation({ attendance: onLine }), connect, []],
    [
      'keeps a presence in the hall free of connections',
      situation({ attendance: attendanceOf() }),
      connect,
      [],
    ],
    ['ends a connection', situation({ attendance: onLine }), disconnect, ['disconnected']],
    [
      'says nothing to the end of an unknown connection',
      situation({ attendance: attendanceOf({ mode: 'online' }) }),
      disconnect,
      [],
    ],
    [
      'says nothing to the end of a connection after the close',
      situation({ status: 'closed', attendance: onLine }),
      disconnect,
      [],
    ],
    ['says nothing to a disconnection of somebody who never came', situation(), disconnect, []],
    ['announces', situation(), announce, ['announced']],
    [
      'takes a dispute of somebody who was there',
      situation({ attendance: attendanceOf(), enrolled: false }),
      dispute,
      ['attendance-disputed'],
    ],
    [
      'takes a dispute of an enrolled person without check-in, after the close',
      situation({ status: 'closed' }),
      dispute,
      ['attendance-disputed'],
    ],
    ['takes a dispute once', situation({ disputed: true }), dispute, []],
  ];
  it.each(added)('%s', (_name, given, command, types) => {
    expect(typesOf(given, command)).toEqual(types);
  });

  const refused: readonly [name: string, given: RoomSituation, command: RoomCommand, code: ErrorCode][] = [
    ['check-in before the room opens', situation({ status: 'scheduled' }), checkIn, 'ROOM_NOT_OPEN'],
    ['check-in to a cancelled session', situation({ status: 'cancelled' }), checkIn, 'ROOM_NOT_OPEN'],
    ['check-in after the close', situation({ status: 'closed' }), checkIn, 'ROOM_CLOSED'],
    ['check-in after settlement', situation({ status: 'settled' }), checkIn, 'ROOM_CLOSED'],
    ['check-in without a seat', situation({ enrolled: false }), checkIn, 'NOT_ENROLLED'],
    [
      'check-in to the hall of an online session',
      situation({ mode: 'online' }),
      checkIn,
      'ATTENDANCE_MODE_NOT_OFFERED',
    ],
    [
      'taking part online in an on-site session',
      situation({ mode: 'on-site' }),
      connect,
      'ATTENDANCE_MODE_NOT_OFFERED',
    ],
    ['taking part online without a seat', situation({ enrolled: false }), connect, 'NOT_ENROLLED'],
    [
      'coming back online after the check-out',
      situation({
        attendance: attendanceOf({ mode: 'online', checkedOutAt: at(5), checkOutReason: 'self' }),
      }),
      connect,
      'ALREADY_CHECKED_OUT',
    ],
    ['check-out without check-in', situation(), checkOut, 'NOT_CHECKED_IN'],
    ['check-out of a closed room without check-in', situation({ status: 'closed' }), checkOut, 'ROOM_CLOSED'],
    ['announcement in a closed room', situation({ status: 'closed' }), announce, 'ROOM_CLOSED'],
    ['dispute before the room opens', situation({ status: 'scheduled' }), dispute, 'ROOM_NOT_OPEN'],
    ['dispute by a stranger', situation({ enrolled: false }), dispute, 'NOT_ENROLLED'],
  ];
  it.each(refused)('refuses %s', (_name, given, command, code) => {
    expect(refusalOf(given, command)).toBe(code);
  });
});

describe('the close of a room', () => {
  it('checks out whoever is still in the hall, and nobody else', () => {
    const stillHere = attendanceOf();
    const gone = attendanceOf({ checkedOutAt: at(5), checkOutReason: 'self' });
    expect(closingEvents([stillHere, gone, onLine])).toEqual([
      { type: 'checked-out', personId: LIN, reason: 'room-closed', by: null },
    ]);
  });
});

describe('what can happen only once', () => {
  it('has a name that two tries share', () => {
    const first: RoomEventBody = { type: 'checked-in', personId: LIN, mode: 'hall', method: 'qr', by: null };
    const byHand: RoomEventBody = { ...first, method: 'teacher', by: TEACHER };
    expect(onceKeyOf(first)).toBe(onceKeyOf(byHand));
    expect(onceKeyOf({ ...first, personId: TEACHER })).not.toBe(onceKeyOf(first));
    expect(onceKeyOf({ type: 'announced', personId: LIN, text: 'x' })).toBeNull();
    expect(onceKeyOf({ type: 'room-extended', until: at(30), by: TEACHER })).toBeNull();
    expect(onceKeyOf({ type: 'room-closed', reason: 'time-out', by: null })).toBe('room-closed');
    expect(onceKeyOf({ type: 'connected', personId: LIN, connectionId: 'c1' })).toBe('connected:c1');
  });
});
