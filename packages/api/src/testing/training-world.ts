import type { PersonActor } from '@cadre/domain/access';
import type { Course } from '@cadre/domain/catalog';
import { instantOf, type Id } from '@cadre/domain/core';
import type { Person, Unit } from '@cadre/domain/identity';
import type { Base, Instructor, Venue } from '@cadre/domain/network';
import { suggestClassTimes, type ScheduleSessionInput, type TrainingClass } from '@cadre/domain/training';
import type { TestApi } from './test-api';

/** The day after tomorrow of `TEST_NOW`: a Friday on which the test bases are open from 8 to 21. */
export const TEACHING_DATE = '2026-11-20';
/** An instant of the teaching day (or of another date) by its hour in Shanghai. */
export const hourOf = (hour: number, date: string = TEACHING_DATE): Date => instantOf(date, hour * 60);

let bases = 0;
const twoDigits = (count: number): string => String(count).padStart(2, '0');

/** A base with what teaching needs, its admin, and ways to make classes and cadres. */
export interface TrainingWorld {
  base: Base;
  venue: Venue;
  instructor: Instructor;
  course: Course;
  unit: Unit;
  admin: PersonActor;
  addVenue(changes?: Partial<Venue>): Promise<Venue>;
  addInstructor(changes?: Partial<Instructor>): Promise<Instructor>;
  addCadre(changes?: Partial<Person>): Promise<PersonActor>;
  /** The form as the base admin fills it in: a new class of one session on the teaching day, 14:00 to 16:00. */
  form(changes?: Partial<ScheduleSessionInput>, newClass?: Partial<NewClass>): ScheduleSessionInput;
  /** An open class of one session, scheduled through the form. */
  schedule(changes?: Partial<ScheduleSessionInput>, newClass?: Partial<NewClass>): Promise<TrainingClass>;
}
type NewClass = Extract<ScheduleSessionInput['in'], { kind: 'new-class' }>['class'];

export async function createTrainingWorld(api: TestApi, changes: Partial<Base> = {}): Promise<TrainingWorld> {
  const { repositories, newId } = api;
  bases += 1;
  const base: Base = {
    id: newId(),
    code: `X${String(bases).padStart(3, '0')}`,
    name: { zh: `测试基地${bases}`, en: `Test base ${bases}` },
    tier: 'case',
    parentId: newId(),
    designations: [],
    location: {
      province: '浙江',
      city: '台州',
      county: '椒江',
      latitude: 28.5,
      longitude: 121.9,
      datum: 'WGS-84',
      accuracyKm: 1,
    },
    theme: { zh: '垦荒精神', en: 'Reclamation' },
    description: '',
    access: '从椒江码头乘船',
    capacityPerHalfDay: 1000,
    openingHours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 8 * 60, to: 21 * 60 })),
    blackouts: [],
    revision: 0,
    demo: false,
    status: 'listed',
    ...changes,
  };
  // Its place in the charter is not what these tests are about: it comes in as an applicant and is moved.
  await api.test.database.transaction(async (tx) => {
    await repositories.bases.insert({ ...base, status: 'applied' }, tx);
    await repositories.bases.tryMove(base, base.status, 'keep', tx);
  });

  const addVenue: TrainingWorld['addVenue'] = async (fields = {}) => {
    const venue: Venue = {
      id: newId(),
      baseId: base.id,
      code: newId(),
      name: { zh: '垦荒馆', en: 'Reclamation hall' },
      kind: 'hall',
      capacity: 200,
      active: true,
      revision: 0,
      demo: false,
      ...fields,
    };
    await repositories.venues.insert(venue);
    return venue;
  };
  const addInstructor: TrainingWorld['addInstructor'] = async (fields = {}) => {
    const instructor: Instructor = {
      id: newId(),
      personId: null,
      baseId: base.id,
      name: '金老师',
      title: '讲师',
      kind: 'lecturer',
      active: true,
      revision: 0,
      demo: false,
      ...fields,
    };
    await repositories.instructors.insert(instructor);
    return instructor;
  };
  const course: Course = {
    id: newId(),
    code: `T${twoDigits(bases % 100)}-C${twoDigits(1 + Math.floor(bases / 100))}`,
    title: { zh: '大陈岛垦荒精神', en: 'Reclaiming Dachen Island' },
    themeId: newId(),
    alsoTouches: [],
    forms: ['on-site'],
    summary: '',
    audience: '',
    abilities: [],
    classHours: 40_000,
    status: 'published',
    version: 1,
    reviewBy: '2027-12-31',
    baseIds: [base.id],
    revision: 0,
    demo: false,
  };
  await repositories.courses.insert(course);
  const venue = await addVenue();
  const instructor = await addInstructor();
  const unit = await api.addUnit();
  const admin = api.actorOf(await api.addPerson(unit), {
    role: 'base-admin',
    scope: { kind: 'bases', baseIds: [base.id] },
  });

  const form: TrainingWorld['form'] = (fields = {}, newClass = {}) => {
    const startsAt = fields.startsAt ?? hourOf(14);
    return {
      baseId: base.id,
      venueId: venue.id,
      instructorIds: [instructor.id],
      startsAt,
      endsAt: hourOf(16),
      courseId: course.id,
      title: '垦荒精神现场课',
      mode: 'on-site',
      in: {
        kind: 'new-class',
        class: {
          title: '海岛振兴专题班',
          description: '',
          kind: 'on-site',
          mode: 'self-selected',
          capacity: 20,
          ...suggestClassTimes(api.clock.now(), startsAt),
          ...newClass,
        },
      },
      ...fields,
    };
  };

  return {
    base,
    venue,
    instructor,
    course,
    unit,
    admin,
    addVenue,
    addInstructor,
    async addCadre(fields = {}) {
      return api.actorOf(await api.addPerson(unit, fields));
    },
    form,
    async schedule(fields, newClass) {
      const { classId } = await api.services.timetable.schedule(admin, form(fields, newClass));
      return repositories.classes.getById(classId);
    },
  };
}

/** Everything a test needs to know of a class's seats, with the ledger behind them. */
export async function seatsOf(api: TestApi, classId: Id) {
  const [value, enrollments, ledger, mismatches] = await Promise.all([
    api.repositories.classes.getById(classId),
    api.repositories.enrollments.pageByClass(classId, {}, { page: 1, pageSize: 1000 }),
    api.repositories.seatLedger.listByClass(classId),
    api.services.seats.mismatches([classId]),
  ]);
  return { class: value, enrollments: enrollments.items, ledger, mismatches };
}
