import {
  addDays,
  AMOUNT_UNIT,
  instantOf,
  minuteOfDay,
  toCivilDate,
  type CivilDate,
  type DayPart,
  type Id,
  type IdGenerator,
} from '@cadre/domain/core';
import type { Course } from '@cadre/domain/catalog';
import type { Enrollment, SeatLedgerEntry } from '@cadre/domain/enrollment';
import type { Person } from '@cadre/domain/identity';
import type { RoomEventBody } from '@cadre/domain/live';
import type { Base, Instructor, Venue } from '@cadre/domain/network';
import type { ClassKind, Session, TrainingClass } from '@cadre/domain/training';
import type { Chance } from '../chance';
import { isWorkingDay, workingRun } from '../working-days';

/** What happened in the room of a past session, in order of time. */
export interface DemoRoom {
  sessionId: Id;
  events: { at: Date; body: RoomEventBody }[];
}

export interface DemoTimetable {
  classes: TrainingClass[];
  sessions: Session[];
  enrollments: Enrollment[];
  seatLedger: SeatLedgerEntry[];
  rooms: DemoRoom[];
}

interface Parts {
  chance: Chance;
  newId: IdGenerator;
  bases: readonly Base[];
  venues: readonly Venue[];
  instructors: readonly Instructor[];
  courses: readonly Course[];
  people: readonly Person[];
  host: Person;
  today: CivilDate;
}

/** Half-days of a training day in minutes of the Shanghai day. */
const TIMES: Readonly<Record<'morning' | 'afternoon' | 'evening', { from: number; to: number }>> = {
  morning: { from: 9 * 60, to: 11 * 60 + 30 },
  afternoon: { from: 14 * 60, to: 16 * 60 + 30 },
  evening: { from: 18 * 60 + 30, to: 21 * 60 },
};
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** When people enrol, in minutes of a working day. */
const OFFICE = { from: 8 * 60 + 30, to: 17 * 60 + 30 };
/** Seats of a past class were asked for within so many days. */
const ENROLLING_DAYS = 12;
const PAST_CLASSES = 58;

/** A class still to come, written by hand so that every state of enrolment can be seen. */
interface ComingRow {
  course: string;
  base: string;
  /** Days from today; moved on to the next working days. */
  in: number;
  parts: readonly DayPart[];
  days: number;
  capacity: number;
  /** People with a seat, and people waiting. */
  enrolled: number;
  waiting: number;
  mode?: TrainingClass['mode'];
  /** Days before today at which enrolment opened; negative: opens later. */
  openedBefore?: number;
  kind?: ClassKind;
  /** The first session had stood so many days earlier, on a working day at the same hours, when people enrolled. */
  movedBy?: number;
  /** Login names are not known here: places of named people in the list of people. */
  with?: readonly number[];
}

const LIN_HAIYAN = 0;
const LIN_XIAODONG = 1;

