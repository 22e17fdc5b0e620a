import type { Actor, Role, Scope } from '@cadre/domain/access';
import {
  COUNTING_RULES,
  type Course,
  type CourseFields,
  type CreateCourseInput,
  type SavePlanInput,
  type Theme,
} from '@cadre/domain/catalog';
import type { Id } from '@cadre/domain/core';
import type { Base } from '@cadre/domain/network';
import type { TrainingClass } from '@cadre/domain/training';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../testing';

type Person = Extract<Actor, { kind: 'person' }>;
const NOBODY = '01990000-0000-7000-8000-000000000000';

let api: TestApi;
let alliance: Person;
let officer: Person;
let baseAdmin: Person;
let learner: Person;
let theme: Theme;
let otherTheme: Theme;
const actorWith = async (...grants: { role: Role; scope: Scope }[]): Promise<Person> =>
  api.actorOf(await api.addPerson(await api.addUnit()), ...grants);
const as = (actor: Actor | null) => api.callerOf(actor).catalog;

beforeAll(async () => {
  api = await createTestApi();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await api.test.clear();
  alliance = await actorWith({ role: 'alliance-admin', scope: { kind: 'network' } });
  officer = await actorWith({ role: 'organisation-officer', scope: { kind: 'unit', unitId: NOBODY } });
  baseAdmin = await actorWith({ role: 'base-admin', scope: { kind: 'bases', baseIds: [NOBODY] } });
  learner = await actorWith();
  theme = await as(alliance).createTheme({
    code: 'T06',
    name: { zh: '基层治理', en: '' },
    forms: ['drill'],
    order: 6,
  });
  otherTheme = await as(alliance).createTheme({
    code: 'T09',
    name: { zh: '海洋经济', en: '' },
    forms: [],
    order: 9,
  });
  api.facts.length = 0;
});

const fieldsOf = (zh: string, changes: Partial<CourseFields> = {}): CourseFields => ({
  title: { zh, en: '' },
  forms: ['case'],
  alsoTouches: [],
  classHours: 40_000,
  reviewBy: '2027-12-31',
  baseIds: [],
  summary: '',
  audience: '',
  abilities: [],
  ...changes,
});
let counter = 0;
const courseInput = (zh: string, changes: Partial<CreateCourseInput> = {}): CreateCourseInput => {
  counter = (counter % 99) + 1;
  return { ...fieldsOf(zh), code: `T06-C${String(counter).padStart(2, '0')}`, themeId: theme.id, ...changes };
};
const publish = async (course: Course): Promise<Course> => {
  const reviewed = await as(alliance).moveCourse({
    courseId: course.id,
    revision: course.revision,
    to: 'in-review',
  });
  return as(alliance).moveCourse({ courseId: course.id, revision: reviewed.revision, to: 'published' });
};
const addPublished = async (zh: string, changes: Partial<CreateCourseInput> = {}) =>
  publish(await as(alliance).createCourse(courseInput(zh, changes)));
const addLesson = (course: Course, number: number, title: string) =>
  as(alliance).createMicroLesson({
    courseId: course.id,
    code: `${course.code}-M${String(number).padStart(2, '0')}`,
    title,
    order: number,
    lengthMinutes: 8,
    reviewBy: '2027-12-31',
    baseId: null,
  });
const auditOf = (subjectId: Id) => api.repositories.audit.list({ subjectId }, { page: 1, pageSize: 20 });
const noteCount = async () => (await api.repositories.audit.list({}, { page: 1, pageSize: 1 })).total;
const addBase = async (changes: Partial<Base> = {}): Promise<Base> => {
  const base: Base = {
    id: api.newId(),
    code: 'P001',
    name: { zh: '枫桥基地', en: '' },
    tier: 'regional',
    parentId: null,
    status: 'listed',
    designations: [],
    location: {
      province: '浙江',
      city: '绍兴',
      county: '诸暨市',
      latitude: 29.7,
      longitude: 120.3,
      datum: 'WGS-84',
      accuracyKm: 3,
    },
    theme: { zh: '枫桥经验', en: '' },
    description: '',
    access: '',
    capacityPerHalfDay: 100,
    openingHours: [],
    blackouts: [],
    revision: 0,
    demo: false,
    ...changes,
  };
  await api.repositories.bases.insertMany([base]);
  return base;
};

