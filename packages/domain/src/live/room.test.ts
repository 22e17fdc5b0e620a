import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Actor, Role, Scope } from '../access';
import { AppError, type Id } from '../core';
import {
  CODE_STEP_SECONDS,
  TOKEN_BYTES,
  assertCanExtend,
  assertCanOpen,
  canRunRoom,
  canSeeRoom,
  canSeeRoomEvent,
  codeChangesAt,
  codeMessage,
  codeStepOf,
  deliveriesOf,
  digitsOf,
  liveCommands,
  readLiveFact,
  roomClosesItselfAt,
  roomReachOf,
  topicChannel,
  writeLiveFact,
  type LiveFact,
  type RoomEvent,
  type RoomPlace,
} from './index';

const idOf = (n: number): Id => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [LIN, CHEN, SESSION, CLASS, BASE] = [idOf(1), idOf(2), idOf(3), idOf(4), idOf(5)] as const;
const at = (hour: number, minute = 0, second = 0): Date =>
  new Date(Date.UTC(2026, 10, 18, hour, minute, second));

const codeOf = (act: () => void): string | null => {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
};

describe('the times of a room', () => {
  const session = { status: 'scheduled' as const, startsAt: at(14), endsAt: at(16, 30), extendedTo: null };

  it.each([
    [at(12, 59, 59), 'ROOM_TOO_EARLY'],
    [at(13), null],
    [at(16, 29, 59), null],
    [at(16, 30), 'ROOM_TOO_LATE'],
  ])('opening at %s', (now, code) => {
    expect(codeOf(() => assertCanOpen(session, now))).toBe(code);
  });

  it.each([
    ['live', 'SESSION_NOT_SCHEDULED'],
    ['cancelled', 'SESSION_NOT_SCHEDULED'],
    ['closed', 'ROOM_CLOSED'],
    ['settled', 'ROOM_CLOSED'],
  ] as const)('a %s session is not opened again', (status, code) => {
    expect(codeOf(() => assertCanOpen({ ...session, status }, at(14)))).toBe(code);
  });

  it.each([
    [at(16, 30), null, 'EXTENSION_OUT_OF_RANGE'],
    [at(16, 31), null, null],
    [at(19, 30), null, null],
    [at(19, 31), null, 'EXTENSION_OUT_OF_RANGE'],
    [at(17), at(17), 'EXTENSION_OUT_OF_RANGE'],
    [at(17, 1), at(17), null],
  ])('an extension to %s after %s', (until, extendedTo, code) => {
    const live = { ...session, status: 'live' as const, extendedTo };
    expect(codeOf(() => assertCanExtend(live, until, at(16)))).toBe(code);
  });

  it('an extension lies in the future, and in an open room', () => {
    const live = { ...session, status: 'live' as const };
    expect(codeOf(() => assertCanExtend(live, at(17), at(17)))).toBe('EXTENSION_OUT_OF_RANGE');
    expect(codeOf(() => assertCanExtend({ ...live, status: 'closed' }, at(17), at(16)))).toBe('ROOM_CLOSED');
  });

  it('a forgotten room closes two hours after its end, or its extended end', () => {
    expect(roomClosesItselfAt(session)).toEqual(at(18, 30));
    expect(roomClosesItselfAt({ ...session, extendedTo: at(17) })).toEqual(at(19));
  });
});

describe('check-in codes', () => {
  it('keep one step from its first millisecond to its last', () => {
    fc.assert(
      fc.property(fc.date({ min: at(0), max: at(23), noInvalidDate: true }), (now) => {
        const step = codeStepOf(now);
        const changesAt = codeChangesAt(step);
        expect(changesAt > now).toBe(true);
        expect(changesAt.getTime() - now.getTime()).toBeLessThanOrEqual(CODE_STEP_SECONDS * 1000);
        expect(codeStepOf(changesAt)).toBe(step + 1);
        expect(codeStepOf(new Date(changesAt.getTime() - 1))).toBe(step);
      }),
    );
  });

  it('are bound to session and step', () => {
    expect(codeMessage(SESSION, 1)).not.toBe(codeMessage(SESSION, 2));
    expect(codeMessage(SESSION, 1)).not.toBe(codeMessage(CLASS, 1));
  });

  it('are six digits that depend on no byte of the link', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: TOKEN_BYTES, maxLength: TOKEN_BYTES }),
        (mac, otherLink) => {
          const digits = digitsOf(mac);
          expect(digits).toMatch(/^\d{6}$/);
          expect(digitsOf(Uint8Array.from([...otherLink, ...mac.subarray(TOKEN_BYTES)]))).toBe(digits);
        },
      ),
    );
    expect(digitsOf(new Uint8Array(32))).toBe('000000');
  });
});

