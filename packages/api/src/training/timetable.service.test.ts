import type { PersonActor } from '@cadre/domain/access';
import { type Id } from '@cadre/domain/core';
import type {
  AssessPlacementInput,
  MoveSessionInput,
  ScheduleSessionInput,
  Session,
} from '@cadre/domain/training';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createTestApi,
  createTrainingWorld,
  hourOf,
  seatsOf,
  TEACHING_DATE,
  TEST_NOW,
  type TestApi,
  type TrainingWorld,
} from '../testing';

let api: TestApi;
let world: TrainingWorld;
let foreign: TrainingWorld;
let alliance: PersonActor;
beforeAll(async () => {
  api = await createTestApi();
  const unit = await api.addUnit();
  alliance = api.actorOf(await api.addPerson(unit), { role: 'alliance-admin', scope: { kind: 'network' } });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});
beforeEach(async () => {
  api.clock.set(TEST_NOW);
  world = await createTrainingWorld(api);
  foreign = await createTrainingWorld(api);
});

const schedule = (input: ScheduleSessionInput, actor = world.admin) =>
  api.services.timetable.schedule(actor, input);
const sessionOf = async (classId: Id): Promise<Session> => {
  const [session] = await api.repositories.sessions.listByClasses([classId]);
  return session!;
};
const slotsOf = async (
  resourceKind: 'venue' | 'instructor' | 'base',
  resourceId: Id,
  date = TEACHING_DATE,
) => {
  const [day] = await api.repositories.bookings.list([{ resourceKind, resourceId, date }]);
  return day?.slots.map(({ sessionId }) => sessionId) ?? [];
};
const moveInput = (session: Session, changes: Partial<MoveSessionInput> = {}): MoveSessionInput => ({
  sessionId: session.id,
  revision: session.revision,
  baseId: session.baseId,
  venueId: session.venueId,
  instructorIds: session.instructorIds,
  startsAt: session.startsAt,
  endsAt: session.endsAt,
  ...changes,
});
const assessInput = (changes: Partial<AssessPlacementInput> = {}): AssessPlacementInput => ({
  baseId: world.base.id,
  venueId: world.venue.id,
  instructorIds: [world.instructor.id],
  courseId: world.course.id,
  startsAt: hourOf(14),
  endsAt: hourOf(16),
  mode: 'on-site',
  people: 20,
  sessionId: null,
  classId: null,
  ...changes,
});

