import { describe, expect, it } from 'vitest';
import type { Actor, Role } from '../access';
import { AppError } from '../core';
import { countUnit, courseStatus, type CourseStatus, type Plan, type PlanTier } from './catalog';
import { savePlanInput } from './catalog.io';
import { canManageCatalog, canManagePlan, canReadPlan, catalogSightOf } from './catalog.policy';
import { COURSE_MOVES, decideCourseMove, isLessonOffered, isOffered } from './course-life-cycle';
import {
  COUNTING_RULES,
  BASE_PROGRESS,
  classProgress,
  courseProgress,
  personCounts,
  planInForce,
  summarizePlan,
  themeCounts,
  type ProgressState,
  type UnitCount,
} from './plan-progress';

const TODAY = '2026-11-18';
const idOf = (tail: number) => `01990000-0000-7000-8000-${String(tail).padStart(12, '0')}`;
const actorWith = (role?: Role): Actor => ({
  kind: 'person',
  personId: idOf(10),
  accountId: idOf(11),
  grants: role === undefined ? [] : [{ id: idOf(12), role, scope: { kind: 'network' } }],
});

const codeOf = (work: () => unknown): string | null => {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};

describe('the life of a course', () => {
  it('moves only along the listed steps, from every state to every state', () => {
    for (const from of courseStatus.options)
      for (const to of courseStatus.options)
        expect(
          codeOf(() => decideCourseMove({ status: from, version: 1, reviewBy: '2027-01-01' }, to, TODAY)),
          `${from} → ${to}`,
        ).toBe(COURSE_MOVES[from].includes(to) ? null : 'COURSE_MOVE_INVALID');
  });

  it('is a new version when published content goes back into review, and only then', () => {
    const move = (status: CourseStatus, to: CourseStatus) =>
      decideCourseMove({ status, version: 3, reviewBy: '2027-01-01' }, to, TODAY).version;
    expect(move('draft', 'in-review')).toBe(3);
    expect(move('in-review', 'published')).toBe(3);
    expect(move('published', 'in-review')).toBe(4);
    expect(move('expired', 'in-review')).toBe(4);
    expect(move('published', 'withdrawn')).toBe(3);
  });

  it('is not published with a review date that has passed', () => {
    const publish = (reviewBy: string) =>
      codeOf(() => decideCourseMove({ status: 'in-review', version: 1, reviewBy }, 'published', TODAY));
    expect(publish('2026-11-17')).toBe('COURSE_REVIEW_OVERDUE');
    expect(publish(TODAY)).toBeNull();
  });

  it('is offered up to and including its review date, a lesson up to its own as well', () => {
    const course = { status: 'published', reviewBy: TODAY } as const;
    expect(isOffered(course, TODAY)).toBe(true);
    expect(isOffered(course, '2026-11-19')).toBe(false);
    expect(isOffered({ ...course, status: 'in-review' }, TODAY)).toBe(false);
    expect(isLessonOffered({ reviewBy: TODAY }, course, TODAY)).toBe(true);
    expect(isLessonOffered({ reviewBy: '2026-11-17' }, course, TODAY)).toBe(false);
    expect(isLessonOffered({ reviewBy: '2027-11-17' }, { ...course, status: 'withdrawn' }, TODAY)).toBe(
      false,
    );
  });
});

describe('where a course stands in the plan', () => {
  it.each<[CourseStatus, string, ProgressState | null]>([
    ['draft', '2027-01-01', 'planned'],
    ['in-review', '2027-01-01', 'running'],
    ['published', '2026-11-18', 'done'],
    ['published', '2026-11-17', 'running'],
    ['expired', '2026-11-17', 'running'],
    ['withdrawn', '2027-01-01', null],
  ])('%s, to be reviewed by %s: %s', (status, reviewBy, state) => {
    expect(courseProgress({ status, reviewBy }, TODAY)).toBe(state);
  });
});

