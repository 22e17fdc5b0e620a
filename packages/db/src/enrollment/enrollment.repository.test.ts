import { instantOf } from '@cadre/domain/core';
import type { Enrollment, SeatLedgerEntry } from '@cadre/domain/enrollment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppendOnlyError } from '../core';
import { createTestDatabase, createTestIds, type TestDatabase } from '../testing';
import { createEnrollmentRepository, type EnrollmentRepository } from './enrollment.repository';
import { createSeatLedgerRepository, type SeatLedgerRepository } from './seat-ledger.repository';

const newId = createTestIds();
const NOW = instantOf('2026-11-18', 8 * 60);
const LATER = instantOf('2026-11-18', 9 * 60);

let test: TestDatabase;
let enrollments: EnrollmentRepository;
let ledger: SeatLedgerRepository;
beforeAll(async () => {
  test = await createTestDatabase();
  enrollments = createEnrollmentRepository(test.database);
  ledger = createSeatLedgerRepository(test.database);
  await test.database.ensureIndexes();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const enrollmentOf = (changes: Partial<Enrollment> = {}): Enrollment => ({
  id: newId(),
  classId: newId(),
  personId: newId(),
  unitPath: [newId()],
  state: 'enrolled',
  origin: 'self-selected',
  seq: 1,
  requestedAt: NOW,
  decidedAt: NOW,
  demo: false,
  ...changes,
});
const entryOf = (changes: Partial<SeatLedgerEntry> = {}): SeatLedgerEntry => ({
  id: newId(),
  classId: newId(),
  seq: 1,
  enrollmentId: newId(),
  personId: newId(),
  kind: 'enrolled',
  seats: 1,
  waiting: 0,
  reason: 'seat-free',
  at: NOW,
  by: null,
  ...changes,
});
const page = { page: 1, pageSize: 10 };

describe('enrolments', () => {
  it('of one person in one class: of ten at once one becomes active', async () => {
    const [classId, personId] = [newId(), newId()];
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, seq) =>
        enrollments.insertMany([enrollmentOf({ classId, personId, seq: seq + 1 })]),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await enrollments.listActive(classId, [personId])).toHaveLength(1);
  });

  it('can be made again after the earlier one has ended, and not while one waits', async () => {
    const ended = enrollmentOf({ state: 'withdrawn' });
    const waiting = { ...ended, id: newId(), seq: 2, state: 'waiting' as const };
    await enrollments.insertMany([ended, waiting]);
    await expect(
      enrollments.insertMany([{ ...ended, id: newId(), seq: 3, state: 'enrolled' }]),
    ).rejects.toMatchObject({ code: 11000 });
    expect(await enrollments.listActive(ended.classId, [ended.personId])).toEqual([waiting]);
    expect(await enrollments.listActiveByPerson(ended.personId)).toEqual([waiting]);
  });

  it('never share a place in the queue', async () => {
    const value = enrollmentOf();
    await enrollments.insertMany([value]);
    await expect(
      enrollments.insertMany([{ ...value, id: newId(), personId: newId() }]),
    ).rejects.toMatchObject({ code: 11000 });
  });

  it('are paged in order of the queue, and counted up to a place', async () => {
    const classId = newId();
    const people = Array.from({ length: 5 }, (_, index) =>
      enrollmentOf({ classId, seq: 5 - index, state: index < 3 ? 'waiting' : 'enrolled' }),
    );
    await enrollments.insertMany(people);
    const found = await enrollments.pageByClass(classId, {}, { page: 2, pageSize: 2 });
    expect(found).toMatchObject({ total: 5, page: 2, items: [{ seq: 3 }, { seq: 4 }] });
    expect(found.items[0]).toEqual(people[2]);
    expect(await enrollments.countWaitingUpTo(classId, 4)).toBe(2);
    expect((await enrollments.listByClass(classId, ['waiting'])).map(({ seq }) => seq)).toEqual([3, 4, 5]);
    const one = await enrollments.pageByClass(
      classId,
      { state: 'waiting', personIds: [people[0]!.personId] },
      page,
    );
    expect(one.items).toEqual([people[0]]);
  });

  it("of a unit's people reach as far as the units do", async () => {
    const [top, department, stranger] = [newId(), newId(), newId()];
    const below = enrollmentOf({ unitPath: [top, department] });
    const foreign = enrollmentOf({ unitPath: [stranger] });
    await enrollments.insertMany([below, foreign]);
    const ask = async (reach: 'all' | string[]) =>
      (await enrollments.pageByUnits(reach, { states: ['enrolled'] }, { page: 1, pageSize: 200 })).items.map(
        ({ id }) => id,
      );
    expect(await ask([top])).toEqual([below.id]);
    expect(await ask([])).toEqual([]);
    expect(await ask('all')).toEqual(expect.arrayContaining([below.id, foreign.id]));
    expect(await enrollments.countSeatsByUnits(below.classId, [top, stranger])).toEqual(
      new Map([
        [top, 1],
        [stranger, 0],
      ]),
    );
  });

  it('change state once, and free the person for a new one', async () => {
    const value = enrollmentOf();
    await enrollments.insertMany([value]);
    const withdraw = () => enrollments.tryTransition(value.id, 'enrolled', 'withdrawn', LATER);
    expect((await Promise.all([withdraw(), withdraw(), withdraw()])).filter(Boolean)).toHaveLength(1);
    expect(await enrollments.getById(value.id)).toEqual({ ...value, state: 'withdrawn', decidedAt: LATER });
    await enrollments.insertMany([{ ...value, id: newId(), seq: 2 }]);
    const own = await enrollments.pageByPerson(value.personId, {}, page);
    expect(own.total).toBe(2);
    await test.database.transaction(async (tx) => {
      expect(await enrollments.transitionAll(value.classId, 'enrolled', 'cancelled', LATER, tx)).toBe(1);
    });
    expect(await enrollments.listActive(value.classId, [value.personId])).toEqual([]);
    await expect(enrollments.getById(newId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the seat ledger', () => {
  it('gives each number of a class once', async () => {
    const classId = newId();
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => ledger.insertMany([entryOf({ classId })])),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('adds up to seats, waiting people and its last number', async () => {
    const classId = newId();
    const enrollmentId = newId();
    const entries = [
      entryOf({ classId, seq: 1 }),
      entryOf({
        classId,
        seq: 2,
        enrollmentId,
        kind: 'waitlisted',
        seats: 0,
        waiting: 1,
        reason: 'class-full',
      }),
      entryOf({ classId, seq: 3, kind: 'withdrawn', seats: -1, reason: 'withdrawn-by-learner' }),
      entryOf({ classId, seq: 4, enrollmentId, kind: 'promoted', waiting: -1, reason: 'seat-returned' }),
    ];
    await ledger.insertMany(entries);
    expect(await ledger.sumsOf([classId, newId()])).toEqual([
      { classId, seatsTaken: 1, waiting: 0, ledgerSeq: 4, entries: 4 },
    ]);
    expect(await ledger.listByClass(classId)).toEqual(entries);
    expect((await ledger.listByEnrollments([enrollmentId])).map(({ seq }) => seq)).toEqual([2, 4]);
  });

  it('cannot be changed', () => {
    const model = test.database.appendOnlyModel('seatLedgerEntries', undefined as never);
    expect(() => model.collection.updateOne({}, { $set: { seats: 0 } })).toThrow(AppendOnlyError);
  });
});
