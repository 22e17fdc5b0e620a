import type { AssessmentYear } from '@cadre/domain/assessment';
import {
  addDays,
  createIdGenerator,
  daysBetween,
  halfDayKey,
  instantOf,
  toCivilDate,
  type CivilDate,
  type Id,
} from '@cadre/domain/core';
import type { Activity } from '@cadre/domain/credit';
import { rankOn, type Person } from '@cadre/domain/identity';
import { createCatalog, type DemoCatalog } from '../catalog';
import { createChance, type Chance } from '../chance';
import { createNetwork, type DemoNetwork } from '../network';
import { createPeople, DEMO_ROLES, type DemoPeople } from '../people';
import type { Instructor } from '@cadre/domain/network';
import { createTimetable, type DemoTimetable } from '../timetable';
import { firstOfWorkingDays, workingRun } from '../working-days';
import regulation from '../../regulations/demo-2026.json';

/** The demonstration's regulation as its author's file would read: what an installation imports. */
export { DEMO_EXAMPLES, type DemoExample } from './regulation-examples';
export const DEMO_REGULATION_TEXT: string = JSON.stringify(regulation, null, 2);

/** A fact from outside the rooms: lessons completed at the network academy in a month, or training of earlier years. */
export interface DemoFact {
  personId: Id;
  title: string;
  activities: Activity[];
  recordedAt: Date;
}

export interface Demonstration extends DemoNetwork, DemoCatalog, DemoPeople, DemoTimetable {
  facts: DemoFact[];
  assessmentYear: AssessmentYear;
}

const DIVISION_ORDER = 56;
const LESSON_MINUTES = 45;
const QUARTERS = [
  { name: '一季度', from: '01-01', to: '03-31' },
  { name: '二季度', from: '04-01', to: '06-30' },
  { name: '三季度', from: '07-01', to: '09-30' },
  { name: '四季度', from: '10-01', to: '12-31' },
] as const;

/**
 * Quarterly imports from the network academy: 45-minute lessons, of which each that was really played earns an hour.
 * Nobody studies the same of its titles twice in the year, and what a night's import brings is there in the morning.
 */
function onlineFacts(
  chance: Chance,
  person: Person,
  keen: number,
  titles: readonly string[],
  today: CivilDate,
): DemoFact[] {
  const year = today.slice(0, 4);
  const chosen = chance.sample(titles, titles.length);
  const nextTitle = (): string => {
    const title = chosen.shift();
    if (title === undefined) throw new Error('the network academy has too few courses for a year');
    return title;
  };
  return QUARTERS.flatMap(({ name, from, to }): DemoFact[] => {
    const first = `${year}-${from}`;
    const last = [`${year}-${to}`, addDays(today, -1)].sort()[0]!;
    if (last < first) return [];
    const days = daysBetween(first, last);
    const lessons = Math.round((keen * days * (10 + chance.between(0, 6))) / 91);
    if (lessons === 0) return [];
    const sourceId = `wlxy-${year}-${from}-${person.personNo}`;
    const activities = Array.from({ length: lessons }, (_, number): Activity => ({
      id: `${sourceId}-${number + 1}`,
      source: { kind: 'lesson', id: sourceId },
      kind: 'lesson',
      occurredOn: addDays(first, chance.between(0, days)),
      subject: `${sourceId}-${number + 1}`,
      title: nextTitle(),
      lengthMinutes: LESSON_MINUTES,
      playedMinutes: chance.next() < 0.04 ? LESSON_MINUTES - 5 : LESSON_MINUTES,
      completed: true,
    }));
    const title = `网络学院${name}学习记录（${lessons} 门）`;
    return [
      {
        personId: person.id,
        title,
        activities,
        recordedAt: instantOf(workingRun(addDays(last, 1), 1, 1), 6 * 60),
      },
    ];
  });
}