describe('the progress of a plan', () => {
  const [T1, T2, T3] = [idOf(1), idOf(2), idOf(3)];
  const courses: UnitCount[] = [
    { themeId: T1, state: 'done', count: 7 },
    { themeId: T1, state: 'planned', count: 3 },
    { themeId: T2, state: 'running', count: 2 },
    { themeId: T2, state: 'planned', count: 1 },
  ];
  const tier = (unit: PlanTier['unit'], target: number): PlanTier => ({
    label: '百',
    unit,
    target,
    rule: COUNTING_RULES[unit],
  });

  it('adds up each tier and each theme; the gap is target less done', () => {
    const [progress] = summarizePlan({ tiers: [tier('course', 100)] }, [T1, T2, T3], () => courses);
    expect(progress).toMatchObject({ planned: 4, running: 2, done: 7, gap: 93, target: 100 });
    expect(progress!.byTheme).toEqual([
      { themeId: T1, planned: 3, running: 0, done: 7 },
      { themeId: T2, planned: 1, running: 2, done: 0 },
      { themeId: T3, planned: 0, running: 0, done: 0 },
    ]);
  });

  it('never shows a gap below nothing', () => {
    const [progress] = summarizePlan({ tiers: [tier('course', 5)] }, [T1], () => courses);
    expect(progress!.gap).toBe(0);
  });

  it('counts 92 of 100 closed and 5 running as 92 done and a gap of 8 (worked example P2)', () => {
    const counts: UnitCount[] = [
      { themeId: T1, state: 'done', count: 92 },
      { themeId: T1, state: 'running', count: 5 },
    ];
    const [progress] = summarizePlan({ tiers: [tier('class', 100)] }, [T1], () => counts);
    expect(progress).toMatchObject({ done: 92, running: 5, planned: 0, gap: 8 });
  });

  it('units of no theme have no lines per theme', () => {
    const counts: UnitCount[] = [{ themeId: null, state: 'done', count: 30 }];
    const [progress] = summarizePlan({ tiers: [tier('base', 30)] }, [T1], () => counts);
    expect(progress).toMatchObject({ done: 30, gap: 0, byTheme: [] });
  });

  it('counts a person of two classes once over all, and once in each theme (worked example P1)', () => {
    const [A, B, C] = [idOf(51), idOf(52), idOf(53)];
    const classes = [
      { id: A, themeId: T1, state: 'done' as const },
      { id: B, themeId: T1, state: 'running' as const },
      { id: C, themeId: T2, state: 'running' as const },
    ];
    const holdersOf = (classId: string, from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => ({ classId, personId: idOf(1000 + from + index) }));
    // 40, 40 and 50 places; 15 people sit in two of the classes.
    const holders = [...holdersOf(A, 0, 40), ...holdersOf(B, 30, 70), ...holdersOf(C, 65, 115)];
    const counts = personCounts(classes, holders);
    const [progress] = summarizePlan({ tiers: [tier('person', 200)] }, [T1, T2], () => counts);
    expect(holders).toHaveLength(130);
    expect(progress).toMatchObject({ done: 40, running: 75, planned: 0, gap: 160 });
    expect(progress!.byTheme).toEqual([
      { themeId: T1, planned: 0, running: 30, done: 40 },
      { themeId: T2, planned: 0, running: 50, done: 0 },
    ]);
  });

  it('places bases and classes by their state', () => {
    expect(BASE_PROGRESS).toMatchObject({
      applied: 'planned',
      notice: 'running',
      listed: 'done',
      delisted: null,
    });
    const now = new Date('2026-11-18T00:00:00Z');
    const begun = new Date('2026-11-17T00:00:00Z');
    expect(classProgress({ status: 'completed', startsAt: begun }, now)).toBe('done');
    expect(classProgress({ status: 'open', startsAt: begun }, now)).toBe('running');
    expect(classProgress({ status: 'open', startsAt: now }, now)).toBe('running');
    expect(classProgress({ status: 'open', startsAt: new Date('2026-11-19T00:00:00Z') }, now)).toBe(
      'planned',
    );
    expect(classProgress({ status: 'draft', startsAt: null }, now)).toBe('planned');
  });

  it('a theme stands where its furthest course stands', () => {
    expect(themeCounts([T1, T2, T3], courses)).toEqual([
      { themeId: T1, state: 'done', count: 1 },
      { themeId: T2, state: 'running', count: 1 },
      { themeId: T3, state: 'planned', count: 1 },
    ]);
  });

  it('has a rule in both languages for every unit', () => {
    for (const unit of countUnit.options) {
      expect(COUNTING_RULES[unit].zh).not.toBe('');
      expect(COUNTING_RULES[unit].en).not.toBe('');
    }
  });
});

describe('the plan in force', () => {
  const versionOf = (code: string, version: number, from: string, to: string): Plan => ({
    id: idOf(version),
    code,
    version,
    name: { zh: code, en: '' },
    from,
    to,
    tiers: [{ label: '十', unit: 'theme', target: 10, rule: COUNTING_RULES.theme }],
    demo: false,
  });
  it('is the newest version of the plan whose period holds the day', () => {
    const first = versionOf('A', 1, '2026-01-01', '2026-12-31');
    const second = versionOf('A', 2, '2026-01-01', '2026-12-31');
    expect(planInForce([second, first], TODAY)).toBe(second);
    expect(planInForce([first, second], '2027-01-01')).toBeNull();
    expect(planInForce([], TODAY)).toBeNull();
  });
  it('is not an older version that a newer one has moved to another period', () => {
    const versions = [
      versionOf('A', 1, '2026-01-01', '2026-12-31'),
      versionOf('A', 2, '2027-01-01', '2027-12-31'),
    ];
    expect(planInForce(versions, TODAY)).toBeNull();
  });
  it('is the plan that began last, where two hold the day', () => {
    const versions = [
      versionOf('A', 3, '2024-01-01', '2028-12-31'),
      versionOf('B', 1, '2026-01-01', '2026-12-31'),
    ];
    expect(planInForce(versions, TODAY)?.code).toBe('B');
    expect(planInForce(versions, '2027-06-01')?.code).toBe('A');
  });
});

describe('the form of a plan', () => {
  const form = {
    code: 'TZ-2026',
    basedOn: 0,
    name: { zh: '十百千', en: '' },
    from: '2026-01-01',
    to: '2026-12-31',
    tiers: [{ label: '十', unit: 'theme', target: 10, rule: COUNTING_RULES.theme }],
  };
  it('refuses a period that ends before it begins and a unit counted twice', () => {
    expect(savePlanInput.safeParse(form).success).toBe(true);
    expect(savePlanInput.safeParse({ ...form, to: '2025-12-31' }).success).toBe(false);
    expect(savePlanInput.safeParse({ ...form, tiers: [...form.tiers, ...form.tiers] }).success).toBe(false);
  });
});

describe('who may do what in the catalog', () => {
  it.each<[Role | undefined, string, boolean, boolean, boolean]>([
    ['alliance-admin', 'all', true, true, true],
    ['organisation-officer', 'all', false, true, true],
    ['auditor', 'all', false, false, true],
    ['base-admin', 'offered', false, false, true],
    ['unit-training-officer', 'offered', false, false, false],
    [undefined, 'offered', false, false, false],
  ])('%s sees %s; catalog %s, plan %s, board %s', (role, sight, catalog, planned, board) => {
    const actor = actorWith(role);
    expect(catalogSightOf(actor)).toBe(sight);
    expect([canManageCatalog(actor), canManagePlan(actor), canReadPlan(actor)]).toEqual([
      catalog,
      planned,
      board,
    ]);
  });
});