describe('who runs a room', () => {
  const place: RoomPlace = {
    sessionId: SESSION,
    classId: CLASS,
    baseId: BASE,
    classTeacherIds: [],
    instructorPersonIds: [],
  };
  const actorOf = (...grants: { role: Role; scope: Scope }[]): Extract<Actor, { kind: 'person' }> => ({
    kind: 'person',
    personId: LIN,
    accountId: idOf(90),
    grants: grants.map((grant, index) => ({ ...grant, id: idOf(100 + index) })),
  });
  const baseAdmin = (baseId: Id) =>
    actorOf({ role: 'base-admin', scope: { kind: 'bases', baseIds: [baseId] } });

  it.each([
    ['the base admin', baseAdmin(BASE), place, true],
    ['the admin of another base', baseAdmin(idOf(77)), place, false],
    ['the alliance admin', actorOf({ role: 'alliance-admin', scope: { kind: 'network' } }), place, true],
    [
      'a class teacher by grant',
      actorOf({ role: 'class-teacher', scope: { kind: 'class', classId: CLASS } }),
      place,
      true,
    ],
    [
      'a class teacher of another class',
      actorOf({ role: 'class-teacher', scope: { kind: 'class', classId: idOf(8) } }),
      place,
      false,
    ],
    ['a class teacher named in the class', actorOf(), { ...place, classTeacherIds: [LIN] }, true],
    [
      'the host of the session',
      actorOf({ role: 'host', scope: { kind: 'session', sessionId: SESSION } }),
      place,
      true,
    ],
    [
      'the host of another session',
      actorOf({ role: 'host', scope: { kind: 'session', sessionId: idOf(9) } }),
      place,
      false,
    ],
    ['the instructor', actorOf(), { ...place, instructorPersonIds: [LIN] }, true],
    [
      'an instructor of other sessions',
      actorOf({ role: 'instructor', scope: { kind: 'network' } }),
      { ...place, instructorPersonIds: [CHEN] },
      false,
    ],
    [
      'a unit training officer',
      actorOf({ role: 'unit-training-officer', scope: { kind: 'unit', unitId: idOf(6) } }),
      place,
      false,
    ],
    ['an auditor', actorOf({ role: 'auditor', scope: { kind: 'network' } }), place, false],
    ['a learner', actorOf(), place, false],
    [
      'a machine',
      {
        kind: 'client',
        clientId: idOf(7),
        permissions: ['feed:read'],
        assessmentYearIds: null,
      } satisfies Actor,
      place,
      false,
    ],
  ] as const)('%s', (_name, actor, where, may) => {
    expect(canRunRoom(actor, where)).toBe(may);
  });

  it('an auditor sees the roster all the same', () => {
    const auditor = actorOf({ role: 'auditor', scope: { kind: 'network' } });
    expect(canSeeRoom(auditor, place)).toBe(true);
    expect(roomReachOf(auditor)).toBe('all');
  });

  it('the list of rooms reaches as far as the grants and the own teaching', () => {
    const several = actorOf(
      { role: 'base-admin', scope: { kind: 'bases', baseIds: [BASE] } },
      { role: 'class-teacher', scope: { kind: 'class', classId: CLASS } },
      { role: 'host', scope: { kind: 'session', sessionId: SESSION } },
    );
    expect(roomReachOf(several)).toEqual({
      baseIds: [BASE],
      classIds: [CLASS],
      sessionIds: [SESSION],
      personId: LIN,
    });
  });
});

