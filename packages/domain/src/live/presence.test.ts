import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Id } from '../core';
import { foldRoomEvents } from './attendance';
import { assessPresence, assessPresences, heldInterval } from './presence';
import type { RoomEvent, RoomEventBody } from './room-event';

const LIN: Id = '01890000-0000-7000-8000-000000000001';
const CHEN: Id = '01890000-0000-7000-8000-000000000002';
const HOST: Id = '01890000-0000-7000-8000-000000000009';
const SESSION: Id = '01890000-0000-7000-8000-0000000000aa';

/** `14:00` or `14:00:59.5` of the session's day. */
const at = (time: string): Date => {
  const [hour = '0', minute = '0', second = '0'] = time.split(':');
  return new Date(Date.UTC(2026, 10, 18, Number(hour), Number(minute)) + Number(second) * 1000);
};
const timetable = { id: SESSION, startsAt: at('14:00'), endsAt: at('16:30') };

type Happening = readonly [time: string, body: RoomEventBody];
const eventsOf = (...happenings: readonly Happening[]): Pick<RoomEvent, 'at' | 'body'>[] =>
  happenings.map(([time, body]) => ({ at: at(time), body }));

const opened: RoomEventBody = { type: 'room-opened', by: HOST };
const closed: RoomEventBody = { type: 'room-closed', reason: 'host', by: HOST };
const extended = (until: string): RoomEventBody => ({ type: 'room-extended', until: at(until), by: HOST });
const inHall = (personId = LIN): RoomEventBody => ({
  type: 'checked-in',
  personId,
  mode: 'hall',
  method: 'qr',
  by: null,
});
const online: RoomEventBody = {
  type: 'checked-in',
  personId: LIN,
  mode: 'online',
  method: 'online',
  by: null,
};
const out = (reason: 'self' | 'teacher' | 'room-closed' = 'self'): RoomEventBody => ({
  type: 'checked-out',
  personId: LIN,
  reason,
  by: null,
});
const connected = (connectionId: string): RoomEventBody => ({
  type: 'connected',
  personId: LIN,
  connectionId,
});
const disconnected = (connectionId: string): RoomEventBody => ({
  type: 'disconnected',
  personId: LIN,
  connectionId,
});

const figuresOf = (happenings: readonly Happening[], now = '23:00') => {
  const [found] = assessPresences(foldRoomEvents(eventsOf(...happenings)), timetable, at(now));
  return found && { minutes: found.minutes, held: found.heldMinutes, closedOpen: found.closedOpen };
};

