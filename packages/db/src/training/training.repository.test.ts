import { instantOf, type Id } from '@cadre/domain/core';
import {
  bookingRequestsOf,
  dayKeysOf,
  planBookings,
  type BookingDay,
  type Session,
  type TrainingClass,
} from '@cadre/domain/training';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestIds, type TestDatabase } from '../testing';
import { createBookingRepository, type BookingRepository } from './booking.repository';
import { createSessionRepository, type SessionRepository } from './session.repository';
import { createTrainingClassRepository, type TrainingClassRepository } from './training-class.repository';

const newId = createTestIds();
const DATE = '2026-11-20';
const at = (hour: number, date = DATE) => instantOf(date, hour * 60);

let test: TestDatabase;
let bookings: BookingRepository;
let sessions: SessionRepository;
let classes: TrainingClassRepository;
beforeAll(async () => {
  test = await createTestDatabase();
  bookings = createBookingRepository(test.database);
  sessions = createSessionRepository(test.database);
  classes = createTrainingClassRepository(test.database);
  await test.database.ensureIndexes();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const sessionOf = (changes: Partial<Session> = {}): Session => ({
  id: newId(),
  classId: newId(),
  courseId: newId(),
  baseId: newId(),
  venueId: newId(),
  instructorIds: [],
  title: '垦荒精神现场课',
  startsAt: at(14),
  endsAt: at(16),
  mode: 'on-site',
  worth: { halfDays: [{ date: DATE, part: 'afternoon' }], classHours: 40_000 },
  status: 'scheduled',
  expectedPeople: 40,
  openedAt: null,
  closedAt: null,
  extendedTo: null,
  cancelledReason: null,
  movedFrom: null,
  revision: 0,
  demo: false,
  ...changes,
});
let counter = 0;
const classOf = (changes: Partial<TrainingClass> = {}): TrainingClass => ({
  id: newId(),
  classNo: `T-${String((counter += 1))}`,
  runNo: 1,
  title: '乡村治理专题班',
  description: '',
  themeId: newId(),
  kind: 'on-site',
  mode: 'self-selected',
  status: 'open',
  baseId: newId(),
  capacity: 20,
  window: { opensAt: at(0, '2026-11-01'), closesAt: at(0, '2026-11-19') },
  promotionCutOff: at(0, '2026-11-19'),
  withdrawalDeadline: at(0, '2026-11-19'),
  quotas: [],
  classTeacherIds: [],
  startsAt: at(14),
  endsAt: at(16),
  seatsTaken: 0,
  waiting: 0,
  ledgerSeq: 0,
  revision: 0,
  demo: false,
  ...changes,
});

/** Books a session as the timetable does: ensure, read, plan, write, in one transaction. */
async function book(value: Session, baseCapacity: number): Promise<boolean> {
  const requests = bookingRequestsOf(value, baseCapacity);
  const keys = dayKeysOf(requests.map(({ resource, slot }) => ({ resource, span: slot })));
  await bookings.ensure(keys, newId);
  return test.database.transaction(async (tx) => {
    const plan = planBookings(await bookings.list(keys, tx), value.id, requests);
    if (!plan.ok) return false;
    for (const day of plan.changed) expect(await bookings.tryWrite(day, tx)).toBe(true);
    return true;
  });
}

describe('bookings', () => {
  it.each(['venueId', 'instructorIds', 'classId'] as const)(
    'ten sessions at once for the same %s: exactly one gets it',
    async (resource) => {
      const shared = newId();
      const results = await Promise.all(
        Array.from({ length: 10 }, () =>
          book(sessionOf({ [resource]: resource === 'instructorIds' ? [shared] : shared }), 10_000),
        ),
      );
      expect(results.filter(Boolean)).toHaveLength(1);
    },
  );

  it('ten sessions at once at one base never go over its half-day capacity', async () => {
    const baseId = newId();
    const results = await Promise.all(
      Array.from({ length: 10 }, () => book(sessionOf({ baseId, expectedPeople: 30 }), 100)),
    );
    expect(results.filter(Boolean)).toHaveLength(3);
    const [day] = await bookings.list([{ resourceKind: 'base', resourceId: baseId, date: DATE }]);
    expect(day?.slots.map(({ people }) => people)).toEqual([30, 30, 30]);
  });

  it('creates missing days once, however many ask at once, and keeps those that exist', async () => {
    const resourceId = newId();
    const keys = [DATE, '2026-11-21'].map((date) => ({ resourceKind: 'venue' as const, resourceId, date }));
    await bookings.ensure(keys.slice(0, 1), newId);
    const [first] = await bookings.list(keys);
    await Promise.all(Array.from({ length: 5 }, () => bookings.ensure(keys, newId)));
    const days = await bookings.list(keys);
    expect(days.map(({ date }) => date)).toEqual([DATE, '2026-11-21']);
    expect(days[0]?.id).toBe(first?.id);
  });

  it('refuses a second document for the same resource and date', async () => {
    const day: BookingDay = {
      id: newId(),
      resourceKind: 'venue',
      resourceId: newId(),
      date: DATE,
      slots: [],
      revision: 0,
    };
    await bookings.insertMany([day]);
    await expect(bookings.insertMany([{ ...day, id: newId() }])).rejects.toMatchObject({ code: 11000 });
  });

  it('does not write over a day that has changed since it was read', async () => {
    const key = { resourceKind: 'venue' as const, resourceId: newId(), date: DATE };
    await bookings.ensure([key], newId);
    const [day] = await bookings.list([key]);
    const write = () => test.database.transaction((tx) => bookings.tryWrite(day!, tx));
    expect([await write(), await write()]).toEqual([true, false]);
  });

  it('leaves nothing of a session booked when one of its resources is taken', async () => {
    const venueId = newId();
    const instructor = newId();
    expect(await book(sessionOf({ venueId }), 1000)).toBe(true);
    expect(await book(sessionOf({ venueId, instructorIds: [instructor] }), 1000)).toBe(false);
    expect(await book(sessionOf({ instructorIds: [instructor] }), 1000)).toBe(true);
  });
});

describe('sessions', () => {
  it('are found in their week at the bases of the reach, by start, without the cancelled ones', async () => {
    const [baseId, foreign] = [newId(), newId()];
    const late = sessionOf({ baseId, startsAt: at(16), endsAt: at(17) });
    const early = sessionOf({ baseId });
    const fromBefore = sessionOf({ baseId, startsAt: at(-4), endsAt: at(2) });
    const cancelled = sessionOf({ baseId, status: 'cancelled' });
    const next = sessionOf({ baseId, startsAt: at(24), endsAt: at(25) });
    const elsewhere = sessionOf({ baseId: foreign });
    await sessions.insertMany([late, early, fromBefore, cancelled, next, elsewhere]);
    const found = await sessions.listBetween([baseId], at(0), at(24));
    expect(found.map(({ id }) => id)).toEqual([fromBefore.id, early.id, late.id]);
    expect((await sessions.listBetween('all', at(0), at(24))).map(({ id }) => id)).toContain(elsewhere.id);
    expect(await sessions.listBetween([], at(0), at(24))).toEqual([]);
    expect(found[1]).toEqual(early);
  });

  it("a stranger's session is not found", async () => {
    const value = sessionOf();
    await sessions.insert(value);
    expect(await sessions.getInReach(value.id, [value.baseId])).toEqual(value);
    await expect(sessions.getInReach(value.id, [newId()])).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(sessions.getInReach(newId(), 'all')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are listed by class, by instructor and by course', async () => {
    const value = sessionOf({ instructorIds: [newId(), newId()] });
    const cancelled = sessionOf({ ...value, id: newId(), status: 'cancelled', cancelledReason: '大雾' });
    await sessions.insertMany([value, cancelled]);
    const ids = (found: readonly Session[]): Id[] => found.map(({ id }) => id);
    expect(ids(await sessions.listByClasses([value.classId]))).toEqual([value.id, cancelled.id]);
    expect(ids(await sessions.listOfClassesBetween([value.classId], at(15), at(24)))).toHaveLength(2);
    expect(ids(await sessions.listOfClassesBetween([value.classId], at(16), at(24)))).toEqual([]);
    expect(ids(await sessions.listByInstructors([value.instructorIds[1]!], at(0), at(24)))).toHaveLength(2);
    expect(ids(await sessions.listComingOfCourse(value.courseId, at(0), 5))).toEqual([value.id]);
    expect(await sessions.listClassIdsOfCourse(value.courseId)).toEqual([value.classId]);
    expect(ids(await sessions.listByIds([value.id]))).toEqual([value.id]);
  });

  it('change against what was read, and one of ten at once wins', async () => {
    const value = sessionOf();
    await sessions.insert(value);
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) => sessions.tryChange(value, { title: `改${index}` })),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    expect((await sessions.getById(value.id)).revision).toBe(1);
    expect(await sessions.tryChange({ ...value, revision: 1, status: 'live' }, { title: 'x' })).toBe(false);
  });

  it('go from status to status once', async () => {
    const value = sessionOf({ endsAt: at(14.5) });
    await sessions.insert(value);
    const open = () => sessions.tryTransition(value.id, 'scheduled', 'live', { openedAt: at(14) });
    expect((await Promise.all([open(), open(), open()])).filter(Boolean)).toHaveLength(1);
    expect(await sessions.findById(value.id)).toMatchObject({
      status: 'live',
      openedAt: at(14),
      revision: 1,
    });
    expect((await sessions.listEndedBefore('live', at(14.6))).map(({ id }) => id)).toEqual([value.id]);
    expect(await sessions.listEndedBefore('live', at(14.5))).toEqual([]);
  });
});

describe('classes', () => {
  it('get numbers that nobody else has, also when ten ask at once', async () => {
    const numbers = await Promise.all(Array.from({ length: 10 }, () => classes.nextClassNo(2031)));
    expect([...numbers].sort()).toEqual(
      Array.from({ length: 10 }, (_, index) => `2031-${String(index + 1).padStart(3, '0')}`),
    );
    await classes.reserveClassNos(2031, 40);
    await classes.reserveClassNos(2031, 20);
    expect(await classes.nextClassNo(2031)).toBe('2031-041');
    const value = classOf();
    await classes.insert(value);
    await expect(classes.insert({ ...classOf(), classNo: value.classNo })).rejects.toMatchObject({
      code: 11000,
    });
  });

  it('are listed within the reach, by start, filtered', async () => {
    const baseId = newId();
    const first = classOf({ baseId, title: '海岛(一)班', startsAt: at(8), endsAt: at(9) });
    const second = classOf({ baseId, status: 'cancelled' });
    const foreign = classOf({ title: '海岛(一)班' });
    await classes.insertMany([second, first, foreign]);
    const ask = async (filter: Parameters<typeof classes.list>[1]) =>
      (await classes.list([baseId], filter, { page: 1, pageSize: 10 })).items.map(({ id }) => id);
    expect(await ask({})).toEqual([first.id, second.id]);
    expect(await ask({ search: '海岛' })).toEqual([first.id]);
    expect(await ask({ search: 'haidao' })).toEqual([first.id]);
    expect(await ask({ search: first.classNo })).toEqual([first.id]);
    expect(await ask({ search: '山区' })).toEqual([]);
    expect(await ask({ status: 'cancelled' })).toEqual([second.id]);
    expect(await ask({ from: at(9), to: at(24) })).toEqual([second.id]);
    expect(await ask({ from: at(0), to: at(14) })).toEqual([first.id]);
    expect(await classes.listByIds([first.id])).toEqual([first]);
  });

  it('are known to their class teacher', async () => {
    const teacher = newId();
    const value = classOf({ classTeacherIds: [newId(), teacher] });
    await classes.insertMany([value, classOf()]);
    expect(await classes.listIdsByTeacher(teacher)).toEqual([value.id]);
  });

  it('can be found by everybody while one can still enrol', async () => {
    const themeId = newId();
    const window = { opensAt: at(0), closesAt: at(11) };
    const open = classOf({ themeId, window });
    const over = classOf({ themeId, window, endsAt: at(8) });
    const draft = classOf({ themeId, window, status: 'draft' });
    const closed = classOf({ themeId, window: { opensAt: at(0), closesAt: at(10) } });
    await classes.insertMany([open, over, draft, closed]);
    const found = await classes.listOpen(at(10), { themeId }, { page: 1, pageSize: 10 });
    expect(found).toMatchObject({ total: 1, items: [{ id: open.id }] });
    expect((await classes.listOpen(at(10), { themeId, ids: [] }, { page: 1, pageSize: 10 })).total).toBe(0);
  });

  it('change against the revision that was read', async () => {
    const value = classOf();
    await classes.insert(value);
    expect(await classes.tryChange(value, { capacity: 30 })).toBe(true);
    expect(await classes.tryChange(value, { capacity: 40 })).toBe(false);
    expect(await classes.getById(value.id)).toEqual({ ...value, capacity: 30, revision: 1 });
    await expect(classes.getById(newId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('move their seat counters from the ledger number that was read, never above the capacity', async () => {
    const value = classOf({ capacity: 1 });
    await classes.insert(value);
    const move = (readSeq: number, seatsTaken: number) =>
      test.database.transaction((tx) =>
        classes.tryMoveSeats(value.id, readSeq, { seatsTaken, waiting: 0, ledgerSeq: readSeq + 1 }, tx),
      );
    expect(await move(0, 2)).toBe(false);
    const results = await Promise.all(Array.from({ length: 10 }, () => move(0, 1)));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await classes.getById(value.id)).toMatchObject({ seatsTaken: 1, ledgerSeq: 1, revision: 0 });
  });
});