const COMING: readonly ComingRow[] = [
  {
    course: 'T02-C01',
    base: 'C00',
    in: 0,
    parts: ['afternoon'],
    days: 1,
    capacity: 46,
    enrolled: 43,
    waiting: 0,
    with: [LIN_HAIYAN, LIN_XIAODONG],
  },
  {
    course: 'T05-C03',
    base: 'P03',
    in: 0,
    parts: ['morning'],
    days: 1,
    capacity: 40,
    enrolled: 31,
    waiting: 0,
  },
  {
    course: 'T05-C08',
    base: 'C00',
    in: 1,
    parts: ['morning', 'afternoon'],
    days: 2,
    capacity: 46,
    enrolled: 45,
    waiting: 0,
  },
  {
    course: 'T06-C01',
    base: 'X04',
    in: 2,
    parts: ['morning'],
    days: 1,
    capacity: 40,
    enrolled: 40,
    waiting: 6,
  },
  {
    course: 'T05-C10',
    base: 'P02',
    in: 5,
    parts: ['morning', 'afternoon'],
    days: 1,
    capacity: 50,
    enrolled: 28,
    waiting: 0,
  },
  {
    course: 'T09-C03',
    base: 'P08',
    in: 6,
    parts: ['morning', 'afternoon'],
    days: 2,
    capacity: 40,
    enrolled: 22,
    waiting: 0,
  },
  {
    course: 'T10-C02',
    base: 'P06',
    in: 7,
    parts: ['afternoon'],
    days: 1,
    capacity: 40,
    enrolled: 36,
    waiting: 0,
    movedBy: 1,
    with: [LIN_HAIYAN],
  },
  {
    course: 'T08-C04',
    base: 'X10',
    in: 8,
    parts: ['morning', 'afternoon'],
    days: 1,
    capacity: 40,
    enrolled: 40,
    waiting: 9,
  },
  {
    course: 'T02-C02',
    base: 'P09',
    in: 9,
    parts: ['morning'],
    days: 1,
    capacity: 80,
    enrolled: 12,
    waiting: 0,
    kind: 'lecture',
  },
  {
    course: 'T07-C03',
    base: 'P04',
    in: 10,
    parts: ['evening'],
    days: 1,
    capacity: 60,
    enrolled: 17,
    waiting: 0,
    kind: 'lecture',
  },
  {
    course: 'T05-C01',
    base: 'P07',
    in: 15,
    parts: ['morning', 'afternoon'],
    days: 3,
    capacity: 45,
    enrolled: 41,
    waiting: 0,
    kind: 'theme-seminar',
  },
  {
    course: 'T02-C06',
    base: 'P01',
    in: 16,
    parts: ['morning', 'afternoon'],
    days: 2,
    capacity: 40,
    enrolled: 18,
    waiting: 0,
    mode: 'nominated',
    kind: 'main',
  },
  {
    course: 'T04-C10',
    base: 'X06',
    in: 20,
    parts: ['morning', 'afternoon'],
    days: 2,
    capacity: 50,
    enrolled: 0,
    waiting: 0,
    openedBefore: -3,
  },
  {
    course: 'T09-C01',
    base: 'X02',
    in: 22,
    parts: ['morning', 'afternoon'],
    days: 1,
    capacity: 60,
    enrolled: 26,
    waiting: 0,
  },
  {
    course: 'T03-C01',
    base: 'P05',
    in: 26,
    parts: ['morning'],
    days: 1,
    capacity: 60,
    enrolled: 9,
    waiting: 0,
  },
];

/** How present somebody was at a past session. */
type Showing = 'whole' | 'short' | 'forgot-to-check-out' | 'absent';

function pickShowing(chance: Chance): Showing {
  const share = chance.next();
  if (share < 0.03) return 'absent';
  if (share < 0.06) return 'short';
  return share < 0.08 ? 'forgot-to-check-out' : 'whole';
}

/** Half-days a person means to attend in the year until today: a few hardly any, most near the pace, some more. */
function pickWish(chance: Chance): number {
  const share = chance.next();
  if (share < 0.12) return chance.between(2, 10);
  if (share < 0.35) return chance.between(10, 18);
  return share < 0.8 ? chance.between(19, 25) : chance.between(24, 30);
}

/** So many different moments of office hours after `opensAt`, up to the end of `last`, in order of time. */
function officeTimes(chance: Chance, count: number, opensAt: Date, last: CivilDate): Date[] {
  const days: CivilDate[] = [];
  for (let date = toCivilDate(opensAt); date <= last; date = addDays(date, 1))
    if (isWorkingDay(date)) days.push(date);
  const times = new Set<number>();
  while (times.size < count) {
    const minute = chance.between(OFFICE.from, OFFICE.to - 1);
    const time = instantOf(chance.pick(days), minute).getTime() + chance.between(0, 59) * SECOND;
    if (time > opensAt.getTime()) times.add(time);
  }
  return [...times].sort((a, b) => a - b).map((time) => new Date(time));
}