describe('a course', () => {
  it('begins as a draft that learners do not see, and is offered once it is published', async () => {
    const draft = await as(alliance).createCourse(courseInput('枫桥经验'));
    expect(draft).toMatchObject({ status: 'draft', version: 1, revision: 0 });
    expect((await as(learner).searchCourses({ text: 'fqjy' })).total).toBe(0);
    expect((await as(officer).searchCourses({ text: 'fqjy' })).total).toBe(1);
    await expect(as(learner).course({ courseId: draft.id })).rejects.toMatchObject({ message: 'NOT_FOUND' });
    const published = await publish(draft);
    expect((await as(learner).searchCourses({ text: 'fqjy' })).items).toMatchObject([{ id: draft.id }]);
    expect((await as(learner).course({ courseId: draft.id })).course).toEqual(published);
    expect((await auditOf(draft.id)).items.map((entry) => entry.action)).toEqual([
      'catalog:course-moved',
      'catalog:course-moved',
      'catalog:course-created',
    ]);
    expect(api.facts).toEqual(Array.from({ length: 3 }, () => ({ type: 'catalog:changed' })));
  });

  it('stops being offered the day after its review date, with its micro-lessons', async () => {
    const course = await addPublished('枫桥经验', { reviewBy: '2026-11-18' });
    await addLesson(course, 1, '导入');
    expect((await as(learner).searchMicroLessons({ text: 'daoru' })).total).toBe(1);
    const before = api.clock.now();
    api.clock.set(new Date('2026-11-18T16:00:00Z'));
    expect((await as(learner).searchCourses({})).total).toBe(0);
    expect((await as(learner).searchMicroLessons({})).total).toBe(0);
    await expect(as(learner).course({ courseId: course.id })).rejects.toMatchObject({ message: 'NOT_FOUND' });
    api.clock.set(before);
  });

  it('opens with its theme, lessons in order and the bases that teach it', async () => {
    const base = await addBase();
    const applicant = await addBase({ id: api.newId(), code: 'P002', status: 'applied' });
    const course = await addPublished('枫桥经验', {
      baseIds: [base.id, applicant.id],
      alsoTouches: [otherTheme.id],
    });
    await addLesson(course, 2, '关键概念');
    await addLesson(course, 1, '导入');
    const file = await as(learner).course({ courseId: course.id });
    expect(file.theme).toEqual(theme);
    expect(file.alsoTouches).toEqual([otherTheme]);
    expect(file.microLessons.map((lesson) => lesson.title)).toEqual(['导入', '关键概念']);
    expect(file.bases).toEqual([
      { id: base.id, code: 'P001', name: base.name, tier: 'regional', county: '诸暨市' },
    ]);
    expect((await as(officer).course({ courseId: course.id })).bases).toHaveLength(2);
    const taughtAt = await api.callerOf(learner).network.get({ baseId: base.id });
    expect(taughtAt.courses).toEqual([{ id: course.id, code: course.code, title: course.title }]);
  });

  it('changes its lessons with it: their course title, and whether they are offered', async () => {
    const course = await addPublished('枫桥经验');
    await addLesson(course, 1, '导入');
    const current = await api.repositories.courses.getById(course.id);
    await as(alliance).updateCourse({
      courseId: course.id,
      revision: current.revision,
      fields: fieldsOf('新课名', { forms: ['tabletop'] }),
    });
    expect((await as(learner).searchMicroLessons({ form: 'tabletop' })).items).toMatchObject([
      { title: '导入', courseTitle: { zh: '新课名' } },
    ]);
    await as(alliance).moveCourse({ courseId: course.id, revision: current.revision + 1, to: 'withdrawn' });
    expect((await as(learner).searchMicroLessons({})).total).toBe(0);
  });

  it('never leaves a lesson behind that was written while it changed', async () => {
    const course = await addPublished('枫桥经验');
    const answers = await Promise.allSettled([
      as(alliance).moveCourse({ courseId: course.id, revision: course.revision, to: 'withdrawn' }),
      ...Array.from({ length: 9 }, (_, index) => addLesson(course, index + 1, `第${index}课`)),
    ]);
    const withdrawn = answers[0].status === 'fulfilled';
    expect((await api.repositories.courses.getById(course.id)).status).toBe(
      withdrawn ? 'withdrawn' : 'published',
    );
    expect((await as(learner).searchMicroLessons({})).total).toBe(withdrawn ? 0 : 9);
  });

  it('refuses an older revision, steps that are none, foreign codes and things that do not exist', async () => {
    const course = await as(alliance).createCourse(courseInput('枫桥经验'));
    const notes = await noteCount();
    api.facts.length = 0;
    const at = { courseId: course.id, revision: 0 };
    const attempts: [() => Promise<unknown>, string][] = [
      [() => as(alliance).moveCourse({ ...at, to: 'published' }), 'COURSE_MOVE_INVALID'],
      [() => as(alliance).moveCourse({ ...at, revision: 3, to: 'in-review' }), 'CHANGED_MEANWHILE'],
      [() => as(alliance).updateCourse({ ...at, revision: 3, fields: fieldsOf('x') }), 'CHANGED_MEANWHILE'],
      [
        () => as(alliance).updateCourse({ ...at, fields: fieldsOf('x', { alsoTouches: [theme.id] }) }),
        'INPUT_INVALID',
      ],
      [
        () => as(alliance).updateCourse({ ...at, fields: fieldsOf('x', { baseIds: [NOBODY] }) }),
        'INPUT_INVALID',
      ],
      [() => as(alliance).createCourse(courseInput('x', { code: 'T09-C01' })), 'INPUT_INVALID'],
      [() => as(alliance).createCourse(courseInput('x', { code: course.code })), 'COURSE_CODE_TAKEN'],
      [() => as(alliance).createCourse(courseInput('x', { themeId: NOBODY })), 'NOT_FOUND'],
      [
        () => as(alliance).createTheme({ code: 'T06', name: { zh: 'x', en: '' }, forms: [], order: 1 }),
        'THEME_CODE_TAKEN',
      ],
      [() => addLesson({ ...course, code: 'T06-C98' }, 1, 'x'), 'INPUT_INVALID'],
      [() => addLesson({ ...course, id: NOBODY }, 1, 'x'), 'NOT_FOUND'],
    ];
    for (const [attempt, code] of attempts)
      await expect(attempt(), code).rejects.toMatchObject({ message: code });
    expect(await api.repositories.courses.getById(course.id)).toEqual(course);
    expect(await noteCount()).toBe(notes);
    expect(api.facts).toEqual([]);
  });
});

