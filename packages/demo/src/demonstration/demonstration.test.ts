import { addDays, daysBetween, halfDayKey, minuteOfDay, toCivilDate } from '@cadre/domain/core';
import { describe, expect, it } from 'vitest';
import { isWorkingDay } from '../working-days';
import { createDemonstration } from '.';

const START = new Date('2026-11-18T00:00:00Z');
const demo = createDemonstration({ start: START });

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('the demonstration', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(createDemonstration({ start: START })).toEqual(demo);
    expect(createDemonstration({ start: START, seed: 2 }).people).not.toEqual(demo.people);
  });

  it('has the network of the charter, the plan, and people in units over all ranks', () => {
    const tiers = demo.bases.map((base) => base.tier);
    expect([
      tiers.filter((t) => t === 'central').length,
      tiers.filter((t) => t === 'regional').length,
      tiers.filter((t) => t === 'case').length,
    ]).toEqual([1, 9, 20]);
    expect([demo.themes.length, demo.courses.length, demo.microLessons.length]).toEqual([10, 100, 1000]);
    expect(demo.units).toHaveLength(25);
    expect(demo.people.length).toBeGreaterThanOrEqual(295);
    expect(
      new Set(
        demo.people.flatMap((person) => [
          ...person.posts.map((p) => p.postLevel),
          ...person.grades.map((g) => g.grade),
        ]),
      ).size,
    ).toBeGreaterThanOrEqual(10);
    expect(new Set(demo.people.map((person) => person.name)).size).toBeLessThan(demo.people.length);
  });

  it('marks everything as demonstration data, with ids that are unique', () => {
    const entities = [
      demo.bases,
      demo.venues,
      demo.instructors,
      demo.courses,
      demo.people,
      demo.units,
      demo.classes,
      demo.sessions,
      demo.enrollments,
    ].flat();
    expect(entities.every((entity) => entity.demo)).toBe(true);
    expect(new Set(entities.map((entity) => entity.id)).size).toBe(entities.length);
  });

  it('keeps seats, waitlists and ledgers in agreement, and never sells a seat twice', () => {
    for (const value of demo.classes) {
      const ledger = demo.seatLedger.filter((entry) => entry.classId === value.id);
      expect(ledger.map((entry) => entry.seq)).toEqual(ledger.map((_, index) => index + 1));
      expect([value.seatsTaken, value.waiting]).toEqual([
        sum(ledger.map((e) => e.seats)),
        sum(ledger.map((e) => e.waiting)),
      ]);
      expect(value.seatsTaken).toBeLessThanOrEqual(value.capacity);
    }
    const waiting = demo.classes.filter((value) => value.waiting > 0);
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.every((value) => value.seatsTaken === value.capacity)).toBe(true);
  });

  it('holds its classes on working days, and has people enrol in office hours, in the order of their seats', () => {
    expect(demo.sessions.filter(({ startsAt }) => !isWorkingDay(toCivilDate(startsAt)))).toEqual([]);
    const isInOffice = (at: Date): boolean =>
      isWorkingDay(toCivilDate(at)) && minuteOfDay(at) >= 8 * 60 + 30 && minuteOfDay(at) < 17 * 60 + 30;
    expect(demo.seatLedger.filter(({ at }) => !isInOffice(at))).toEqual([]);
    const windows = new Map(demo.classes.map(({ id, window }) => [id, window]));
    const last = new Map<string, Date>();
    const isInOrder = ({ classId, at }: { classId: string; at: Date }): boolean => {
      const { opensAt, closesAt } = windows.get(classId)!;
      const before = last.get(classId) ?? opensAt;
      last.set(classId, at);
      return at > before && at < closesAt && at < START;
    };
    expect(demo.seatLedger.filter((entry) => !isInOrder(entry))).toEqual([]);
  });

  it('names each lesson of the network academy after a course, and none twice in a year', () => {
    const courses = new Set(demo.courses.map(({ title }) => title.zh));
    const lessons = demo.facts.filter(({ activities }) => activities[0]!.kind === 'lesson');
    const studied = lessons.flatMap(({ personId, activities }) =>
      activities.map(({ title }) => ({ personId, title: title! })),
    );
    expect(studied.length).toBeGreaterThan(5_000);
    expect(studied.filter(({ title }) => !courses.has(title))).toEqual([]);
    expect(new Set(studied.map(({ personId, title }) => `${personId} ${title}`)).size).toBe(studied.length);
    expect(lessons.every(({ recordedAt }) => isWorkingDay(toCivilDate(recordedAt)))).toBe(true);
  });

  it('has training of earlier years last as many working days as it has days, all of them in its year', () => {
    const claims = demo.facts
      .flatMap(({ activities }) => activities)
      .filter(({ kind, days }) => kind === 'claim' && days !== undefined);
    expect(claims.length).toBeGreaterThan(50);
    const held = claims.map(({ from, to }) => {
      const span = Array.from({ length: daysBetween(from!, to!) + 1 }, (_, day) => addDays(from!, day));
      return span.filter(isWorkingDay).length;
    });
    expect(held).toEqual(claims.map(({ days }) => days));
    expect(claims.every(({ from, to }) => from!.slice(0, 4) === to!.slice(0, 4))).toBe(true);
  });

  it('has nobody and nothing in two places at once', () => {
    const taken = new Set<string>();
    const take = (who: string, slots: readonly string[]) => {
      for (const slot of slots) {
        expect(taken.has(`${who} ${slot}`)).toBe(false);
        taken.add(`${who} ${slot}`);
      }
    };
    for (const session of demo.sessions) {
      const slots = session.worth.halfDays.map(halfDayKey);
      for (const resource of [session.venueId, ...session.instructorIds]) take(resource, slots);
      for (const enrollment of demo.enrollments)
        if (enrollment.classId === session.classId) take(enrollment.personId, slots);
    }
  });

  it('has a session that was moved after people had enrolled, one of them the cadre who signs in', () => {
    const [moved, ...others] = demo.sessions.filter(({ movedFrom }) => movedFrom !== null);
    expect(others).toEqual([]);
    const { startsAt, endsAt, movedFrom, classId } = moved!;
    expect(isWorkingDay(toCivilDate(movedFrom!.startsAt))).toBe(true);
    expect(movedFrom!.startsAt > START && movedFrom!.startsAt < startsAt).toBe(true);
    expect(endsAt.getTime() - startsAt.getTime()).toBe(
      movedFrom!.endsAt.getTime() - movedFrom!.startsAt.getTime(),
    );
    const cadre = demo.people.find(({ name }) => name === '林海燕')!;
    const seats = demo.enrollments.filter((seat) => seat.classId === classId && seat.state === 'enrolled');
    expect(seats.map(({ personId }) => personId)).toContain(cadre.id);
  });

  it('has the one who signs in as an instructor teach in the days to come, and learn at other times', () => {
    const teacher = demo.people.find(({ name }) => name === '何静')!;
    const [own, ...others] = demo.instructors.filter(({ personId }) => personId === teacher.id);
    expect(others).toEqual([]);
    const taught = demo.sessions.filter(({ instructorIds }) => instructorIds.includes(own!.id));
    expect(taught.some(({ startsAt }) => startsAt > START)).toBe(true);
    const classes = demo.enrollments.flatMap(({ personId, classId }) =>
      personId === teacher.id ? [classId] : [],
    );
    const slots = (sessions: typeof taught) =>
      sessions.flatMap(({ worth }) => worth.halfDays.map(halfDayKey));
    const learnt = new Set(slots(demo.sessions.filter(({ classId }) => classes.includes(classId))));
    expect(slots(taught).filter((slot) => learnt.has(slot))).toEqual([]);
  });

  it('shows a room for every past session and none for a coming one', () => {
    const held = new Set(demo.rooms.map((room) => room.sessionId));
    for (const session of demo.sessions) expect(held.has(session.id)).toBe(session.endsAt < START);
  });
});