describe('presence in the hall', () => {
  const cases: readonly [name: string, happenings: readonly Happening[], minutes: number, held: number][] = [
    [
      'from check-in to check-out',
      [
        ['13:45', opened],
        ['14:10', inHall()],
        ['15:10', out()],
        ['16:30', closed],
      ],
      60,
      150,
    ],
    [
      'counts nothing before the scheduled start',
      [
        ['13:30', opened],
        ['13:40', inHall()],
        ['16:30', out()],
        ['16:30', closed],
      ],
      150,
      150,
    ],
    [
      'counts nothing before a late opening',
      [
        ['14:20', opened],
        ['14:20', inHall()],
        ['16:30', out()],
        ['16:30', closed],
      ],
      130,
      130,
    ],
    [
      'counts nothing after the scheduled end',
      [
        ['13:45', opened],
        ['13:50', inHall()],
        ['17:10', out()],
        ['17:20', closed],
      ],
      150,
      150,
    ],
    [
      'ends with an early close',
      [
        ['13:45', opened],
        ['13:50', inHall()],
        ['15:00', out('room-closed')],
        ['15:00', closed],
      ],
      60,
      60,
    ],
    [
      'goes on to an extended end',
      [
        ['13:45', opened],
        ['13:50', inHall()],
        ['16:00', extended('17:00')],
        ['17:05', out()],
        ['17:05', closed],
      ],
      180,
      180,
    ],
    [
      'is cut by the last of two extensions',
      [
        ['13:45', opened],
        ['13:50', inHall()],
        ['16:00', extended('17:00')],
        ['16:50', extended('17:30')],
        ['18:00', out()],
        ['18:00', closed],
      ],
      210,
      210,
    ],
    [
      'leaves out the seconds of the last minute',
      [
        ['13:45', opened],
        ['14:00:30', inHall()],
        ['15:00:29.999', out()],
        ['16:30', closed],
      ],
      59,
      150,
    ],
    [
      'is whole after exactly so many seconds',
      [
        ['13:45', opened],
        ['14:00:30', inHall()],
        ['15:00:30', out()],
        ['16:30', closed],
      ],
      60,
      150,
    ],
    [
      'is nothing when the person left before the start',
      [
        ['13:45', opened],
        ['13:50', inHall()],
        ['13:59', out()],
        ['16:30', closed],
      ],
      0,
      150,
    ],
    [
      'is nothing when the person came after the end',
      [
        ['13:45', opened],
        ['16:40', inHall()],
        ['16:50', out()],
        ['17:00', closed],
      ],
      0,
      150,
    ],
    [
      'is nothing when check-in and check-out fall together',
      [
        ['13:45', opened],
        ['14:30', inHall()],
        ['14:30', out()],
        ['16:30', closed],
      ],
      0,
      150,
    ],
    [
      'is nothing when the room closed before the scheduled start',
      [
        ['13:30', opened],
        ['13:40', inHall()],
        ['13:50', out('room-closed')],
        ['13:50', closed],
      ],
      0,
      0,
    ],
    [
      'uses the time of the scan, not of its writing',
      [
        ['13:45', opened],
        ['14:05', inHall(CHEN)],
        ['14:01', inHall()],
        ['15:01', out()],
        ['16:30', closed],
      ],
      60,
      150,
    ],
  ];
  it.each(cases)('%s', (_name, happenings, minutes, held) => {
    const lin = assessPresences(foldRoomEvents(eventsOf(...happenings)), timetable, at('23:00')).find(
      (found) => found.personId === LIN,
    );
    expect(lin).toMatchObject({ minutes, heldMinutes: held, mode: 'hall' });
  });

  it('that nobody ended is ended by the close, and says so', () => {
    const open = [
      ['13:45', opened],
      ['14:00', inHall()],
      ['16:45', out('room-closed')],
      ['16:45', closed],
    ] as const;
    expect(figuresOf(open)).toEqual({ minutes: 150, held: 150, closedOpen: true });
    const ended = [
      ['13:45', opened],
      ['14:00', inHall()],
      ['16:45', out('teacher')],
      ['16:45', closed],
    ] as const;
    expect(figuresOf(ended)).toEqual({ minutes: 150, held: 150, closedOpen: false });
  });

  it('grows with the clock while the room is open', () => {
    const running = [
      ['13:45', opened],
      ['13:50', inHall()],
    ] as const;
    expect(figuresOf(running, '13:55')).toEqual({ minutes: 0, held: 0, closedOpen: false });
    expect(figuresOf(running, '15:12:59')).toEqual({ minutes: 72, held: 72, closedOpen: false });
    expect(figuresOf(running, '22:00')).toEqual({ minutes: 150, held: 150, closedOpen: false });
  });

  it('counts the first check-in and the first check-out alone', () => {
    expect(
      figuresOf([
        ['13:45', opened],
        ['14:00', inHall()],
        ['14:30', inHall()],
        ['15:00', out()],
        ['16:00', out('teacher')],
        ['16:30', closed],
      ]),
    ).toEqual({ minutes: 60, held: 150, closedOpen: false });
  });
});