describe('scheduling a session', () => {
  it('makes a class with one session by itself, worth what the form proposes, and tells open screens', async () => {
    const { classId, classNo, session } = await schedule(world.form());
    expect(classNo).toMatch(/^2026-\d{3}$/);
    expect(session).toMatchObject({
      title: '垦荒精神现场课',
      status: 'scheduled',
      expectedPeople: 20,
      worth: { halfDays: [{ date: TEACHING_DATE, part: 'afternoon' }], classHours: 40_000 },
      baseName: world.base.name,
      venueName: world.venue.name,
      instructors: [{ id: world.instructor.id, name: '金老师' }],
    });
    expect(await api.repositories.classes.getById(classId)).toMatchObject({
      status: 'open',
      baseId: world.base.id,
      themeId: world.course.themeId,
      capacity: 20,
      startsAt: hourOf(14),
      endsAt: hourOf(16),
      seatsTaken: 0,
    });
    expect(await slotsOf('venue', world.venue.id)).toEqual([session.id]);
    expect(await slotsOf('base', world.base.id)).toEqual([session.id]);
    expect(api.facts.slice(-2)).toEqual([
      { type: 'session:changed', sessionId: session.id, classId, baseId: world.base.id },
      { type: 'class:changed', classId },
    ]);
    const trail = await api.repositories.audit.list({ subjectId: session.id }, { page: 1, pageSize: 5 });
    expect(trail.items).toMatchObject([
      { action: 'training:session-scheduled', actor: { kind: 'person', personId: world.admin.personId } },
    ]);
  });

  it('adds to a class that exists, which then spans both sessions', async () => {
    const value = await world.schedule();
    await schedule(
      world.form({
        startsAt: hourOf(9),
        endsAt: hourOf(11),
        in: { kind: 'class', classId: value.id },
      }),
    );
    expect(await api.repositories.classes.getById(value.id)).toMatchObject({
      startsAt: hourOf(9),
      endsAt: hourOf(16),
      revision: 1,
    });
  });

  it('an online session takes a venue but no seats of the base', async () => {
    const small = await world.addVenue({ capacity: 5 });
    const { session } = await schedule(world.form({ mode: 'online', venueId: small.id }));
    expect(session.expectedPeople).toBe(0);
    expect(await slotsOf('base', world.base.id)).toEqual([]);
    expect(await slotsOf('venue', small.id)).toEqual([session.id]);
  });

  it('ten at once for the same venue: exactly one wins, and nothing of the others is left', async () => {
    const teachers = await Promise.all(Array.from({ length: 10 }, () => world.addInstructor()));
    const results = await Promise.allSettled(
      teachers.map((teacher) => schedule(world.form({ instructorIds: [teacher.id] }))),
    );
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(9);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'VENUE_CLASH' });
    expect(await slotsOf('venue', world.venue.id)).toHaveLength(1);
    const booked = await Promise.all(teachers.map(({ id }) => slotsOf('instructor', id)));
    expect(booked.flat()).toHaveLength(1);
    const page = await api.repositories.classes.list([world.base.id], {}, { page: 1, pageSize: 20 });
    expect(page.total).toBe(1);
  });

  it('ten at once at one base never go over its half-day capacity', async () => {
    const crowded = await createTrainingWorld(api, { capacityPerHalfDay: 50 });
    const inputs = await Promise.all(
      Array.from({ length: 10 }, async () =>
        crowded.form({
          venueId: (await crowded.addVenue()).id,
          instructorIds: [(await crowded.addInstructor()).id],
        }),
      ),
    );
    const results = await Promise.allSettled(inputs.map((input) => schedule(input, crowded.admin)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const reasons = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    for (const reason of reasons)
      expect(reason).toMatchObject({
        code: 'BASE_CAPACITY_EXCEEDED',
        details: { part: 'afternoon', people: 60, capacity: 50 },
      });
    expect(await slotsOf('base', crowded.base.id)).toHaveLength(2);
  });

  it('names the rival, and offers other times and venues that are really free', async () => {
    const spare = await world.addVenue({ capacity: 60 });
    await world.addVenue({ capacity: 5 });
    const first = await schedule(world.form());
    const [refusal] = await Promise.allSettled([
      schedule(world.form({ instructorIds: [], startsAt: hourOf(15), endsAt: hourOf(17) })),
    ]);
    expect(refusal).toMatchObject({
      status: 'rejected',
      reason: {
        code: 'VENUE_CLASH',
        details: {
          sessionId: first.session.id,
          title: first.session.title,
          startsAt: hourOf(14).toISOString(),
          freeVenueIds: [spare.id],
        },
      },
    });
    const { freeTimes } = (refusal as unknown as { reason: { details: { freeTimes: string[] } } }).reason
      .details;
    expect(freeTimes).toHaveLength(3);
    expect(freeTimes[0]).toBe(`${hourOf(16).toISOString()}/${hourOf(18).toISOString()}`);
    for (const free of freeTimes) {
      const [startsAt, endsAt] = free.split('/').map((text) => new Date(text));
      await schedule(world.form({ instructorIds: [], startsAt: startsAt!, endsAt: endsAt! }));
    }
  });

  it.each<[string, (w: TrainingWorld) => Partial<ScheduleSessionInput>, string]>([
    [
      'in the past',
      () => ({ startsAt: hourOf(9, '2026-11-17'), endsAt: hourOf(10, '2026-11-17') }),
      'SESSION_IN_PAST',
    ],
    ['outside opening hours', () => ({ startsAt: hourOf(21), endsAt: hourOf(22) }), 'OUTSIDE_OPENING_HOURS'],
    [
      'worth a half-day it does not touch',
      () => ({ worth: { halfDays: [{ date: TEACHING_DATE, part: 'morning' }], classHours: 0 } }),
      'WORTH_INVALID',
    ],
    ['with an unknown course', () => ({ courseId: api.newId() }), 'NOT_FOUND'],
    ['with an unknown venue', () => ({ venueId: api.newId() }), 'NOT_FOUND'],
    ["at another base's venue", () => ({ venueId: foreign.venue.id }), 'NOT_FOUND'],
    ["with another base's instructor", () => ({ instructorIds: [foreign.instructor.id] }), 'NOT_FOUND'],
    [
      'at a base of somebody else',
      () => ({ baseId: foreign.base.id, venueId: foreign.venue.id }),
      'NOT_FOUND',
    ],
    ['in an unknown class', () => ({ in: { kind: 'class', classId: api.newId() } }), 'NOT_FOUND'],
  ])('%s is refused, and nothing is written', async (_name, changes, code) => {
    const before = api.facts.length;
    await expect(schedule(world.form(changes(world)))).rejects.toMatchObject({ code });
    expect(await api.repositories.sessions.listBetween([world.base.id], hourOf(0), hourOf(24))).toEqual([]);
    expect(await slotsOf('venue', world.venue.id)).toEqual([]);
    expect(api.facts).toHaveLength(before);
  });

  it('refuses more people than the venue takes, and class times in a wrong order', async () => {
    await expect(schedule(world.form({}, { capacity: 201 }))).rejects.toMatchObject({
      code: 'VENUE_TOO_SMALL',
    });
    await expect(schedule(world.form({}, { promotionCutOff: hourOf(15) }))).rejects.toMatchObject({
      code: 'CLASS_TIMES_INVALID',
    });
  });

  it('refuses a base that is not operating and a closed day', async () => {
    const delisted = await createTrainingWorld(api, { status: 'rectification' });
    await expect(schedule(delisted.form(), delisted.admin)).rejects.toMatchObject({
      code: 'BASE_NOT_OPERATING',
    });
    const closed = await createTrainingWorld(api, {
      blackouts: [{ from: TEACHING_DATE, to: TEACHING_DATE, reason: '庙会' }],
    });
    await expect(schedule(closed.form(), closed.admin)).rejects.toMatchObject({
      code: 'BASE_BLACKOUT',
      details: { reason: '庙会' },
    });
  });

  it('refuses a class of another base and a class that has ended, and a draft course is not there for a base admin', async () => {
    const other = await foreign.schedule();
    await expect(schedule(world.form({ in: { kind: 'class', classId: other.id } }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const own = await world.schedule();
    await api.repositories.classes.tryChange(own, { status: 'completed' });
    await expect(
      schedule(
        world.form({ startsAt: hourOf(9), endsAt: hourOf(10), in: { kind: 'class', classId: own.id } }),
      ),
    ).rejects.toMatchObject({ code: 'CLASS_NOT_OPEN' });
    const draft = { ...world.course, id: api.newId(), code: 'T90-C99', status: 'draft' as const };
    await api.repositories.courses.insert(draft);
    await expect(schedule(world.form({ courseId: draft.id }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(schedule(world.form({ courseId: draft.id }), alliance)).rejects.toMatchObject({
      code: 'COURSE_NOT_OFFERED',
    });
  });

  it('is for base admins and the alliance alone; the alliance schedules everywhere', async () => {
    const cadre = await world.addCadre();
    await expect(schedule(world.form(), cadre)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    const auditor = api.actorOf(await api.addPerson(world.unit), {
      role: 'auditor',
      scope: { kind: 'network' },
    });
    await expect(schedule(world.form(), auditor)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(
      schedule(foreign.form({ instructorIds: [world.instructor.id] }), alliance),
    ).resolves.toMatchObject({
      session: { baseId: foreign.base.id },
    });
  });
});

describe('moving a session', () => {
  it('gives back the old place, takes the new one, and the class follows', async () => {
    const value = await world.schedule();
    const session = await sessionOf(value.id);
    const other = await world.addVenue();
    const moved = await api.services.timetable.move(
      world.admin,
      moveInput(session, {
        venueId: other.id,
        startsAt: hourOf(9, '2026-11-19'),
        endsAt: hourOf(11, '2026-11-19'),
      }),
    );
    expect(moved.session).toMatchObject({
      revision: 1,
      worth: { halfDays: [{ date: '2026-11-19', part: 'morning' }], classHours: 40_000 },
    });
    expect(await slotsOf('venue', world.venue.id)).toEqual([]);
    expect(await slotsOf('base', world.base.id)).toEqual([]);
    expect(await slotsOf('venue', other.id, '2026-11-19')).toEqual([session.id]);
    const after = await api.repositories.classes.getById(value.id);
    expect(after).toMatchObject({ startsAt: hourOf(9, '2026-11-19'), endsAt: hourOf(11, '2026-11-19') });
    expect(after.window.closesAt <= after.promotionCutOff).toBe(true);
    expect(after.promotionCutOff <= hourOf(9, '2026-11-19')).toBe(true);
  });

  it('takes the deadlines of its class along, and notes them', async () => {
    const value = await world.schedule();
    const session = await sessionOf(value.id);
    const [from, to] = [hourOf(14), hourOf(14, '2026-11-27')];
    await api.services.timetable.move(
      world.admin,
      moveInput(session, { startsAt: to, endsAt: hourOf(16, '2026-11-27') }),
    );
    const after = await api.repositories.classes.getById(value.id);
    const shift = to.getTime() - from.getTime();
    expect(after.window.closesAt.getTime() - value.window.closesAt.getTime()).toBe(shift);
    expect(after.promotionCutOff.getTime() - value.promotionCutOff.getTime()).toBe(shift);
    expect(after.withdrawalDeadline.getTime() - value.withdrawalDeadline.getTime()).toBe(shift);
    expect(after.window.opensAt).toEqual(value.window.opensAt);
    const trail = await api.repositories.audit.list({ subjectId: session.id }, { page: 1, pageSize: 5 });
    expect(trail.items.find(({ action }) => action === 'training:session-moved')).toMatchObject({
      before: { withdrawalDeadline: value.withdrawalDeadline },
      after: { withdrawalDeadline: after.withdrawalDeadline },
    });
  });

  it('keeps where it stood first, through a second move, until it is back', async () => {
    const value = await world.schedule();
    const other = await world.addVenue({ name: { zh: '青年宫', en: 'Youth Palace' } });
    const move = async (changes: Partial<MoveSessionInput>) =>
      (await api.services.timetable.move(world.admin, moveInput(await sessionOf(value.id), changes))).session;
    const first = { startsAt: hourOf(14), endsAt: hourOf(16), venueName: world.venue.name };
    expect((await move({ startsAt: hourOf(9), endsAt: hourOf(11) })).movedFrom).toMatchObject(first);
    expect((await move({ venueId: other.id })).movedFrom).toMatchObject(first);
    expect(await sessionOf(value.id)).toMatchObject({ movedFrom: { venueId: world.venue.id } });
    const back = { startsAt: hourOf(14), endsAt: hourOf(16), venueId: world.venue.id };
    expect((await move(back)).movedFrom).toBeNull();
    expect((await sessionOf(value.id)).movedFrom).toBeNull();
  });

  it('keeps nothing where it is refused', async () => {
    const session = await sessionOf((await world.schedule()).id);
    await schedule(world.form({ startsAt: hourOf(9), endsAt: hourOf(11) }));
    await expect(
      api.services.timetable.move(
        world.admin,
        moveInput(session, { startsAt: hourOf(9), endsAt: hourOf(11) }),
      ),
    ).rejects.toMatchObject({ code: 'INSTRUCTOR_CLASH' });
    expect((await sessionOf(session.classId)).movedFrom).toBeNull();
  });

  it('over its own old time is no clash', async () => {
    const session = await sessionOf((await world.schedule()).id);
    await expect(
      api.services.timetable.move(
        world.admin,
        moveInput(session, { startsAt: hourOf(15), endsAt: hourOf(17) }),
      ),
    ).resolves.toMatchObject({ session: { startsAt: hourOf(15) } });
  });

  it('onto a rival is refused, and it stays where it was', async () => {
    const first = await sessionOf((await world.schedule()).id);
    const second = await sessionOf((await world.schedule({ startsAt: hourOf(9), endsAt: hourOf(11) })).id);
    await expect(
      api.services.timetable.move(
        world.admin,
        moveInput(second, { startsAt: hourOf(15), endsAt: hourOf(17) }),
      ),
    ).rejects.toMatchObject({ code: 'INSTRUCTOR_CLASH', details: { sessionId: first.id } });
    expect(await api.repositories.sessions.getById(second.id)).toEqual(second);
    expect(await slotsOf('venue', world.venue.id)).toEqual(expect.arrayContaining([first.id, second.id]));
  });

  it('of many who drag the same session at once, one wins and the booking is where the session is', async () => {
    const session = await sessionOf((await world.schedule()).id);
    const results = await Promise.allSettled(
      [8, 10, 12, 16, 18].map((hour) =>
        api.services.timetable.move(
          world.admin,
          moveInput(session, { startsAt: hourOf(hour), endsAt: hourOf(hour + 2) }),
        ),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const after = await api.repositories.sessions.getById(session.id);
    const [day] = await api.repositories.bookings.list([
      { resourceKind: 'venue', resourceId: world.venue.id, date: TEACHING_DATE },
    ]);
    expect(day?.slots).toMatchObject([
      { sessionId: session.id, startsAt: after.startsAt, endsAt: after.endsAt },
    ]);
  });

  it('needs the revision that was looked at, and a session that is still scheduled', async () => {
    const session = await sessionOf((await world.schedule()).id);
    const move = (changes: Partial<MoveSessionInput> = {}) =>
      api.services.timetable.move(world.admin, moveInput(session, changes));
    await expect(move({ revision: 7 })).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    await api.repositories.sessions.tryTransition(session.id, 'scheduled', 'live', { openedAt: hourOf(14) });
    await expect(move()).rejects.toMatchObject({ code: 'SESSION_NOT_SCHEDULED' });
  });

  it("of another base is not found; not even to another base's venue", async () => {
    const session = await sessionOf((await world.schedule()).id);
    await expect(api.services.timetable.move(foreign.admin, moveInput(session))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(
      api.services.timetable.move(
        world.admin,
        moveInput(session, { baseId: foreign.base.id, venueId: foreign.venue.id }),
      ),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await api.repositories.sessions.getById(session.id)).toEqual(session);
  });
});

describe('cancelling', () => {
  const enroll = async (classId: Id) => {
    const cadre = await world.addCadre();
    await api.services.enrollment.enroll(cadre, classId);
    return cadre;
  };

  it('one of several sessions leaves the class going, without it', async () => {
    const value = await world.schedule();
    const { session } = await schedule(
      world.form({ startsAt: hourOf(9), endsAt: hourOf(11), in: { kind: 'class', classId: value.id } }),
    );
    await enroll(value.id);
    const cancel = { sessionId: session.id, revision: 0, reason: '大雾停航' };
    expect(await api.services.timetable.cancelSession(world.admin, cancel)).toEqual({
      sessionId: session.id,
      status: 'cancelled',
      revision: 1,
    });
    expect(await api.repositories.sessions.getById(session.id)).toMatchObject({
      status: 'cancelled',
      cancelledReason: '大雾停航',
    });
    expect(await slotsOf('venue', world.venue.id)).toHaveLength(1);
    const seats = await seatsOf(api, value.id);
    expect(seats.class).toMatchObject({ status: 'open', startsAt: hourOf(14), seatsTaken: 1 });
    await expect(api.services.timetable.cancelSession(world.admin, cancel)).rejects.toMatchObject({
      code: 'SESSION_NOT_SCHEDULED',
    });
  });

  it('the one that nobody held completes a class whose other sessions are settled, with everybody’s enrolment', async () => {
    const value = await world.schedule();
    const { session } = await schedule(
      world.form({ startsAt: hourOf(9), endsAt: hourOf(11), in: { kind: 'class', classId: value.id } }),
    );
    await enroll(value.id);
    const { sessions } = api.repositories;
    const first = (await sessions.listByClasses([value.id])).find(({ id }) => id !== session.id)!;
    await sessions.tryTransition(first.id, 'scheduled', 'settled');
    await sessions.tryTransition(session.id, 'scheduled', 'not-held');
    const named = (by: PersonActor) =>
      api.services.timetableView.listNotHeld(by).then((views) => views.map(({ id }) => id));
    expect(await named(world.admin)).toEqual([session.id]);
    expect(await named(foreign.admin)).toEqual([]);
    const seats = () => seatsOf(api, value.id);
    expect((await seats()).class.status).toBe('open');
    const cancel = { sessionId: session.id, revision: 1, reason: '老师生病' };
    await api.services.timetable.cancelSession(world.admin, cancel);
    expect(await seats()).toMatchObject({
      class: { status: 'completed', seatsTaken: 1 },
      enrollments: [{ state: 'completed' }],
      mismatches: [],
    });
    expect(await named(world.admin)).toEqual([]);
  });

  it('the last session cancels the class, every seat and the waitlist, with the reason in the ledger', async () => {
    const value = await world.schedule({}, { capacity: 1 });
    const cadres = [await enroll(value.id), await enroll(value.id)];
    const session = await sessionOf(value.id);
    await api.services.timetable.cancelSession(world.admin, {
      sessionId: session.id,
      revision: 0,
      reason: '大雾停航',
    });
    const seats = await seatsOf(api, value.id);
    expect(seats.class).toMatchObject({ status: 'cancelled', seatsTaken: 0, waiting: 0, ledgerSeq: 4 });
    expect(seats.enrollments.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    expect(seats.ledger.slice(2)).toMatchObject([
      { kind: 'cancelled', seats: -1, waiting: 0, reason: 'class-cancelled', by: world.admin.personId },
      { kind: 'cancelled', seats: 0, waiting: -1, reason: 'class-cancelled', by: world.admin.personId },
    ]);
    expect(seats.mismatches).toEqual([]);
    expect(api.facts).toContainEqual({
      type: 'enrollment:changed',
      classId: value.id,
      personIds: cadres.map(({ personId }) => personId),
    });
  });

  it('a whole class cancels what has not begun; a live session must be closed first', async () => {
    const value = await world.schedule();
    const { session } = await schedule(
      world.form({ startsAt: hourOf(9), endsAt: hourOf(11), in: { kind: 'class', classId: value.id } }),
    );
    await enroll(value.id);
    await api.repositories.sessions.tryTransition(session.id, 'scheduled', 'live');
    const cancel = () =>
      api.services.timetable.cancelClass(world.admin, { classId: value.id, reason: '人数不足' });
    await expect(cancel()).rejects.toMatchObject({ code: 'SESSION_NOT_SCHEDULED' });
    expect((await seatsOf(api, value.id)).class.status).toBe('open');
    await api.repositories.sessions.tryTransition(session.id, 'live', 'closed');
    await cancel();
    const seats = await seatsOf(api, value.id);
    expect(seats.class).toMatchObject({ status: 'cancelled', seatsTaken: 0 });
    expect(seats.mismatches).toEqual([]);
    const statuses = (await api.repositories.sessions.listByClasses([value.id])).map(({ status }) => status);
    expect(statuses).toEqual(['closed', 'cancelled']);
    await expect(cancel()).rejects.toMatchObject({ code: 'CLASS_NOT_OPEN' });
  });

  it("of another base's session or class is not found, and for a cadre not allowed; nothing changes", async () => {
    const value = await world.schedule();
    const session = await sessionOf(value.id);
    const input = { sessionId: session.id, revision: 0, reason: '不去了' };
    const ofClass = { classId: value.id, reason: '不去了' };
    const cadre = await world.addCadre();
    for (const [actor, code] of [
      [foreign.admin, 'NOT_FOUND'],
      [cadre, 'NOT_ALLOWED'],
    ] as const) {
      await expect(api.services.timetable.cancelSession(actor, input)).rejects.toMatchObject({ code });
      await expect(api.services.timetable.cancelClass(actor, ofClass)).rejects.toMatchObject({ code });
    }
    expect(await api.repositories.sessions.getById(session.id)).toEqual(session);
    expect(await api.repositories.classes.getById(value.id)).toEqual(value);
    await expect(
      api.services.timetable.cancelSession(world.admin, { ...input, revision: 3 }),
    ).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
  });
});

describe('changing the capacity', () => {
  const change = (classId: Id, revision: number, capacity: number, actor = world.admin) =>
    api.services.timetable.changeCapacity(actor, { classId, revision, capacity });

  it('gives new seats to those who wait, in their order, and books the base for more', async () => {
    const value = await world.schedule({}, { capacity: 1 });
    const cadres = [await world.addCadre(), await world.addCadre(), await world.addCadre()];
    for (const cadre of cadres) await api.services.enrollment.enroll(cadre, value.id);
    await change(value.id, 0, 2);
    const seats = await seatsOf(api, value.id);
    expect(seats.class).toMatchObject({ capacity: 2, seatsTaken: 2, waiting: 1 });
    expect(seats.enrollments.map(({ state }) => state)).toEqual(['enrolled', 'enrolled', 'waiting']);
    expect(seats.ledger.at(-1)).toMatchObject({ kind: 'promoted', reason: 'capacity-raised', by: null });
    expect(seats.mismatches).toEqual([]);
    expect((await sessionOf(value.id)).expectedPeople).toBe(2);
    expect(api.facts).toContainEqual({
      type: 'enrollment:changed',
      classId: value.id,
      personIds: [cadres[1]!.personId],
    });
  });

  it('never below the seats taken, above the venue or above the base, nor on an old revision', async () => {
    const crowded = await createTrainingWorld(api, { capacityPerHalfDay: 30 });
    const value = await crowded.schedule({}, { capacity: 2 });
    for (const cadre of [await crowded.addCadre(), await crowded.addCadre()])
      await api.services.enrollment.enroll(cadre, value.id);
    const ask = (revision: number, capacity: number) => change(value.id, revision, capacity, crowded.admin);
    await expect(ask(0, 1)).rejects.toMatchObject({ code: 'CAPACITY_BELOW_ENROLLED' });
    await expect(ask(0, 31)).rejects.toMatchObject({ code: 'BASE_CAPACITY_EXCEEDED' });
    await expect(ask(0, 201)).rejects.toMatchObject({ code: 'VENUE_TOO_SMALL' });
    await expect(ask(9, 20)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    await expect(change(value.id, 0, 20)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await seatsOf(api, value.id)).class.capacity).toBe(2);
    await ask(0, 30);
    expect((await seatsOf(api, value.id)).class.capacity).toBe(30);
  });
});

describe('asking whether it may stand there', () => {
  it('free, with warnings tight, and nothing is written', async () => {
    const { timetable } = api.services;
    expect(await timetable.assess(world.admin, assessInput())).toMatchObject({
      verdict: 'free',
      refusals: [],
      clashes: [],
      suggestedWorth: { halfDays: [{ date: TEACHING_DATE, part: 'afternoon' }], classHours: 40_000 },
    });
    const saturday = { startsAt: hourOf(19, '2026-11-21'), endsAt: hourOf(20, '2026-11-21') };
    expect(await timetable.assess(world.admin, assessInput(saturday))).toMatchObject({
      verdict: 'tight',
      warnings: ['weekend', 'evening'],
    });
    expect(await slotsOf('venue', world.venue.id)).toEqual([]);
  });

  it('blocked by a rival, with free times and venues; not by itself while it is moved', async () => {
    const session = await sessionOf((await world.schedule()).id);
    const verdict = await api.services.timetable.assess(world.admin, assessInput());
    expect(verdict.verdict).toBe('blocked');
    expect(verdict.clashes.map(({ kind }) => kind).sort()).toEqual(['instructor', 'venue']);
    expect(verdict.alternatives.times).toHaveLength(3);
    const own = await api.services.timetable.assess(
      world.admin,
      assessInput({
        sessionId: session.id,
        classId: session.classId,
        startsAt: hourOf(15),
        endsAt: hourOf(17),
      }),
    );
    expect(own.verdict).toBe('free');
  });

  it("shows of a rival in another base's draft nothing but the time", async () => {
    const guest = await world.addInstructor({ baseId: null });
    const hidden = await foreign.schedule({ instructorIds: [guest.id] });
    const ask = async () =>
      (await api.services.timetable.assess(world.admin, assessInput({ instructorIds: [guest.id] }))).clashes;
    const time = { startsAt: hourOf(14), endsAt: hourOf(16) };
    const session = await sessionOf(hidden.id);
    expect(await ask()).toMatchObject([{ rival: { sessionId: session.id, title: session.title, ...time } }]);
    await api.repositories.classes.tryChange(hidden, { status: 'draft' });
    expect(await ask()).toMatchObject([
      { kind: 'instructor', rival: { sessionId: null, title: null, ...time } },
    ]);
  });

  it('tells every reason at once, and the half-day of a full base', async () => {
    const crowded = await createTrainingWorld(api, { capacityPerHalfDay: 30 });
    await crowded.schedule();
    const room = await crowded.addVenue({ capacity: 10 });
    const verdict = await api.services.timetable.assess(
      crowded.admin,
      assessInput({
        baseId: crowded.base.id,
        venueId: room.id,
        instructorIds: [],
        courseId: crowded.course.id,
      }),
    );
    expect(verdict.refusals.map(({ code }) => code)).toEqual(['VENUE_TOO_SMALL']);
    expect(verdict.clashes).toMatchObject([
      { kind: 'base', rival: null, halfDay: { part: 'afternoon', people: 40, capacity: 30 } },
    ]);
  });

  it('is for those who schedule, at their bases', async () => {
    await expect(api.services.timetable.assess(await world.addCadre(), assessInput())).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
    await expect(api.services.timetable.assess(foreign.admin, assessInput())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('the week grid', () => {
  const grid = (by: 'venue' | 'instructor', actor = world.admin) =>
    api.services.timetableView.weekGrid(actor, { date: TEACHING_DATE, by, baseId: world.base.id });

  it('shows a week from Monday, by venue', async () => {
    const value = await world.schedule();
    const unused = await world.addVenue({ active: false });
    const week = await grid('venue');
    expect([week.from, week.to]).toEqual(['2026-11-16', '2026-11-22']);
    expect(week.rows.map(({ id }) => id)).toEqual([world.venue.id]);
    expect(week.rows.map(({ id }) => id)).not.toContain(unused.id);
    expect(week.sessions).toMatchObject([{ classId: value.id, venueName: world.venue.name }]);
    expect(week.base).toMatchObject({ id: world.base.id, capacityPerHalfDay: 1000 });
    expect(week.busy).toEqual([]);
  });

  it('shows what was cancelled, which takes no place', async () => {
    const value = await world.schedule();
    const session = await sessionOf(value.id);
    await api.services.timetable.cancelSession(world.admin, {
      sessionId: session.id,
      revision: session.revision,
      reason: '大雾停航',
    });
    expect((await grid('venue')).sessions).toMatchObject([
      { id: session.id, status: 'cancelled', cancelledReason: '大雾停航' },
    ]);
    expect((await api.services.timetable.assess(world.admin, assessInput())).verdict).toBe('free');
  });

  it('shows instructors, and what they do elsewhere as busy time without a name', async () => {
    const guest = await world.addInstructor({ baseId: null, name: '客座' });
    await foreign.schedule({ instructorIds: [guest.id] });
    const week = await grid('instructor');
    expect(week.rows.map(({ id }) => id)).toEqual(expect.arrayContaining([world.instructor.id, guest.id]));
    expect(week.sessions).toEqual([]);
    expect(week.busy.filter(({ rowId }) => rowId === guest.id)).toEqual([
      { rowId: guest.id, startsAt: hourOf(14), endsAt: hourOf(16) },
    ]);
  });

  it("is closed to cadres and to other bases' admins; auditors look on", async () => {
    await expect(grid('venue', await world.addCadre())).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    await expect(grid('venue', foreign.admin)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const auditor = api.actorOf(await api.addPerson(world.unit), {
      role: 'auditor',
      scope: { kind: 'network' },
    });
    await expect(grid('venue', auditor)).resolves.toMatchObject({ from: '2026-11-16' });
  });

  it('comes with the bases one may see and what can be chosen at each', async () => {
    const { timetableView } = api.services;
    expect(await timetableView.listBases(world.admin)).toMatchObject([
      { id: world.base.id, canSchedule: true },
    ]);
    const all = await timetableView.listBases(alliance);
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([world.base.id, foreign.base.id]));
    const guest = await world.addInstructor({ baseId: null });
    await world.addInstructor({ active: false });
    const resources = await timetableView.resourcesOf(world.admin, world.base.id);
    expect(resources.venues.map(({ id }) => id)).toEqual([world.venue.id]);
    expect(resources.instructors.map(({ id }) => id)).toEqual(
      expect.arrayContaining([world.instructor.id, guest.id]),
    );
    await expect(timetableView.resourcesOf(world.admin, foreign.base.id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(timetableView.listBases(await world.addCadre())).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
  });
});
