import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import type { PersonActor } from '@cadre/domain/access';
import { toCivilDate, type Id } from '@cadre/domain/core';
import { ATTEMPT_LIMITS, type CheckInProof, type LiveFact, type RoomEvent } from '@cadre/domain/live';
import type { Session } from '@cadre/domain/training';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createServices, type Services } from '../container';
import { addLiveScene, createTestApi, type LiveScene, type TestApi } from '../testing';
import { SETTLE_JOB } from './room.service';

let api: TestApi;
/** The services of a second process on the same database. */
let other: Services;
let host: PersonActor;
let stranger: PersonActor;
let scene: LiveScene;
let learners: PersonActor[];
const at = (hour: number, minute = 0, second = 0): Date =>
  new Date(Date.UTC(2026, 10, 18, hour, minute, second));

beforeAll(async () => {
  api = await createTestApi();
  other = createServices(api.test.database, api.repositories, api.ports);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

const people = async (count: number): Promise<PersonActor[]> => {
  const unit = await api.addUnit();
  return Promise.all(Array.from({ length: count }, async () => api.actorOf(await api.addPerson(unit))));
};
async function setScene(session: Partial<Session> = {}): Promise<void> {
  scene = await addLiveScene(api.repositories, api.newId, { session });
  const unit = await api.addUnit();
  host = api.actorOf(await api.addPerson(unit), {
    role: 'base-admin',
    scope: { kind: 'bases', baseIds: [scene.base.id] },
  });
  stranger = api.actorOf(await api.addPerson(unit));
  learners = await people(3);
  await scene.seat(learners.map(({ personId }) => personId));
}
beforeEach(async () => {
  api.clock.set(at(5, 30));
  await setScene();
  api.facts.length = 0;
});

const sessionId = () => scene.session.id;
const open = () => api.services.room.open(host, sessionId());
const shown = async (): Promise<{ qr: CheckInProof; code: CheckInProof }> => {
  const { code } = await api.services.room.hall(host, sessionId());
  return {
    qr: { kind: 'qr', token: code!.link.split('/').at(-1)! },
    code: { kind: 'code', digits: code!.digits },
  };
};
const eventsNow = (): Promise<RoomEvent[]> => api.repositories.roomEvents.listBySession(sessionId());
const typesNow = async (): Promise<string[]> => (await eventsNow()).map(({ body }) => body.type);
const roomFactsPublished = (): LiveFact[] => api.facts.filter(({ type }) => type === 'room:event');
/** A job of the same kind and key cannot be asked for again. */
const isSettlementAsked = async (): Promise<boolean> =>
  !(await api.repositories.jobs.tryEnqueue({
    id: api.newId(),
    kind: SETTLE_JOB,
    key: `${sessionId()}:1`,
    payload: {},
    runAt: at(23),
  }));
const first = (): PersonActor => learners[0]!;

describe('opening a room', () => {
  it('makes the session live, fixes the time and tells the open screens', async () => {
    const room = await open();
    expect(room).toMatchObject({
      status: 'live',
      openedAt: at(5, 30),
      opensAt: at(5),
      latestEnd: at(11, 30),
    });
    expect(await api.repositories.sessions.getById(sessionId())).toMatchObject({
      status: 'live',
      openedAt: at(5, 30),
    });
    expect(await eventsNow()).toMatchObject([
      { seq: 1, at: at(5, 30), body: { type: 'room-opened', by: host.personId } },
    ]);
    expect(api.facts.map(({ type }) => type)).toEqual(['room:event', 'session:changed']);
  });

  it('happens once, whoever of ten in two processes comes first', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 ? api.services : other).room.open(host, sessionId()),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await typesNow()).toEqual(['room-opened']);
  });

  it('is refused too early, and nothing happens', async () => {
    api.clock.set(at(4, 59));
    await expect(open()).rejects.toMatchObject({
      code: 'ROOM_TOO_EARLY',
      details: { opensAt: at(5).toISOString() },
    });
    expect((await api.repositories.sessions.getById(sessionId())).status).toBe('scheduled');
    expect(await eventsNow()).toEqual([]);
    expect(api.facts).toEqual([]);
  });

  it('is for those who run the room: others do not find it, an auditor may not', async () => {
    const unit = await api.addUnit();
    const auditor = api.actorOf(await api.addPerson(unit), { role: 'auditor', scope: { kind: 'network' } });
    const foreignAdmin = api.actorOf(await api.addPerson(unit), {
      role: 'base-admin',
      scope: { kind: 'bases', baseIds: [api.newId()] },
    });
    await expect(api.services.room.open(stranger, sessionId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(api.services.room.open(first(), sessionId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(api.services.room.open(foreignAdmin, sessionId())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(api.services.room.open(auditor, sessionId())).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(api.services.room.hall(auditor, sessionId())).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect((await api.services.room.room(auditor, sessionId())).mayRun).toBe(false);
    expect(await eventsNow()).toEqual([]);
  });

  it('is for the instructor, the class teacher and the host as well', async () => {
    const unit = await api.addUnit();
    const [lecturer, teacher] = [await api.addPerson(unit), await api.addPerson(unit)];
    scene = await addLiveScene(api.repositories, api.newId, {
      instructorPersonId: lecturer.id,
      trainingClass: { classTeacherIds: [teacher.id] },
    });
    const hostPerson = api.actorOf(await api.addPerson(unit), {
      role: 'host',
      scope: { kind: 'session', sessionId: sessionId() },
    });
    for (const actor of [api.actorOf(lecturer), api.actorOf(teacher), hostPerson])
      expect((await api.services.room.room(actor, sessionId())).mayRun).toBe(true);
    expect(await api.services.room.open(api.actorOf(teacher), sessionId())).toMatchObject({ status: 'live' });
  });
});

describe('checking in', () => {
  it('by scanning or by typing records the time, once per person', async () => {
    await open();
    const { qr, code } = await shown();
    api.clock.set(at(5, 30, 9));
    const receipt = await api.services.checkIn.checkIn(first(), sessionId(), qr);
    expect(receipt).toMatchObject({
      mode: 'hall',
      method: 'qr',
      checkedInAt: at(5, 30, 9),
      minutes: 0,
      heldMinutes: 0,
    });
    expect(receipt.worth).toEqual(scene.session.worth);
    await api.services.checkIn.checkIn(learners[1]!, sessionId(), code);
    api.clock.set(at(5, 30, 20));
    expect(await api.services.checkIn.checkIn(first(), sessionId(), code)).toEqual(receipt);
    expect(await typesNow()).toEqual(['room-opened', 'checked-in', 'checked-in']);
  });

  it('ten times at once in two processes is one check-in with one receipt', async () => {
    await open();
    const { qr, code } = await shown();
    const receipts = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 ? api.services : other).checkIn.checkIn(first(), sessionId(), index % 3 ? qr : code),
      ),
    );
    expect(await typesNow()).toEqual(['room-opened', 'checked-in']);
    const [kept] = receipts;
    for (const receipt of receipts) expect(receipt.checkedInAt).toEqual(kept!.checkedInAt);
  });

  it('of a hundred people at once gives each a number without a gap, told once', async () => {
    const crowd = await people(100);
    await scene.seat(crowd.map(({ personId }) => personId));
    await open();
    const { qr } = await shown();
    await Promise.all(
      crowd.map((actor, index) => (index % 2 ? api.services : other).checkIn.checkIn(actor, sessionId(), qr)),
    );
    const events = await eventsNow();
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 101 }, (_, index) => index + 1));
    expect(
      new Set(events.slice(1).map(({ body }) => (body.type === 'checked-in' ? body.personId : null))),
    ).toEqual(new Set(crowd.map(({ personId }) => personId)));
    expect(roomFactsPublished()).toHaveLength(101);
    expect((await api.services.room.hall(host, sessionId())).checkedIn).toBe(100);
  });

  it('needs a seat in the class: a walk-in with a right code is told so, and nothing changes', async () => {
    const [waiting] = await people(1);
    await scene.seat([waiting!.personId], 'waiting');
    await open();
    const { qr } = await shown();
    await expect(api.services.checkIn.checkIn(stranger, sessionId(), qr)).rejects.toMatchObject({
      code: 'NOT_ENROLLED',
      details: {},
    });
    await expect(api.services.checkIn.checkIn(waiting!, sessionId(), qr)).rejects.toMatchObject({
      code: 'NOT_ENROLLED',
      details: { waiting: true },
    });
    expect(await typesNow()).toEqual(['room-opened']);
  });

  it('with a wrong code tells somebody without a seat nothing of the room', async () => {
    await open();
    const wrong: CheckInProof = { kind: 'qr', token: 'A'.repeat(22) };
    await expect(api.services.checkIn.checkIn(stranger, sessionId(), wrong)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(api.services.checkIn.checkIn(first(), api.newId(), wrong)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('waits for the room to open and ends with it', async () => {
    const { token } = { token: 'A'.repeat(22) };
    await expect(
      api.services.checkIn.checkIn(first(), sessionId(), { kind: 'qr', token }),
    ).rejects.toMatchObject({ code: 'CHECK_IN_CODE_WRONG' });
    expect((await api.services.room.hall(host, sessionId())).code).toBeNull();
    await open();
    const { qr } = await shown();
    await api.services.room.close(host, sessionId());
    await expect(api.services.checkIn.checkIn(first(), sessionId(), qr)).rejects.toMatchObject({
      code: 'ROOM_CLOSED',
    });
    api.clock.set(at(5, 50));
    const over = { code: 'ROOM_CLOSED' };
    await expect(api.services.checkIn.checkIn(first(), sessionId(), qr)).rejects.toMatchObject(over);
    await expect(api.services.checkIn.scan(sessionId(), 'q'.repeat(22))).rejects.toMatchObject(over);
    expect(await typesNow()).toEqual(['room-opened', 'room-closed']);
  });

  it('to the hall of an online session is refused', async () => {
    await setScene({ mode: 'online' });
    await open();
    const { qr } = await shown();
    await expect(api.services.checkIn.checkIn(first(), sessionId(), qr)).rejects.toMatchObject({
      code: 'ATTENDANCE_MODE_NOT_OFFERED',
    });
  });
});

describe('what presence it takes to be counted', () => {
  const needed = async (): Promise<number | null> =>
    (await api.services.checkIn.myRoom(first(), sessionId())).neededMinutes;

  it('is what the regulations of whoever has checked in will ask, and moves with the end', async () => {
    await setScene({ worth: { halfDays: [{ date: '2026-11-18', part: 'afternoon' }], classHours: 40_000 } });
    const { unitId } = await api.repositories.people.getById(first().personId);
    await api.services.regulation.importApproved(DEMO_REGULATION_TEXT, unitId);
    await open();
    expect(await needed()).toBeNull();
    const { qr } = await shown();
    await api.services.checkIn.checkIn(first(), sessionId(), qr);
    expect(await needed()).toBe(120);
    await api.services.room.extend(host, sessionId(), at(9));
    expect(await needed()).toBe(144);
    api.clock.set(at(7));
    await api.services.room.close(host, sessionId());
    expect(await needed()).toBe(48);
  });

  it('is not known where no regulation governs', async () => {
    await open();
    const { qr } = await shown();
    await api.services.checkIn.checkIn(first(), sessionId(), qr);
    expect(await needed()).toBeNull();
  });
});

describe('a code that is not on the screen', () => {
  it.each([
    ['a forged link', { kind: 'qr', token: 'x'.repeat(22) }, 'CHECK_IN_CODE_WRONG'],
    ['a guessed number', 'guess', 'CHECK_IN_CODE_WRONG'],
    ['a link of 40 seconds ago', 'old', 'CHECK_IN_CODE_EXPIRED'],
    ['a link of ten minutes ago', 'very-old', 'CHECK_IN_CODE_WRONG'],
    ['a link of another session', 'foreign', 'CHECK_IN_CODE_WRONG'],
  ] as const)('is refused and nothing changes: %s', async (_name, kind, code) => {
    const elsewhere = await addLiveScene(api.repositories, api.newId);
    const allianceAdmin = api.actorOf(await api.addPerson(await api.addUnit()), {
      role: 'alliance-admin',
      scope: { kind: 'network' },
    });
    await api.services.room.open(allianceAdmin, elsewhere.session.id);
    await open();
    const { qr, code: typed } = await shown();
    const foreign = await api.services.room.hall(allianceAdmin, elsewhere.session.id);
    const guess = String((Number(typed.kind === 'code' ? typed.digits : 0) + 1) % 1_000_000).padStart(6, '0');
    const proofs: Record<string, CheckInProof> = {
      guess: { kind: 'code', digits: guess },
      old: qr,
      'very-old': qr,
      foreign: { kind: 'qr', token: foreign.code!.link.split('/').at(-1)! },
    };
    if (kind === 'old') api.clock.set(at(5, 30, 40));
    if (kind === 'very-old') api.clock.set(at(5, 41));
    const proof = typeof kind === 'string' ? proofs[kind]! : kind;
    api.facts.length = 0;
    await expect(api.services.checkIn.checkIn(first(), sessionId(), proof)).rejects.toMatchObject({ code });
    expect(await typesNow()).toEqual(['room-opened']);
    expect(await api.services.checkIn.myRoom(first(), sessionId())).toMatchObject({ receipt: null });
    expect(api.facts).toEqual([]);
  });

  it('can be tried ten times per account; then even the right one waits, while others go on', async () => {
    await open();
    const { qr } = await shown();
    const wrong: CheckInProof = { kind: 'qr', token: 'z'.repeat(22) };
    const tries = await Promise.allSettled(
      Array.from({ length: ATTEMPT_LIMITS.account + 5 }, () =>
        api.services.checkIn.checkIn(first(), sessionId(), wrong),
      ),
    );
    const codes = tries.map((tried) =>
      tried.status === 'rejected' ? (tried.reason as { code: string }).code : 'none',
    );
    expect(codes.filter((code) => code === 'CHECK_IN_CODE_WRONG')).toHaveLength(ATTEMPT_LIMITS.account);
    expect(codes.filter((code) => code === 'TOO_MANY_REQUESTS')).toHaveLength(5);
    await expect(other.checkIn.checkIn(first(), sessionId(), qr)).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
    expect(await api.services.checkIn.checkIn(learners[1]!, sessionId(), qr)).toMatchObject({ method: 'qr' });
    api.clock.advanceMinutes(ATTEMPT_LIMITS.windowMinutes);
    expect(await api.services.checkIn.checkIn(first(), sessionId(), (await shown()).qr)).toMatchObject({
      method: 'qr',
    });
  });

  it('typed in vain too often closes typing for the session, not scanning', async () => {
    const crowd = await people(ATTEMPT_LIMITS.sessionDigits / 6);
    await scene.seat(crowd.map(({ personId }) => personId));
    await open();
    const { qr, code } = await shown();
    const digits = code.kind === 'code' ? code.digits : '';
    const wrong: CheckInProof = {
      kind: 'code',
      digits: String((Number(digits) + 1) % 1_000_000).padStart(6, '0'),
    };
    await Promise.allSettled(
      crowd.flatMap((actor) =>
        Array.from({ length: 6 }, () => api.services.checkIn.checkIn(actor, sessionId(), wrong)),
      ),
    );
    await expect(api.services.checkIn.checkIn(first(), sessionId(), code)).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
    expect(await api.services.checkIn.checkIn(first(), sessionId(), qr)).toMatchObject({ method: 'qr' });
  });
});

describe('a scan before signing in', () => {
  const scan = async (): Promise<string> => {
    const { qr } = await shown();
    return (await api.services.checkIn.scan(sessionId(), qr.kind === 'qr' ? qr.token : '')).secret;
  };

  it('counts at its own time once its browser has signed in', async () => {
    await open();
    const secret = await scan();
    api.clock.set(at(5, 34));
    expect(await api.services.checkIn.redeem(first(), sessionId(), secret)).toMatchObject({
      checkedInAt: at(5, 30),
      method: 'qr',
    });
    expect((await eventsNow()).at(-1)).toMatchObject({ at: at(5, 30), recordedAt: at(5, 34) });
    expect(await api.services.checkIn.redeem(first(), sessionId(), secret)).toMatchObject({
      checkedInAt: at(5, 30),
    });
  });

  it('is spent on one person, also when ten redeem it at once', async () => {
    await open();
    const secret = await scan();
    const crowd = await people(10);
    await scene.seat(crowd.map(({ personId }) => personId));
    const tries = await Promise.allSettled(
      crowd.map((actor, index) =>
        (index % 2 ? api.services : other).checkIn.redeem(actor, sessionId(), secret),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const tried of tries)
      if (tried.status === 'rejected') expect(tried.reason).toMatchObject({ code: 'CHECK_IN_TICKET_SPENT' });
    expect(await typesNow()).toEqual(['room-opened', 'checked-in']);
  });

  it('is worth nothing after five minutes, in another session or without its cookie', async () => {
    await open();
    const secret = await scan();
    const elsewhere = await addLiveScene(api.repositories, api.newId);
    await elsewhere.seat([first().personId]);
    const expired = { code: 'CHECK_IN_TICKET_EXPIRED' };
    await expect(api.services.checkIn.redeem(first(), elsewhere.session.id, secret)).rejects.toMatchObject(
      expired,
    );
    await expect(api.services.checkIn.redeem(first(), sessionId(), null)).rejects.toMatchObject(expired);
    await expect(api.services.checkIn.redeem(first(), sessionId(), 'forged')).rejects.toMatchObject(expired);
    api.clock.set(at(5, 35, 1));
    await expect(api.services.checkIn.redeem(first(), sessionId(), secret)).rejects.toMatchObject(expired);
    expect(await typesNow()).toEqual(['room-opened']);
  });

  it('is refused for a forged and for an old link', async () => {
    await open();
    const { qr } = await shown();
    const token = qr.kind === 'qr' ? qr.token : '';
    await expect(api.services.checkIn.scan(sessionId(), 'q'.repeat(22))).rejects.toMatchObject({
      code: 'CHECK_IN_CODE_WRONG',
    });
    api.clock.set(at(5, 30, 40));
    await expect(api.services.checkIn.scan(sessionId(), token)).rejects.toMatchObject({
      code: 'CHECK_IN_CODE_EXPIRED',
    });
  });

  it('goes through the procedures with the cookie of the browser alone', async () => {
    await open();
    const { qr } = await shown();
    const token = qr.kind === 'qr' ? qr.token : '';
    const scanned = await api.callerOf(null).live.scan({ sessionId: sessionId(), token });
    expect(scanned).toEqual({
      sessionId: sessionId(),
      title: scene.session.title,
      scannedAt: at(5, 30),
      expiresAt: at(5, 35),
    });
    expect(api.ticketCookie.secret).not.toBeNull();
    expect(await api.callerOf(first()).live.redeem({ sessionId: sessionId() })).toMatchObject({
      method: 'qr',
    });
    expect(api.ticketCookie.secret).toBeNull();
  });
});

describe('by hand', () => {
  it('the class teacher checks in and out, and it shows who did', async () => {
    await open();
    const { personId } = first();
    api.clock.set(at(6, 10));
    expect(await api.services.room.checkInByHand(host, sessionId(), personId)).toMatchObject({
      method: 'teacher',
      checkedInAt: at(6, 10),
    });
    api.clock.set(at(7, 10));
    expect(await api.services.room.checkOutByHand(host, sessionId(), personId)).toMatchObject({
      checkOutReason: 'teacher',
      minutes: 60,
    });
    expect((await eventsNow()).slice(1).map(({ body }) => body)).toEqual([
      { type: 'checked-in', personId, mode: 'hall', method: 'teacher', by: host.personId },
      { type: 'checked-out', personId, reason: 'teacher', by: host.personId },
    ]);
  });

  it('nobody without a seat is checked in, and nobody else may do it', async () => {
    await open();
    await expect(api.services.room.checkInByHand(host, sessionId(), stranger.personId)).rejects.toMatchObject(
      { code: 'NOT_ENROLLED' },
    );
    await expect(
      api.services.room.checkInByHand(first(), sessionId(), first().personId),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(api.services.room.checkOutByHand(host, sessionId(), first().personId)).rejects.toMatchObject(
      { code: 'NOT_CHECKED_IN' },
    );
    await expect(api.services.room.announce(first(), sessionId(), '喂')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await typesNow()).toEqual(['room-opened']);
  });
});

describe('checking out', () => {
  beforeEach(async () => {
    await open();
    const { qr } = await shown();
    await api.services.checkIn.checkIn(first(), sessionId(), qr);
  });

  it('gives a receipt with the minutes so far and the declared worth, and a second time the same', async () => {
    api.clock.set(at(8, 22, 59));
    const receipt = await api.services.checkIn.checkOut(first(), sessionId());
    expect(receipt).toMatchObject({
      minutes: 142,
      heldMinutes: 142,
      checkedOutAt: at(8, 22, 59),
      checkOutReason: 'self',
      worth: { halfDays: [{ date: '2026-11-18', part: 'afternoon' }], classHours: 40_000 },
    });
    api.clock.set(at(8, 30));
    expect(await api.services.checkIn.checkOut(first(), sessionId())).toMatchObject({
      minutes: 142,
      checkedOutAt: at(8, 22, 59),
    });
    expect(await typesNow()).toEqual(['room-opened', 'checked-in', 'checked-out']);
  });

  it('without a check-in is refused; a foreign room is not found', async () => {
    await expect(api.services.checkIn.checkOut(learners[1]!, sessionId())).rejects.toMatchObject({
      code: 'NOT_CHECKED_IN',
    });
    await expect(api.services.checkIn.checkOut(stranger, sessionId())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(api.services.checkIn.myRoom(stranger, sessionId())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(api.services.checkIn.dispute(stranger, sessionId(), '?')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('can be disputed in one tap, once, and the host sees it', async () => {
    expect(await api.services.checkIn.dispute(first(), sessionId(), '我 13:30 就到了')).toMatchObject({
      disputed: true,
    });
    await api.services.checkIn.dispute(first(), sessionId(), '还是不对');
    expect(await api.services.checkIn.dispute(learners[1]!, sessionId(), '没扫上')).toBeNull();
    const { roster } = await api.services.room.room(host, sessionId());
    expect(roster.map(({ dispute }) => dispute)).toEqual(['我 13:30 就到了', '没扫上', null]);
  });

  it('that was disputed is listed for a month to those who run or oversee the room, and to nobody else', async () => {
    const listed = async (actor: PersonActor) =>
      (await api.services.room.disputed(actor)).map(({ room, disputes }) => [room.sessionId, disputes]);
    expect(await listed(host)).toEqual([]);
    await api.services.checkIn.dispute(first(), sessionId(), '我 13:30 就到了');
    await api.services.checkIn.dispute(learners[1]!, sessionId(), '没扫上');
    expect(await listed(host)).toEqual([[sessionId(), 2]]);
    expect(await listed(stranger)).toEqual([]);
    expect(await listed(first())).toEqual([]);
    api.clock.set(new Date(at(8).getTime() + 32 * 86_400_000));
    expect(await listed(host)).toEqual([]);
  });
});

describe('closing a room', () => {
  it('ends every presence, stores the minutes and asks for the settlement, all at once', async () => {
    await open();
    const { qr } = await shown();
    await api.services.checkIn.checkIn(first(), sessionId(), qr);
    await api.services.checkIn.checkIn(learners[1]!, sessionId(), qr);
    api.clock.set(at(7));
    await api.services.checkIn.checkOut(first(), sessionId());
    api.clock.set(at(8, 45));
    api.facts.length = 0;
    expect(await api.services.room.close(host, sessionId())).toMatchObject({
      status: 'closed',
      closedAt: at(8, 45),
    });
    expect(await typesNow()).toEqual([
      'room-opened',
      'checked-in',
      'checked-in',
      'checked-out',
      'checked-out',
      'room-closed',
    ]);
    const presences = await api.repositories.presences.listBySession(sessionId());
    const of = (personId: Id) => presences.find((value) => value.personId === personId);
    expect(of(first().personId)).toMatchObject({
      minutes: 60,
      heldMinutes: 150,
      closedOpen: false,
      revision: 1,
    });
    expect(of(learners[1]!.personId)).toMatchObject({ minutes: 150, heldMinutes: 150, closedOpen: true });
    expect(presences).toHaveLength(2);
    expect(await isSettlementAsked()).toBe(true);
    expect(api.facts.map(({ type }) => type)).toEqual(['room:event', 'room:event', 'session:changed']);
  });

  it('happens once, whoever of ten in two processes comes first', async () => {
    await open();
    const { qr } = await shown();
    await api.services.checkIn.checkIn(first(), sessionId(), qr);
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 ? api.services : other).room.close(host, sessionId()),
      ),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const tried of tries)
      if (tried.status === 'rejected') expect(tried.reason).toMatchObject({ code: 'ROOM_CLOSED' });
    expect(await typesNow()).toEqual(['room-opened', 'checked-in', 'checked-out', 'room-closed']);
    expect(await api.repositories.presences.listBySession(sessionId())).toHaveLength(1);
    expect(await isSettlementAsked()).toBe(true);
  });

  it('leaves no check-in behind it, however both fall together', async () => {
    const crowd = await people(30);
    await scene.seat(crowd.map(({ personId }) => personId));
    await open();
    const { qr } = await shown();
    const [closed, ...tries] = await Promise.allSettled([
      other.room.close(host, sessionId()),
      ...crowd.map((actor) => api.services.checkIn.checkIn(actor, sessionId(), qr)),
    ]);
    expect(closed.status).toBe('fulfilled');
    const types = await typesNow();
    expect(types.at(-1)).toBe('room-closed');
    const came = types.filter((type) => type === 'checked-in').length;
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(came);
    expect(await api.repositories.presences.listBySession(sessionId())).toHaveLength(came);
    expect(await isSettlementAsked()).toBe(true);
  });

  it('goes by itself two hours after the extended end, as of that moment, however late it is noticed', async () => {
    await open();
    const { qr } = await shown();
    await api.services.checkIn.checkIn(first(), sessionId(), qr);
    api.clock.set(at(8));
    expect(await api.services.room.extend(host, sessionId(), at(9))).toMatchObject({ extendedTo: at(9) });
    api.clock.set(at(10, 59, 59));
    await api.services.room.closeOverdue();
    expect((await api.repositories.sessions.getById(sessionId())).status).toBe('live');
    api.clock.set(at(20));
    expect(await Promise.all([api.services.room.closeOverdue(), other.room.closeOverdue()])).toContain(1);
    expect(await api.services.room.closeOverdue()).toBe(0);
    expect((await eventsNow()).at(-1)).toMatchObject({
      at: at(11),
      recordedAt: at(20),
      body: { type: 'room-closed', reason: 'time-out', by: null },
    });
    expect(await api.repositories.presences.listBySession(sessionId())).toMatchObject([
      { minutes: 180, heldMinutes: 180, closedOpen: true },
    ]);
    expect(await isSettlementAsked()).toBe(true);
  });

  it('never opened, it is not held two hours after its end: nobody is credited or asked for, and it can be cancelled', async () => {
    api.clock.set(at(10, 29, 59));
    await api.services.room.endUnopened();
    expect((await api.repositories.sessions.getById(sessionId())).status).toBe('scheduled');
    api.clock.set(at(20));
    const everybody = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? api.services : other));
    await Promise.all(everybody.map(({ room }) => room.endUnopened()));
    expect(await api.services.room.endUnopened()).toBe(0);
    expect(await api.repositories.sessions.getById(sessionId())).toMatchObject({
      status: 'not-held',
      openedAt: null,
      closedAt: at(10, 30),
    });
    const subjectId = sessionId();
    const trail = await api.repositories.audit.list({ subjectId }, { page: 1, pageSize: 10 });
    expect(trail.items).toMatchObject([
      {
        action: 'live:not-held',
        actor: { kind: 'system' },
        after: { status: 'not-held', reason: 'nobody-opened' },
      },
    ]);
    expect(await eventsNow()).toEqual([]);
    expect(await isSettlementAsked()).toBe(false);
    expect(await api.services.sessionSettlement.settleSession(sessionId())).toBeNull();
    await expect(open()).rejects.toMatchObject({ code: 'ROOM_TOO_LATE' });
  });

  it('is refused for a room that is not open, and an extension as well', async () => {
    await expect(api.services.room.close(host, sessionId())).rejects.toMatchObject({ code: 'ROOM_NOT_OPEN' });
    await expect(api.services.room.extend(host, sessionId(), at(9))).rejects.toMatchObject({
      code: 'ROOM_NOT_OPEN',
    });
    await open();
    await expect(api.services.room.extend(host, sessionId(), at(12))).rejects.toMatchObject({
      code: 'EXTENSION_OUT_OF_RANGE',
    });
    await expect(api.services.room.close(stranger, sessionId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await typesNow()).toEqual(['room-opened']);
    expect(await isSettlementAsked()).toBe(false);
  });
});

describe('taking part online', () => {
  const line = () => api.services.roomLine;

  it('checks in with the first connection and counts the time on the line', async () => {
    await open();
    const processId = api.newId();
    api.clock.set(at(6));
    await line().connect(first(), sessionId(), 'c1', processId);
    await line().connect(first(), sessionId(), 'c1', processId);
    api.clock.set(at(6, 40));
    await line().disconnect({ id: 'c1', sessionId: sessionId(), personId: first().personId });
    api.clock.set(at(7));
    await line().connect(first(), sessionId(), 'c2', processId);
    api.clock.set(at(7, 20));
    expect((await api.services.checkIn.myRoom(first(), sessionId())).receipt).toMatchObject({
      mode: 'online',
      method: 'online',
      minutes: 60,
    });
    await line().endProcess(processId);
    api.clock.set(at(8));
    expect((await api.services.checkIn.myRoom(first(), sessionId())).receipt).toMatchObject({ minutes: 60 });
    expect(await typesNow()).toEqual([
      'room-opened',
      'checked-in',
      'connected',
      'disconnected',
      'connected',
      'disconnected',
    ]);
  });

  it('ends at the last sign of life of a process that died', async () => {
    await open();
    const dead = api.newId();
    api.clock.set(at(6));
    await line().connect(first(), sessionId(), 'c1', dead);
    api.clock.set(at(6, 30));
    await line().beat(dead);
    api.clock.set(at(6, 30, 30));
    expect(await line().endSilent()).toBe(0);
    api.clock.set(at(7));
    expect(await line().endSilent()).toBe(1);
    expect(await line().endSilent()).toBe(0);
    expect((await api.services.checkIn.myRoom(first(), sessionId())).receipt).toMatchObject({ minutes: 30 });
  });

  it('keeps a hang-up that the room could not record, and ends it then at its own moment', async () => {
    await open();
    let busy = false;
    const { database } = api.test;
    const { roomLine: flaky } = createServices(
      {
        ...database,
        transaction: (work) =>
          busy ? Promise.reject(new Error('the database is busy')) : database.transaction(work),
      },
      api.repositories,
      api.ports,
    );
    const processId = api.newId();
    api.clock.set(at(6));
    await flaky.connect(first(), sessionId(), 'c1', processId);
    api.clock.set(at(6, 40));
    busy = true;
    const hangUp = flaky.disconnect({ id: 'c1', sessionId: sessionId(), personId: first().personId });
    await expect(hangUp).rejects.toThrow('busy');
    await expect(flaky.beat(processId)).rejects.toThrow('busy');
    busy = false;
    api.clock.set(at(7));
    await flaky.beat(processId);
    await flaky.beat(processId);
    expect((await typesNow()).filter((type) => type === 'disconnected')).toHaveLength(1);
    expect((await api.services.checkIn.myRoom(first(), sessionId())).receipt).toMatchObject({ minutes: 40 });
  });

  it('is for people of the class', async () => {
    await open();
    await expect(line().connect(stranger, sessionId(), 'c1', api.newId())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(line().viewerOf(stranger, sessionId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await typesNow()).toEqual(['room-opened']);
  });
});

describe('looking into a room', () => {
  it('shows the staff the whole roster and a learner only themselves', async () => {
    await open();
    const { qr } = await shown();
    await api.services.checkIn.checkIn(first(), sessionId(), qr);
    await api.services.room.announce(host, sessionId(), '请到一号门集合');
    const staff = await api.services.room.room(host, sessionId());
    expect(staff).toMatchObject({ expected: 3, checkedIn: 1, lastSeq: 3, mayRun: true });
    expect(staff.roster).toHaveLength(3);
    expect(staff.roster.filter(({ receipt }) => receipt !== null)).toHaveLength(1);
    expect(staff.announcements).toMatchObject([{ seq: 3, text: '请到一号门集合' }]);
    const mine = await api.services.checkIn.myRoom(learners[1]!, sessionId());
    expect(mine).toMatchObject({ enrolled: true, receipt: null, lastSeq: 3 });
    expect(JSON.stringify(mine)).not.toContain(first().personId);

    const { roomLine } = api.services;
    const viewer = await roomLine.viewerOf(learners[1]!, sessionId());
    expect(viewer.kind).toBe('learner');
    const seen = await roomLine.look(viewer, sessionId(), 0);
    expect(seen.events.map(({ seq }) => seq)).toEqual([1, 3]);
    expect(seen).toMatchObject({ lastSeq: 3, more: false, room: { status: 'live', checkedIn: 1 } });
    expect((await roomLine.missed(host, sessionId(), 1)).events.map(({ seq }) => seq)).toEqual([2, 3]);
    expect((await roomLine.viewerOf(host, sessionId())).kind).toBe('staff');
  });

  it('lists the rooms of a day as far as the actor reaches', async () => {
    const date = toCivilDate(at(6));
    const ids = async (actor: PersonActor) =>
      (await api.services.room.rooms(actor, date)).map(({ room }) => room.sessionId);
    expect(await ids(host)).toEqual([sessionId()]);
    expect(await ids(stranger)).toEqual([]);
    const unit = await api.addUnit();
    const teacher = api.actorOf(await api.addPerson(unit), {
      role: 'class-teacher',
      scope: { kind: 'class', classId: scene.trainingClass.id },
    });
    const sessionHost = api.actorOf(await api.addPerson(unit), {
      role: 'host',
      scope: { kind: 'session', sessionId: sessionId() },
    });
    const auditor = api.actorOf(await api.addPerson(unit), { role: 'auditor', scope: { kind: 'network' } });
    expect(await ids(teacher)).toEqual([sessionId()]);
    expect(await ids(sessionHost)).toEqual([sessionId()]);
    expect((await ids(auditor)).length).toBeGreaterThan(1);
    expect(await api.services.room.rooms(host, '2026-11-19')).toEqual([]);
    expect(await api.services.room.rooms(host, date)).toMatchObject([
      { mayRun: true, checkedIn: 0, expected: 0 },
    ]);
  });
});