describe('a micro-lesson', () => {
  it('is written against its revision; what changed is noted', async () => {
    const course = await addPublished('枫桥经验');
    const lesson = await addLesson(course, 1, '导入');
    const fields = { title: '新导入', order: 1, lengthMinutes: 12, reviewBy: lesson.reviewBy, baseId: null };
    const update = () => as(alliance).updateMicroLesson({ microLessonId: lesson.id, revision: 0, fields });
    expect(await update()).toMatchObject({ title: '新导入', lengthMinutes: 12, revision: 1 });
    await expect(update()).rejects.toMatchObject({ message: 'CHANGED_MEANWHILE' });
    expect((await auditOf(lesson.id)).items[0]).toMatchObject({
      before: { title: '导入', lengthMinutes: 8 },
      after: { title: '新导入', lengthMinutes: 12 },
    });
    await expect(
      as(alliance).updateMicroLesson({
        microLessonId: lesson.id,
        revision: 1,
        fields: { ...fields, baseId: NOBODY },
      }),
    ).rejects.toMatchObject({ message: 'INPUT_INVALID' });
  });
});

describe('what others are refused', () => {
  it('nobody but the alliance changes the catalog', async () => {
    const course = await addPublished('枫桥经验');
    const draft = await as(alliance).createCourse(courseInput('草稿'));
    const lesson = await addLesson(course, 1, '导入');
    const before = [await api.repositories.courses.getById(course.id), await noteCount()];
    const fields = { title: 'x', order: 1, lengthMinutes: 5, reviewBy: '2027-01-01', baseId: null };
    for (const actor of [learner, baseAdmin, officer]) {
      const catalog = as(actor);
      const attempts = [
        () => catalog.createTheme({ code: 'T77', name: { zh: 'x', en: '' }, forms: [], order: 1 }),
        () => catalog.updateTheme({ themeId: theme.id, name: { zh: 'x', en: '' }, forms: [], order: 1 }),
        () => catalog.createCourse(courseInput('x')),
        () => catalog.updateCourse({ courseId: course.id, revision: course.revision, fields: fieldsOf('x') }),
        () => catalog.moveCourse({ courseId: course.id, revision: course.revision, to: 'withdrawn' }),
        () => catalog.createMicroLesson({ ...fields, courseId: course.id, code: `${course.code}-M09` }),
        () => catalog.updateMicroLesson({ microLessonId: lesson.id, revision: 0, fields }),
      ];
      for (const attempt of attempts)
        await expect(attempt()).rejects.toMatchObject({ message: 'NOT_ALLOWED' });
    }
    for (const courseId of [draft.id, NOBODY])
      await expect(as(learner).moveCourse({ courseId, revision: 0, to: 'in-review' })).rejects.toMatchObject({
        message: 'NOT_FOUND',
      });
    expect([await api.repositories.courses.getById(course.id), await noteCount()]).toEqual(before);
    await expect(as(null).searchCourses({})).rejects.toMatchObject({ message: 'NOT_SIGNED_IN' });
    await expect(as(null).themes()).rejects.toMatchObject({ message: 'NOT_SIGNED_IN' });
  });
});

