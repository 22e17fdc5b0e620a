import {
  COUNTING_RULES,
  courseProgress,
  type Course,
  type CourseStatus,
  type MicroLesson,
  type Plan,
  type ProgressState,
  type Theme,
} from '@cadre/domain/catalog';
import { AppError, type Id } from '@cadre/domain/core';
import { Schema } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../core';
import { createTestDatabase, createTestIds, type TestDatabase } from '../testing';
import { createCourseRepository, type CourseRepository } from './course.repository';
import { createMicroLessonRepository, type MicroLessonRepository } from './micro-lesson.repository';
import { createPlanRepository, type PlanRepository } from './plan.repository';
import { createThemeRepository, type ThemeRepository } from './theme.repository';

const TODAY = '2026-11-18';
const newId = createTestIds();
const page = { page: 1, pageSize: 20 };

let test: TestDatabase;
let database: Database;
let themes: ThemeRepository;
let courses: CourseRepository;
let lessons: MicroLessonRepository;
let plans: PlanRepository;

beforeAll(async () => {
  test = await createTestDatabase();
  database = test.database;
  themes = createThemeRepository(database);
  courses = createCourseRepository(database);
  lessons = createMicroLessonRepository(database);
  plans = createPlanRepository(database);
  await database.ensureIndexes();
});
beforeEach(async () => {
  await test.clear();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const [THEME, OTHER_THEME, BASE] = [newId(), newId(), newId()];
const courseOf = (number: number, zh: string, changes: Partial<Course> = {}): Course => ({
  id: newId(),
  code: `T06-C${String(number).padStart(2, '0')}`,
  title: { zh, en: '' },
  themeId: THEME,
  alsoTouches: [],
  forms: ['case'],
  summary: '',
  audience: '基层党组织书记',
  abilities: [],
  classHours: 40_000,
  status: 'published',
  version: 1,
  reviewBy: '2027-12-31',
  baseIds: [],
  revision: 0,
  demo: false,
  ...changes,
});
const lessonOf = (
  course: Course,
  number: number,
  title: string,
  changes: Partial<MicroLesson> = {},
): MicroLesson => ({
  id: newId(),
  code: `${course.code}-M${String(number).padStart(2, '0')}`,
  courseId: course.id,
  title,
  order: number,
  lengthMinutes: 8,
  reviewBy: '2027-12-31',
  baseId: null,
  revision: 0,
  demo: false,
  ...changes,
});
const planOf = (version: number): Plan => ({
  id: newId(),
  code: 'TZ-2026',
  version,
  name: { zh: '十百千', en: '' },
  from: '2026-01-01',
  to: '2026-12-31',
  tiers: [{ label: '十', unit: 'theme', target: 10, rule: COUNTING_RULES.theme }],
  demo: false,
});
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'ok';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};

describe('themes', () => {
  const themeOf = (order: number): Theme => ({
    id: newId(),
    code: `T${String(order).padStart(2, '0')}`,
    name: { zh: `专题${order}`, en: '' },
    forms: ['lecture', 'seminar'],
    order,
    demo: false,
  });
  it('come in their order, and a code is taken once', async () => {
    const [first, second] = [themeOf(1), themeOf(2)];
    await themes.insertMany([second, first]);
    expect(await themes.list()).toEqual([first, second]);
    expect(await codeOf(themes.insert({ ...themeOf(3), code: 'T01' }))).toBe('THEME_CODE_TAKEN');
    await database.transaction((tx) => themes.update({ ...first, order: 9, code: 'T77' }, tx));
    expect((await themes.list()).map((value) => value.code)).toEqual(['T02', 'T01']);
  });
});

describe('a search for courses', () => {
  const find = async (text: string, changes: object = {}) =>
    (await courses.search('offered', TODAY, { text, ...page, ...changes })).items.map(
      (item) => item.title.zh,
    );

  const FENGQIAO = '新时代“枫桥经验”与矛盾化解';
  const OVERSIGHT = '村务监督与小微权力清单';
  const ISLAND = '大陈岛垦荒精神的形成与时代价值';

  beforeEach(async () => {
    await courses.insertMany([
      courseOf(1, FENGQIAO, { abilities: ['群众工作'], forms: ['drill', 'case'] }),
      courseOf(2, OVERSIGHT, { abilities: ['枫桥式治理'], classHours: 80_000, baseIds: [BASE] }),
      courseOf(3, ISLAND, { themeId: OTHER_THEME, forms: ['on-site'] }),
      courseOf(4, '枫桥故事草稿', { status: 'draft' }),
      courseOf(5, '枫桥故事到期', { reviewBy: '2026-11-17' }),
    ]);
  });

  it('answers Chinese, full pinyin and initials alike; titles go before other fields', async () => {
    for (const text of ['枫桥', 'fengqiao', 'FengQiao', 'fq'])
      expect(await find(text), text).toEqual([FENGQIAO, OVERSIGHT]);
    expect(await find('大陈岛')).toEqual([ISLAND]);
    expect(await find('dcdkhjs')).toEqual([ISLAND]);
    expect(await find('时代')).toEqual([FENGQIAO, ISLAND]);
    expect(await find('shidai')).toEqual([FENGQIAO, ISLAND]);
    expect(await find('t06-c02')).toEqual([OVERSIGHT]);
    expect(await find('枫桥 mdhj')).toEqual([FENGQIAO]);
    expect(await find('枫桥 大陈')).toEqual([]);
    expect(await find('？！')).toHaveLength(3);
  });

  it('puts a title that begins with the word before one that holds it', async () => {
    await courses.insert(courseOf(9, '时代楷模'));
    expect(await find('时代')).toEqual(['时代楷模', FENGQIAO, ISLAND]);
    expect(await find('sd')).toEqual(['时代楷模', FENGQIAO, ISLAND]);
  });

  it('takes the filters along, with a text and without', async () => {
    for (const text of ['', '枫桥']) {
      expect(await find(text, { form: 'drill' }), text).toEqual([FENGQIAO]);
      expect(await find(text, { baseId: BASE }), text).toEqual([OVERSIGHT]);
      expect(await find(text, { themeId: THEME }), text).toEqual([FENGQIAO, OVERSIGHT]);
      expect(await find(text, { maxClassHours: 40_000, themeId: THEME }), text).toEqual([FENGQIAO]);
      expect(await find(text, { themeId: OTHER_THEME, form: 'drill' }), text).toEqual([]);
    }
  });

  it('is ordered by a column when one is asked for, with a text and without', async () => {
    for (const text of ['', '枫桥'])
      expect(
        await find(text, { sort: { key: 'classHours', descending: true }, themeId: THEME }),
        text,
      ).toEqual([OVERSIGHT, FENGQIAO]);
  });

  it('offers learners neither drafts nor what is past its review date; offices see them', async () => {
    expect(await find('枫桥故事')).toEqual([]);
    expect(await find('', { status: 'draft' })).toEqual([]);
    const all = await courses.search('all', TODAY, { text: '枫桥故事', ...page });
    expect(all.items.map((item) => item.status)).toEqual(['draft', 'published']);
    const drafts = await courses.search('all', TODAY, { text: 'gushi', status: 'draft', ...page });
    expect(drafts.total).toBe(1);
  });

  it('pages on the server with the whole number, and shows nothing of the search itself', async () => {
    await courses.insertMany(
      Array.from({ length: 25 }, (_, index) => courseOf(20 + index, `海洋经济第${index}讲`)),
    );
    const third = await courses.search('offered', TODAY, { text: 'haiyang', page: 3, pageSize: 10 });
    expect(third.total).toBe(25);
    expect(third.items.map((item) => item.code)).toEqual([
      'T06-C40',
      'T06-C41',
      'T06-C42',
      'T06-C43',
      'T06-C44',
    ]);
    for (const text of ['', 'haiyang']) {
      const [item] = (await courses.search('offered', TODAY, { text, ...page })).items;
      expect(Object.keys(item!).sort()).toEqual(
        [
          'baseIds',
          'classHours',
          'code',
          'demo',
          'forms',
          'id',
          'reviewBy',
          'status',
          'themeId',
          'title',
        ].sort(),
      );
    }
  });

  it('is never stale: another process’s write answers the next search', async () => {
    const elsewhere = createCourseRepository(database);
    const [hit] = (await courses.search('offered', TODAY, { text: '枫桥', ...page })).items;
    const value = await courses.getById(hit!.id);
    await database.transaction((tx) =>
      elsewhere.tryUpdate({ ...value, title: { zh: '调解的艺术', en: '' } }, tx),
    );
    expect(await find('枫桥')).toEqual([OVERSIGHT]);
    expect(await find('tjdys')).toEqual(['调解的艺术']);
  });

  it('is answered by an index', async () => {
    const explained = await database
      .model<object>('courses', new Schema())
      .find({ searchKeys: { $regex: '^fengqiao' } })
      .explain();
    expect(JSON.stringify(explained)).toContain('searchKeys_1');
  });
});

describe('courses', () => {
  it('come back as they were stored; a code is taken once', async () => {
    const value = courseOf(1, '群众工作语言与沟通技巧', { baseIds: [BASE], alsoTouches: [OTHER_THEME] });
    await courses.insert(value);
    expect(await courses.getById(value.id)).toEqual(value);
    expect(await courses.listByBase(BASE, 'offered', TODAY)).toEqual([value]);
    expect(await codeOf(courses.insert(courseOf(1, '别的')))).toBe('COURSE_CODE_TAKEN');
    await expect(courses.getById(newId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('a draft answers a learner like a missing one, and is not taught at its base yet', async () => {
    const draft = courseOf(1, '草稿', { status: 'draft', baseIds: [BASE] });
    await courses.insert(draft);
    await expect(courses.getInSight(draft.id, 'offered', TODAY)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await courses.getInSight(draft.id, 'all', TODAY)).toEqual(draft);
    expect(await courses.listByBase(BASE, 'offered', TODAY)).toEqual([]);
    expect(await courses.listByBase(BASE, 'all', TODAY)).toEqual([draft]);
  });

  it('are written by one of ten who have read the same revision, and keep code, theme and state', async () => {
    const value = courseOf(1, '群众工作');
    await courses.insert(value);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        database.transaction((tx) =>
          courses.tryUpdate(
            {
              ...value,
              audience: `第${index}种`,
              code: 'T99-C99',
              themeId: OTHER_THEME,
              status: 'draft',
              version: 9,
            },
            tx,
          ),
        ),
      ),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    const after = await courses.getById(value.id);
    expect(after).toEqual({ ...value, audience: after.audience, revision: 1 });
    expect(
      await database.transaction((tx) => courses.tryMove(value, { status: 'withdrawn', version: 1 }, tx)),
    ).toBe(false);
    expect(
      await database.transaction((tx) => courses.tryMove(after, { status: 'withdrawn', version: 1 }, tx)),
    ).toBe(true);
  });
});

describe('micro-lessons', () => {
  const find = async (text: string, changes: object = {}) =>
    (await lessons.search('offered', TODAY, { text, ...page, ...changes })).items.map((item) => item.title);

  it('are found by their own words and filtered by their course’s theme and form', async () => {
    const course = courseOf(1, '新时代“枫桥经验”与矛盾化解', { forms: ['drill'] });
    await courses.insert(course);
    await lessons.insertMany(
      [
        lessonOf(course, 1, '一次邻里纠纷为何越调越大', { lengthMinutes: 6 }),
        lessonOf(course, 9, '情景:加装电梯', { lengthMinutes: 12, baseId: BASE }),
      ],
      [course],
    );
    expect(await find('加装电梯')).toEqual(['情景:加装电梯']);
    expect(await find('jzdt')).toEqual(['情景:加装电梯']);
    expect(await find('fqjy')).toHaveLength(2);
    expect(await find('枫桥 电梯')).toEqual(['情景:加装电梯']);
    expect(await find('', { maxMinutes: 6 })).toEqual(['一次邻里纠纷为何越调越大']);
    expect(await find('', { baseId: BASE })).toEqual(['情景:加装电梯']);
    expect(await find('', { themeId: THEME, form: 'drill' })).toHaveLength(2);
    expect(await find('', { form: 'lecture' })).toEqual([]);
    const [hit] = (await lessons.search('offered', TODAY, { text: 'dianti', ...page })).items;
    expect(hit).toMatchObject({
      courseId: course.id,
      courseTitle: course.title,
      themeId: THEME,
      lengthMinutes: 12,
    });
    expect(hit).not.toHaveProperty('searchKeys');
  });

  it('follow their course out of the offer and into it again', async () => {
    const course = courseOf(1, '课程');
    await courses.insert(course);
    const lesson = lessonOf(course, 1, '导入');
    await lessons.insert(lesson, course);
    expect(await lessons.getById(lesson.id)).toEqual(lesson);
    const follow = (changes: Partial<Course>) =>
      database.transaction((tx) => lessons.followCourse({ ...course, ...changes }, tx));
    await follow({ status: 'withdrawn' });
    expect(await find('导入')).toEqual([]);
    expect(await lessons.listByCourse(course.id, 'offered', TODAY)).toEqual([]);
    expect(await lessons.listByCourse(course.id, 'all', TODAY)).toEqual([lesson]);
    await follow({ reviewBy: '2026-11-17' });
    expect(await find('导入')).toEqual([]);
    await follow({ title: { zh: '新课名', en: '' } });
    expect(await find('新课名')).toEqual(['导入']);
    expect(await find('课程')).toEqual([]);
    const [hit] = (await lessons.search('offered', TODAY, { text: '', ...page })).items;
    expect(hit!.courseTitle.zh).toBe('新课名');
  });

  it('are written against the revision that was read, and a code is taken once', async () => {
    const course = courseOf(1, '课程');
    const lesson = lessonOf(course, 1, '导入');
    await lessons.insert(lesson, course);
    expect(await codeOf(lessons.insert(lessonOf(course, 1, '重复'), course))).toBe('MICRO_LESSON_CODE_TAKEN');
    await database.transaction(async (tx) => {
      expect(await lessons.tryUpdate({ ...lesson, title: '新导入' }, course, tx)).toBe(true);
      expect(await lessons.tryUpdate({ ...lesson, title: '旧导入' }, course, tx)).toBe(false);
    });
    expect(await find('xindaoru')).toEqual(['新导入']);
    expect(await find('旧')).toEqual([]);
  });

  it('refuse a course that is not given with them', async () => {
    const course = courseOf(1, '课程');
    await expect(lessons.insertMany([lessonOf(course, 1, '导入')], [])).rejects.toThrow('T06-C01-M01');
  });
});

describe('the progress of the plan', () => {
  const STATES: [CourseStatus, string][] = [
    ['draft', '2027-01-01'],
    ['draft', '2026-01-01'],
    ['in-review', '2027-01-01'],
    ['published', '2026-11-18'],
    ['published', '2026-11-17'],
    ['expired', '2026-01-01'],
    ['withdrawn', '2027-01-01'],
  ];
  const sumsOf = (counts: readonly { themeId: Id | null; state: ProgressState; count: number }[]) => {
    const sums = { planned: 0, running: 0, done: 0 };
    for (const { themeId, state, count } of counts) if (themeId === THEME) sums[state] += count;
    return sums;
  };

  it('counts courses as the domain says of each, and each number opens to its records', async () => {
    const values = STATES.map(([status, reviewBy], index) =>
      courseOf(index + 1, `课程${index}`, { status, reviewBy }),
    );
    await courses.insertMany([...values, courseOf(50, '别的专题', { themeId: OTHER_THEME })]);
    const expected = { planned: 0, running: 0, done: 0 };
    for (const value of values) {
      const state = courseProgress(value, TODAY);
      if (state !== null) expected[state] += 1;
    }
    expect(sumsOf(await courses.countProgress(TODAY))).toEqual(expected);
    for (const state of ['planned', 'running', 'done'] as const) {
      const records = await courses.listInState(state, THEME, TODAY, page);
      expect(records.total, state).toBe(expected[state]);
      expect(records.items.map((item) => courseProgress(item, TODAY))).toEqual(
        records.items.map(() => state),
      );
    }
    expect((await courses.listInState('done', undefined, TODAY, page)).total).toBe(expected.done + 1);
  });

  it('counts lessons with their course and by their own review date', async () => {
    const values = STATES.map(([status, reviewBy], index) =>
      courseOf(index + 1, `课程${index}`, { status, reviewBy }),
    );
    await lessons.insertMany(
      values.flatMap((course) => [
        lessonOf(course, 1, '在期'),
        lessonOf(course, 2, '到期', { reviewBy: '2026-11-17' }),
      ]),
      values,
    );
    const sums = sumsOf(await lessons.countProgress(TODAY));
    expect(sums).toEqual({ planned: 4, running: 7, done: 1 });
    for (const state of ['planned', 'running', 'done'] as const)
      expect((await lessons.listInState(state, THEME, TODAY, page)).total, state).toBe(sums[state]);
  });
});

describe('plan versions', () => {
  it('one of ten writers gets the next number', async () => {
    await plans.tryInsert(planOf(1));
    const answers = await Promise.all(Array.from({ length: 10 }, () => plans.tryInsert(planOf(2))));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect((await plans.list()).map((value) => value.version)).toEqual([2, 1]);
    expect((await plans.findLatest('TZ-2026'))?.version).toBe(2);
    expect(await plans.findLatest('XX')).toBeNull();
  });
});