describe('what screens are told', () => {
  const event: RoomEvent = {
    id: idOf(50),
    sessionId: SESSION,
    seq: 4,
    at: at(14),
    recordedAt: at(14, 1),
    body: { type: 'checked-in', personId: LIN, mode: 'hall', method: 'qr', by: null },
  };

  it('a learner sees the room and themselves, the staff everybody', () => {
    const extended: RoomEvent = { ...event, body: { type: 'room-extended', until: at(17), by: CHEN } };
    expect(canSeeRoomEvent({ kind: 'learner', personId: LIN }, event)).toBe(true);
    expect(canSeeRoomEvent({ kind: 'learner', personId: CHEN }, event)).toBe(false);
    expect(canSeeRoomEvent({ kind: 'learner', personId: CHEN }, extended)).toBe(true);
    expect(canSeeRoomEvent({ kind: 'staff' }, event)).toBe(true);
  });

  it('a room event keeps its instants over the wire', () => {
    const fact: LiveFact = {
      type: 'room:event',
      event: { ...event, body: { type: 'room-extended', until: at(17), by: CHEN } },
    };
    const wire = JSON.parse(JSON.stringify(writeLiveFact(fact))) as ReturnType<typeof writeLiveFact>;
    expect(readLiveFact(wire)).toEqual(fact);
    const hint: LiveFact = { type: 'class:changed', classId: CLASS };
    expect(readLiveFact(writeLiveFact(hint))).toEqual(hint);
  });

  it('an answer to joining survives the wire as well', () => {
    const answer: z.output<(typeof liveCommands)['live:join']['output']> = {
      events: [event],
      lastSeq: 4,
      more: false,
      viewer: 'learner',
      room: { status: 'live', openedAt: at(13), extendedTo: null, closedAt: null, checkedIn: 1, now: at(14) },
    };
    const { output } = liveCommands['live:join'];
    expect(z.decode(output, JSON.parse(JSON.stringify(z.encode(output, answer))) as never)).toEqual(answer);
  });

  it('the ids of people go to those people alone', () => {
    expect(deliveriesOf({ type: 'enrollment:changed', classId: CLASS, personIds: [LIN, CHEN] })).toEqual([
      {
        to: ['network', topicChannel({ kind: 'class', id: CLASS })],
        fact: { type: 'enrollment:changed', classId: CLASS, personIds: [] },
      },
      { to: [`person:${LIN}`], fact: { type: 'enrollment:changed', classId: CLASS, personIds: [LIN] } },
      { to: [`person:${CHEN}`], fact: { type: 'enrollment:changed', classId: CLASS, personIds: [CHEN] } },
    ]);
    expect(deliveriesOf({ type: 'credit:changed', personIds: [LIN] })).toEqual([
      { to: ['network'], fact: { type: 'credit:changed', personIds: [] } },
      { to: [`person:${LIN}`], fact: { type: 'credit:changed', personIds: [LIN] } },
    ]);
  });

  it('a check-in is told to the staff of the room and the person, an announcement to all in the room', () => {
    const channelsOf = (body: RoomEvent['body']) =>
      deliveriesOf({ type: 'room:event', event: { ...event, body } }).flatMap(({ to }) => to);
    expect(channelsOf(event.body)).toEqual([`room:${SESSION}:staff`, `person:${LIN}`]);
    expect(channelsOf({ type: 'announced', personId: CHEN, text: '请入座' })).toEqual([
      `room:${SESSION}:staff`,
      `room:${SESSION}:learner`,
    ]);
  });

  it.each([
    [{ type: 'network:changed', baseId: BASE }, ['network', `base:${BASE}`]],
    [{ type: 'class:changed', classId: CLASS }, ['network', `class:${CLASS}`]],
    [
      { type: 'session:changed', sessionId: SESSION, classId: CLASS, baseId: BASE },
      ['network', `class:${CLASS}`, `session:${SESSION}`, `base:${BASE}`],
    ],
    [{ type: 'feed:changed', assessmentYearId: idOf(60) }, ['everybody']],
    [{ type: 'catalog:changed' }, ['everybody']],
    [{ type: 'account:signed-out', personId: CHEN }, [`person:${CHEN}`]],
    [{ type: 'clock:moved' }, ['everybody']],
  ] as const)('%o goes to its channels', (fact, channels) => {
    expect(deliveriesOf(fact)).toEqual([{ to: channels, fact }]);
  });
});