describe('the plan', () => {
  const planInput = (basedOn: number, changes: Partial<SavePlanInput> = {}): SavePlanInput => ({
    code: 'TZ-2026',
    basedOn,
    name: { zh: '十百千', en: '' },
    from: '2026-01-01',
    to: '2026-12-31',
    tiers: [
      { label: '十', unit: 'theme', target: 10, rule: COUNTING_RULES.theme },
      { label: '百', unit: 'course', target: 100, rule: COUNTING_RULES.course },
      { label: '千', unit: 'micro-lesson', target: 1000, rule: COUNTING_RULES['micro-lesson'] },
    ],
    ...changes,
  });

  it('shows how far each tier and theme is, and every number opens to its records', async () => {
    await as(officer).savePlan(planInput(0));
    const done = await addPublished('枫桥经验');
    await addLesson(done, 1, '导入');
    await addLesson(done, 2, '概念');
    const draft = await as(alliance).createCourse(courseInput('草稿'));
    const reviewed = await as(alliance).createCourse(courseInput('审核中'));
    await as(alliance).moveCourse({ courseId: reviewed.id, revision: 0, to: 'in-review' });
    const board = (await as(baseAdmin).planBoard())!;
    expect(board.plan).toMatchObject({ code: 'TZ-2026', version: 1 });
    expect(board.tiers).toMatchObject([
      { unit: 'theme', target: 10, done: 1, running: 0, planned: 1, gap: 9 },
      { unit: 'course', target: 100, done: 1, running: 1, planned: 1, gap: 99 },
      { unit: 'micro-lesson', target: 1000, done: 2, running: 0, planned: 0, gap: 998 },
    ]);
    expect(board.tiers[1]!.rule).toEqual(COUNTING_RULES.course);
    expect(board.tiers[1]!.byTheme).toEqual([
      { themeId: theme.id, planned: 1, running: 1, done: 1 },
      { themeId: otherTheme.id, planned: 0, running: 0, done: 0 },
    ]);
    for (const tier of board.tiers)
      for (const state of ['planned', 'running', 'done'] as const) {
        const records = await as(baseAdmin).planRecords({ unit: tier.unit, state });
        expect(records.total, `${tier.unit} ${state}`).toBe(tier[state]);
        for (const line of tier.byTheme)
          expect(
            (await as(baseAdmin).planRecords({ unit: tier.unit, state, themeId: line.themeId })).total,
            `${tier.unit} ${state} ${line.themeId}`,
          ).toBe(line[state]);
      }
    const [record] = (await as(officer).planRecords({ unit: 'course', state: 'planned' })).items;
    expect(record).toEqual({ kind: 'course', id: draft.id, code: draft.code, title: draft.title, count: 1 });
  });

  it('counts classes, seats, people, bases and teachers as well', async () => {
    const addClass = async (changes: Partial<TrainingClass>): Promise<TrainingClass> => {
      const id = api.newId();
      const value: TrainingClass = {
        id,
        classNo: `2026-${id.slice(-4)}`,
        runNo: 1,
        title: '枫桥经验专题班',
        description: '',
        themeId: theme.id,
        kind: 'theme-seminar',
        mode: 'self-selected',
        status: 'completed',
        baseId: NOBODY,
        capacity: 50,
        window: { opensAt: new Date('2026-09-01T00:00:00Z'), closesAt: new Date('2026-09-10T00:00:00Z') },
        promotionCutOff: new Date('2026-09-10T00:00:00Z'),
        withdrawalDeadline: new Date('2026-09-10T00:00:00Z'),
        quotas: [],
        classTeacherIds: [],
        startsAt: new Date('2026-10-01T00:00:00Z'),
        endsAt: new Date('2026-10-02T00:00:00Z'),
        seatsTaken: 2,
        waiting: 0,
        ledgerSeq: 2,
        revision: 0,
        demo: false,
        ...changes,
      };
      await api.repositories.classes.insert(value);
      return value;
    };
    const people = [await api.addPerson(await api.addUnit()), await api.addPerson(await api.addUnit())];
    const enrol = (value: TrainingClass, persons: typeof people) =>
      api.repositories.enrollments.insertMany(
        persons.map((person, index) => ({
          id: api.newId(),
          classId: value.id,
          personId: person.id,
          unitPath: person.unitPath,
          state: 'enrolled' as const,
          origin: 'self-selected' as const,
          seq: index + 1,
          requestedAt: api.clock.now(),
          decidedAt: api.clock.now(),
          demo: false,
        })),
      );
    await enrol(await addClass({}), people);
    await enrol(await addClass({ status: 'open', endsAt: new Date('2026-12-01T00:00:00Z') }), people);
    await addClass({ status: 'cancelled' });
    await addClass({ endsAt: new Date('2025-12-31T15:59:59Z') });
    await addClass({
      status: 'open',
      themeId: otherTheme.id,
      startsAt: new Date('2026-12-30T00:00:00Z'),
      endsAt: new Date('2026-12-31T15:59:59Z'),
    });
    await addBase();
    await addBase({ id: api.newId(), code: 'P002', status: 'applied' });
    await api.callerOf(alliance).network.createInstructor({
      baseId: null,
      name: '王敏',
      title: '教授',
      kind: 'lecturer',
      personNo: null,
    });
    await as(officer).savePlan(
      planInput(0, {
        tiers: (['class', 'attendance', 'person', 'base', 'teacher'] as const).map((unit) => ({
          label: unit,
          unit,
          target: 10,
          rule: COUNTING_RULES[unit],
        })),
      }),
    );
    const board = (await as(officer).planBoard())!;
    expect(board.tiers).toMatchObject([
      { unit: 'class', done: 1, running: 1, planned: 1 },
      { unit: 'attendance', done: 2, running: 2, planned: 2 },
      { unit: 'person', done: 2, running: 0, planned: 0 },
      { unit: 'base', done: 1, running: 0, planned: 1, byTheme: [] },
      { unit: 'teacher', done: 1, running: 0, planned: 0, byTheme: [] },
    ]);
    const records = async (unit: 'class' | 'attendance' | 'person' | 'base' | 'teacher') =>
      (await as(officer).planRecords({ unit, state: 'done' })).items.map(({ kind, count }) => [kind, count]);
    expect(await records('class')).toEqual([['class', 1]]);
    expect(await records('attendance')).toEqual([['class', 2]]);
    expect(await records('base')).toEqual([['base', 1]]);
    expect(await records('teacher')).toEqual([['instructor', 1]]);
  });

  it('is measured against the newest version; older ones stay to be read', async () => {
    const first = await as(officer).savePlan(planInput(0));
    const second = await as(alliance).savePlan(
      planInput(1, { tiers: [{ label: '百', unit: 'course', target: 120, rule: COUNTING_RULES.course }] }),
    );
    expect((await as(officer).planBoard())!.tiers).toMatchObject([{ target: 120 }]);
    expect(await as(officer).planVersions()).toEqual([second, first]);
    await expect(as(officer).savePlan(planInput(1))).rejects.toMatchObject({ message: 'CHANGED_MEANWHILE' });
    await expect(as(officer).savePlan(planInput(0))).rejects.toMatchObject({ message: 'CHANGED_MEANWHILE' });
    expect(await as(officer).planVersions()).toHaveLength(2);
    expect((await auditOf(second.id)).items).toMatchObject([
      { action: 'catalog:plan-version-created', before: null },
    ]);
  });

  it('gets one next version when ten officers save at once', async () => {
    await as(officer).savePlan(planInput(0));
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => as(officer).savePlan(planInput(1))),
    );
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    expect(await as(officer).planVersions()).toHaveLength(2);
  });

  it('is nobody’s when no plan holds today', async () => {
    expect(await as(officer).planBoard()).toBeNull();
    expect(await as(officer).planRecords({ unit: 'course', state: 'done' })).toMatchObject({
      items: [],
      total: 0,
    });
  });

  it('is set by the organisation department and the alliance, and read by those who carry it out', async () => {
    for (const actor of [learner, baseAdmin])
      await expect(as(actor).savePlan(planInput(0))).rejects.toMatchObject({ message: 'NOT_ALLOWED' });
    const refusals = [
      () => as(learner).planBoard(),
      () => as(learner).planVersions(),
      () => as(learner).planRecords({ unit: 'course', state: 'done' }),
    ];
    for (const attempt of refusals) await expect(attempt()).rejects.toMatchObject({ message: 'NOT_ALLOWED' });
    expect(await api.repositories.plans.list()).toEqual([]);
  });
});