/** Approved training of the earlier years of the five-year window, full-time on working days in a row, for those it applies to. */
function earlierFacts(chance: Chance, person: Person, today: CivilDate): DemoFact[] {
  if ((rankOn(person, today)?.order ?? 0) < DIVISION_ORDER) return [];
  return ['2023', '2024', '2025'].map((year): DemoFact => {
    const days = chance.between(8, 20);
    const sourceId = `xd-${year}-${person.personNo}`;
    const to = `${year}-11-20`;
    return {
      personId: person.id,
      title: `${year} 年脱产培训（档案转入）`,
      recordedAt: instantOf(`${today.slice(0, 4)}-01-05`, 9 * 60),
      activities: [
        {
          id: sourceId,
          source: { kind: 'claim', id: sourceId },
          kind: 'claim',
          from: firstOfWorkingDays(to, days),
          to,
          title: `${year} 年脱产培训`,
          organiser: '市委党校',
          days,
          classHours: days * 8,
          approved: true,
        },
      ],
    };
  });
}

const INSTRUCTOR = DEMO_ROLES.find(({ loginName }) => loginName === 'hejing')!;

/**
 * The instructors, one of them being the person who signs in as such: the lecturer of the next sessions who is never
 * taught elsewhere at the same time.
 */
function withTeacher(
  instructors: readonly Instructor[],
  { sessions, enrollments }: DemoTimetable,
  people: readonly Person[],
  today: CivilDate,
): Instructor[] {
  const teacher = people.find(({ name }) => name === INSTRUCTOR.name)!;
  const own = new Set(
    enrollments.flatMap(({ personId, classId }) => (personId === teacher.id ? [classId] : [])),
  );
  const slotsOf = (isMeant: (session: DemoTimetable['sessions'][number]) => boolean): string[] =>
    sessions.filter(isMeant).flatMap(({ worth }) => worth.halfDays.map(halfDayKey));
  const busy = new Set(slotsOf(({ classId }) => own.has(classId)));
  const isFree = (id: Id): boolean =>
    slotsOf(({ instructorIds }) => instructorIds.includes(id)).every((slot) => !busy.has(slot));
  const coming = sessions
    .filter(({ startsAt }) => toCivilDate(startsAt) >= today)
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
    .flatMap(({ instructorIds }) => instructorIds);
  const lecturers = new Set(instructors.flatMap(({ id, kind }) => (kind === 'lecturer' ? [id] : [])));
  const taken = coming.find((id) => lecturers.has(id) && isFree(id));
  return instructors.map((one) =>
    one.id === taken ? { ...one, personId: teacher.id, name: teacher.name } : one,
  );
}

/**
 * The whole demonstration as plain objects, the same for the same seed: 1 + 9 + 20 bases, the 十百千 plan, about 300
 * people in 25 units, past and coming classes around `today`, attendance and online lessons such that some are behind.
 */
export function createDemonstration(options: { start: Date; seed?: number }): Demonstration {
  const chance = createChance(options.seed ?? 1956);
  const today = toCivilDate(options.start);
  let made = 0;
  const newId = createIdGenerator(
    () => options.start.getTime() - 86_400_000 + (made += 1),
    (count) => chance.bytes(count),
  );
  const network = createNetwork(chance, newId, today);
  const catalog = createCatalog(chance, newId, network.bases, today);
  const yearId = newId();
  const people = createPeople(chance, newId, network.bases, yearId, today);
  const timetable = createTimetable({
    chance,
    newId,
    ...network,
    ...catalog,
    people: people.people,
    host: people.people[2]!,
    today,
  });
  const instructors = withTeacher(network.instructors, timetable, people.people, today);
  const titles = catalog.courses.map(({ title }) => title.zh);
  const facts = people.people.flatMap((person, place) => [
    ...onlineFacts(chance, person, place < 2 ? 0.9 : 0.78 + chance.next() * 0.6, titles, today),
    ...earlierFacts(chance, person, today),
  ]);
  const year = today.slice(0, 4);
  const assessmentYear: AssessmentYear = {
    id: yearId,
    name: `${year} 年度`,
    nameEn: `Year ${year}`,
    unitId: people.units[0]!.id,
    referenceDate: `${year}-12-31`,
    cutOffAt: instantOf(`${year}-12-20`, 18 * 60),
    state: 'open',
    snapshotNo: 0,
    demo: true,
  };
  return { ...network, instructors, ...catalog, ...people, ...timetable, facts, assessmentYear };
}