describe('presence online', () => {
  const begun: readonly Happening[] = [
    ['13:45', opened],
    ['13:50', online],
  ];
  const cases: readonly [name: string, happenings: readonly Happening[], minutes: number][] = [
    [
      'is the time on the line',
      [...begun, ['13:50', connected('a')], ['14:40', disconnected('a')], ['16:30', closed]],
      40,
    ],
    [
      'adds up several connections',
      [
        ...begun,
        ['14:00', connected('a')],
        ['14:30', disconnected('a')],
        ['15:00', connected('b')],
        ['15:30', disconnected('b')],
        ['16:30', closed],
      ],
      60,
    ],
    [
      'counts two devices at once only once',
      [
        ...begun,
        ['14:00', connected('a')],
        ['14:30', connected('b')],
        ['15:00', disconnected('a')],
        ['15:30', disconnected('b')],
        ['16:30', closed],
      ],
      90,
    ],
    ['ends an open connection with the room', [...begun, ['14:00', connected('a')], ['15:30', closed]], 90],
    [
      'ends with the check-out, though the line stays open',
      [
        ...begun,
        ['14:00', connected('a')],
        ['15:00', out()],
        ['15:30', disconnected('a')],
        ['16:30', closed],
      ],
      60,
    ],
    ['is nothing without a connection', [...begun, ['16:30', closed]], 0],
    [
      'floors once at the end, not per connection',
      [
        ...begun,
        ['14:00:00', connected('a')],
        ['14:01:40', disconnected('a')],
        ['14:10:00', connected('b')],
        ['14:11:40', disconnected('b')],
        ['16:30', closed],
      ],
      3,
    ],
    [
      'passes over a disconnection of an unknown line',
      [
        ...begun,
        ['14:00', connected('a')],
        ['14:10', disconnected('z')],
        ['14:20', disconnected('a')],
        ['16:30', closed],
      ],
      20,
    ],
    [
      'ends a connection once',
      [
        ...begun,
        ['14:00', connected('a')],
        ['14:20', disconnected('a')],
        ['14:50', disconnected('a')],
        ['16:30', closed],
      ],
      20,
    ],
  ];
  it.each(cases)('%s', (_name, happenings, minutes) => {
    const [found] = assessPresences(foldRoomEvents(eventsOf(...happenings)), timetable, at('23:00'));
    expect(found).toMatchObject({ minutes, mode: 'online', closedOpen: false });
  });
});

describe('the held interval', () => {
  it('is nothing before the room has been opened', () => {
    expect(
      heldInterval(timetable, { openedAt: null, extendedTo: null, closedAt: null }, at('15:00')),
    ).toBeNull();
  });

  it('and with it every presence stays within bounds, whatever happened', () => {
    const minute = fc.integer({ min: 12 * 60, max: 20 * 60 });
    const instant = minute.map((value) => new Date(Date.UTC(2026, 10, 18) + value * 60_000));
    const span = fc.record({ connectionId: fc.uuid(), from: instant, to: fc.option(instant) });
    fc.assert(
      fc.property(
        fc.record({ openedAt: instant, extendedTo: fc.option(instant), closedAt: instant }),
        fc.constantFrom('hall' as const, 'online' as const),
        instant,
        fc.option(instant),
        fc.array(span, { maxLength: 6 }),
        (room, mode, checkedInAt, checkedOutAt, connections) => {
          const found = assessPresence(
            {
              personId: LIN,
              mode,
              method: 'qr',
              checkedInBy: null,
              checkedInAt,
              checkedOutAt,
              checkOutReason: checkedOutAt && 'self',
              connections,
            },
            timetable,
            room,
            at('23:00'),
          );
          const frame = heldInterval(timetable, room, at('23:00'));
          expect(found.minutes).toBeLessThanOrEqual(found.heldMinutes);
          for (const [index, interval] of found.intervals.entries()) {
            expect(interval.startsAt < interval.endsAt).toBe(true);
            expect(interval.startsAt >= frame!.startsAt && interval.endsAt <= frame!.endsAt).toBe(true);
            expect(interval.startsAt >= checkedInAt).toBe(true);
            const before = found.intervals[index - 1];
            if (before) expect(before.endsAt < interval.startsAt).toBe(true);
          }
        },
      ),
    );
  });
});