/** Keeps people, venues, instructors and bases from being in two places at once. */
class Occupancy {
  readonly #taken = new Set<string>();
  readonly #crowd = new Map<string, number>();

  isFree(resource: Id, date: CivilDate, part: DayPart): boolean {
    return !this.#taken.has(`${resource}/${date}/${part}`);
  }
  take(resource: Id, date: CivilDate, part: DayPart): void {
    this.#taken.add(`${resource}/${date}/${part}`);
  }
  crowd(base: Id, date: CivilDate, part: DayPart, people: number): number {
    const key = `${base}/${date}/${part}`;
    const now = (this.#crowd.get(key) ?? 0) + people;
    this.#crowd.set(key, now);
    return now;
  }
}

/** Past and coming classes around today, with seats, waitlists and what happened in the rooms of the past ones. */
export function createTimetable(parts: Parts): DemoTimetable {
  const { chance, newId, bases, venues, instructors, courses, people, host, today } = parts;
  const occupancy = new Occupancy();
  const result: DemoTimetable = { classes: [], sessions: [], enrollments: [], seatLedger: [], rooms: [] };
  /** How many half-days each person means to attend by today; some stay behind the pace of the year. */
  const wanted = new Map(people.map((person, place) => [person.id, place < 2 ? 14 : pickWish(chance)]));
  const baseOf = (code: string): Base => bases.find((base) => base.code === code)!;

  const addClass = (row: {
    course: Course;
    base: Base;
    from: CivilDate;
    parts: readonly DayPart[];
    days: number;
    capacity: number;
    mode: TrainingClass['mode'];
    kind: ClassKind;
    opensAt: Date;
    past: boolean;
  }) => {
    const { course, base } = row;
    const own = venues.filter((venue) => venue.baseId === base.id && venue.capacity >= row.capacity);
    const teachers = instructors.filter((instructor) => instructor.baseId === base.id);
    const slots = Array.from({ length: row.days }, (_, day) => addDays(row.from, day)).flatMap((date) =>
      row.parts.map((part) => ({ date, part })),
    );
    const venue = own.find((candidate) =>
      slots.every(({ date, part }) => occupancy.isFree(candidate.id, date, part)),
    );
    const teacher = teachers.find((candidate) =>
      slots.every(({ date, part }) => occupancy.isFree(candidate.id, date, part)),
    );
    const fits = slots.every(
      ({ date, part }) => occupancy.crowd(base.id, date, part, 0) + row.capacity <= base.capacityPerHalfDay,
    );
    if (!venue || !teacher || !fits) return null;
    for (const { date, part } of slots) {
      occupancy.take(venue.id, date, part);
      occupancy.take(teacher.id, date, part);
      occupancy.crowd(base.id, date, part, row.capacity);
    }
    const classId = newId();
    const sessions = slots.map(({ date, part }, index): Session => {
      const startsAt = instantOf(date, TIMES[part].from);
      const endsAt = instantOf(date, TIMES[part].to);
      return {
        id: newId(),
        classId,
        courseId: course.id,
        baseId: base.id,
        venueId: venue.id,
        instructorIds: [teacher.id],
        title: slots.length === 1 ? course.title.zh : `${course.title.zh}（${index + 1}/${slots.length}）`,
        startsAt,
        endsAt,
        mode: 'on-site',
        worth: { halfDays: [{ date, part }], classHours: 4 * AMOUNT_UNIT },
        status: row.past ? 'closed' : 'scheduled',
        expectedPeople: row.capacity,
        openedAt: row.past ? new Date(startsAt.getTime() - 15 * MINUTE) : null,
        closedAt: row.past ? new Date(endsAt.getTime() + 5 * MINUTE) : null,
        extendedTo: null,
        cancelledReason: null,
        movedFrom: null,
        revision: 0,
        demo: true,
      };
    });
    const startsAt = sessions[0]!.startsAt;
    const before = (hours: number) =>
      new Date(Math.max(startsAt.getTime() - hours * 60 * MINUTE, row.opensAt.getTime() + MINUTE));
    const value: TrainingClass = {
      id: classId,
      classNo: `2026-${String(result.classes.length + 1).padStart(3, '0')}`,
      runNo: 1,
      title: course.title.zh,
      description: course.summary,
      themeId: course.themeId,
      kind: row.kind,
      mode: row.mode,
      status: row.past ? 'completed' : 'open',
      baseId: base.id,
      capacity: row.capacity,
      window: { opensAt: row.opensAt, closesAt: before(2) },
      promotionCutOff: before(1),
      withdrawalDeadline: before(24),
      quotas: [],
      classTeacherIds: [],
      startsAt,
      endsAt: sessions.at(-1)!.endsAt,
      seatsTaken: 0,
      waiting: 0,
      ledgerSeq: 0,
      revision: 0,
      demo: true,
    };
    result.classes.push(value);
    result.sessions.push(...sessions);
    return { value, sessions, slots };
  };

  /** What a session keeps of the day on which it was announced, the working day by `day`. */
  const moveFrom = (session: Session, day: CivilDate) => {
    const { baseId, venueId, startsAt, endsAt } = session;
    const first = workingRun(day, 1, -1);
    session.movedFrom = {
      baseId,
      venueId,
      startsAt: instantOf(first, minuteOfDay(startsAt)),
      endsAt: instantOf(first, minuteOfDay(endsAt)),
    };
    session.revision += 1;
  };

  const seat = (
    value: TrainingClass,
    person: Person,
    state: 'enrolled' | 'waiting' | 'completed',
    at: Date,
  ) => {
    const enrollmentId = newId();
    const waits = state === 'waiting';
    value.ledgerSeq += 1;
    value.seatsTaken += waits ? 0 : 1;
    value.waiting += waits ? 1 : 0;
    result.enrollments.push({
      id: enrollmentId,
      classId: value.id,
      personId: person.id,
      unitPath: person.unitPath,
      state,
      origin: value.mode === 'nominated' ? 'nominated' : 'self-selected',
      seq: value.ledgerSeq,
      requestedAt: at,
      decidedAt: at,
      demo: true,
    });
    result.seatLedger.push({
      id: newId(),
      classId: value.id,
      seq: value.ledgerSeq,
      enrollmentId,
      personId: person.id,
      kind: waits ? 'waitlisted' : 'enrolled',
      seats: waits ? 0 : 1,
      waiting: waits ? 1 : 0,
      reason: waits ? 'class-full' : 'seat-free',
      at,
      by: person.id,
    });
  };

  const hold = (session: Session, members: readonly Person[]) => {
    const events: DemoRoom['events'] = [
      { at: session.openedAt!, body: { type: 'room-opened', by: host.id } },
    ];
    const closing: DemoRoom['events'] = [];
    for (const person of members) {
      const showing = pickShowing(chance);
      if (showing === 'absent') continue;
      const cameAt = new Date(session.startsAt.getTime() - chance.between(1, 14) * MINUTE);
      events.push({
        at: cameAt,
        body: {
          type: 'checked-in',
          personId: person.id,
          mode: 'hall',
          method: chance.next() < 0.8 ? 'qr' : 'code',
          by: null,
        },
      });
      if (showing === 'forgot-to-check-out')
        closing.push({
          at: session.closedAt!,
          body: { type: 'checked-out', personId: person.id, reason: 'room-closed', by: null },
        });
      else {
        const leftAt =
          showing === 'short'
            ? session.startsAt.getTime() + chance.between(60, 118) * MINUTE
            : session.endsAt.getTime() + chance.between(0, 4) * MINUTE;
        events.push({
          at: new Date(leftAt),
          body: { type: 'checked-out', personId: person.id, reason: 'self', by: null },
        });
      }
    }
    events.sort((a, b) => a.at.getTime() - b.at.getTime());
    result.rooms.push({
      sessionId: session.id,
      events: [
        ...events,
        ...closing,
        { at: session.closedAt!, body: { type: 'room-closed', reason: 'host', by: host.id } },
      ],
    });
  };

  const comers = (
    slots: readonly { date: CivilDate; part: DayPart }[],
    count: number,
    first: readonly Person[],
  ): Person[] => {
    const isFree = (person: Person) =>
      slots.every(({ date, part }) => occupancy.isFree(person.id, date, part));
    const willing = people
      .filter((person) => !first.includes(person) && people.indexOf(person) > 1 && isFree(person))
      .map((person) => ({ person, will: (wanted.get(person.id) ?? 0) * (0.5 + chance.next()) }))
      .sort((x, y) => y.will - x.will)
      .map(({ person }) => person);
    const chosen = [...first.filter(isFree), ...willing].slice(0, count);
    for (const person of chosen) for (const { date, part } of slots) occupancy.take(person.id, date, part);
    for (const person of chosen) wanted.set(person.id, (wanted.get(person.id) ?? 0) - slots.length);
    return chosen;
  };

  const published = courses.filter((course) => course.status === 'published');
  for (let made = 0, tries = 0; made < PAST_CLASSES && tries < PAST_CLASSES * 4; tries += 1) {
    const days = chance.pick([1, 1, 2, 2, 3, 3]);
    const from = workingRun(addDays(today, -chance.between(4, 255)), days, -1);
    const course = chance.pick(published);
    const baseId = course.baseIds.length > 0 ? chance.pick(course.baseIds) : chance.pick(bases).id;
    const base = bases.find((known) => known.id === baseId)!;
    const added = addClass({
      course,
      base,
      from,
      days,
      parts: chance.next() < 0.85 ? ['morning', 'afternoon'] : ['morning'],
      capacity: 40,
      mode: chance.pick(['self-selected', 'nominated', 'mixed']),
      kind: chance.pick(['on-site', 'theme-seminar', 'business'] as const),
      opensAt: instantOf(workingRun(addDays(from, -20), 1, -1), 9 * 60),
      past: true,
    });
    if (!added) continue;
    made += 1;
    const named = people
      .slice(0, 2)
      .filter((person) => (wanted.get(person.id) ?? 0) >= added.slots.length && chance.next() < 0.4);
    const members = comers(added.slots, chance.between(30, 40), named);
    const { opensAt } = added.value.window;
    const times = officeTimes(chance, members.length, opensAt, addDays(toCivilDate(opensAt), ENROLLING_DAYS));
    members.forEach((person, index) => seat(added.value, person, 'completed', times[index]!));
    for (const session of added.sessions) hold(session, members);
  }

  for (const row of COMING) {
    const from = workingRun(addDays(today, row.in), row.days, 1);
    const added = addClass({
      course: courses.find((course) => course.code === row.course)!,
      base: baseOf(row.base),
      from,
      parts: row.parts,
      days: row.days,
      capacity: row.capacity,
      mode: row.mode ?? 'self-selected',
      kind: row.kind ?? 'on-site',
      opensAt: instantOf(addDays(today, -(row.openedBefore ?? 14)), 9 * 60),
      past: false,
    });
    if (!added) throw new Error(`the demonstration's class ${row.course} at ${row.base} does not fit`);
    if (row.movedBy !== undefined) moveFrom(added.sessions[0]!, addDays(from, -row.movedBy));
    const named = (row.with ?? []).map((place) => people[place]!);
    const crowd = comers(added.slots, row.enrolled + row.waiting, named);
    const times = officeTimes(chance, crowd.length, added.value.window.opensAt, addDays(today, -1));
    crowd.forEach((person, index) =>
      seat(added.value, person, index < row.enrolled ? 'enrolled' : 'waiting', times[index]!),
    );
  }
  return result;
}
