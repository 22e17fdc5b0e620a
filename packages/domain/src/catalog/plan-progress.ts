import { z } from 'zod';
import { id, isWithin, type Bilingual, type CivilDate, type Id } from '../core';
import type { BaseStatus } from '../network/base';
import type { TrainingClass } from '../training/training-class';
import { planTier, type CountUnit, type Course, type Plan } from './catalog';
import { isOffered } from './course-life-cycle';

/** How far a unit of the plan is: 计划 · 进行 · 完成. */
export const progressState = z.enum(['planned', 'running', 'done']);
export type ProgressState = z.infer<typeof progressState>;

/**
 * How each unit is counted (`catalog.md` § 2): one unit counts once, for its main theme, and as done only when it is
 * finished. A tier may word the rule more closely; the counting itself is this.
 */
export const COUNTING_RULES: Record<CountUnit, Bilingual> = {
  theme: {
    zh: '专题下有课程完成,计为完成;只有审核中的课程,计为进行;其余计为计划。',
    en: 'A theme is done when one of its courses is done, running while courses are in review, planned otherwise.',
  },
  course: {
    zh: '已发布且在复审日期内的课程计为完成;审核中或已到复审日期的计为进行;草稿计为计划;撤下的不计。只计入主专题。',
    en: 'A course is done when published and within its review date, running while in review or due for it, planned as a draft; withdrawn courses do not count. Only its main theme counts it.',
  },
  'micro-lesson': {
    zh: '所属课程完成且自身在复审日期内的微课计为完成;课程审核中或任一到复审日期的计为进行;课程为草稿的计为计划。',
    en: 'A micro-lesson is done when its course is done and it is within its own review date, running while either is in review or due for it, planned while the course is a draft.',
  },
  class: {
    zh: '已结业的培训班计为完成,已开班的计为进行,其余计为计划;取消的不计。按结束日期归入计划期,只计入主专题。',
    en: 'A class is done when closed, running once begun, planned before; cancelled ones do not count. Its end date places it in the period, its main theme alone counts it.',
  },
  base: {
    zh: '联盟成员计为完成;评审中的计为进行;已申报的计为计划;摘牌的不计。',
    en: 'A member of the network is done, a base under review is running, an applicant is planned; delisted ones do not count.',
  },
  teacher: {
    zh: '在册师资计为完成;停用的不计。按各基地的登记计,不按课次计。',
    en: 'An active instructor is done; inactive ones do not count. Entries of bases are counted, not sessions.',
  },
  person: {
    zh: '按培训班计:有班结业的学员计为完成,同一人只计一次;其余按所在班是否开班计为进行或计划。',
    en: 'By class: a person whose class is closed is done, once however often; the others are running or planned as their class is.',
  },
  attendance: {
    zh: '按培训班计:已结业班的人次计为完成,已开班的计为进行,未开班的计为计划。',
    en: 'By class: each seat of a closed class is done, of a class that has begun running, of another one planned.',
  },
};

/**
 * The version in force on a day. A newer version takes the place of all older ones of its plan; where the periods of
 * several plans hold the day, the plan that began last goes before.
 */
export function planInForce(versions: readonly Plan[], today: CivilDate): Plan | null {
  const latest = new Map<string, Plan>();
  for (const version of versions) {
    const known = latest.get(version.code);
    if (!known || version.version > known.version) latest.set(version.code, version);
  }
  const holding = [...latest.values()].filter((plan) => isWithin(today, plan));
  return holding.reduce<Plan | null>(
    (first, plan) => (first && first.from >= plan.from ? first : plan),
    null,
  );
}

/**
 * How many units stand where. `themeId` null counts over all themes: for units of no theme, and for people, whom two
 * themes may share. Where there are such counts they are the whole; otherwise the themes add up to it.
 */
export interface UnitCount {
  themeId: Id | null;
  state: ProgressState;
  count: number;
}

const tally = z.object({
  planned: z.number().int(),
  running: z.number().int(),
  done: z.number().int(),
});
export type ProgressTally = z.infer<typeof tally>;

export const tierProgress = planTier.extend({
  ...tally.shape,
  /** Units that are still to be done: target less done, never below 0. */
  gap: z.number().int(),
  byTheme: z.array(tally.extend({ themeId: id })),
});
export type TierProgress = z.infer<typeof tierProgress>;

/** Where a course stands in the plan, or null when it does not count. */
export function courseProgress(
  course: Pick<Course, 'status' | 'reviewBy'>,
  today: CivilDate,
): ProgressState | null {
  switch (course.status) {
    case 'draft':
      return 'planned';
    case 'in-review':
    case 'expired':
      return 'running';
    case 'published':
      return isOffered(course, today) ? 'done' : 'running';
    case 'withdrawn':
      return null;
  }
}

/** Where a base stands in the plan, or null when it does not count. */
export const BASE_PROGRESS: Record<BaseStatus, ProgressState | null> = {
  applied: 'planned',
  'formal-check': 'running',
  'site-review': 'running',
  notice: 'running',
  listed: 'done',
  're-review': 'done',
  rectification: 'done',
  delisted: null,
};

/** Where a class that is not cancelled stands in the plan. */
export function classProgress(value: Pick<TrainingClass, 'status' | 'startsAt'>, now: Date): ProgressState {
  if (value.status === 'completed') return 'done';
  return value.startsAt !== null && value.startsAt <= now ? 'running' : 'planned';
}

const FURTHEST_FIRST: readonly ProgressState[] = ['done', 'running', 'planned'];

/** People by the furthest of their classes: once over all themes, and once in each theme they learn in. */
export function personCounts(
  classes: readonly { id: Id; themeId: Id; state: ProgressState }[],
  holders: readonly { classId: Id; personId: Id }[],
): UnitCount[] {
  const classById = new Map(classes.map((entry) => [entry.id, entry]));
  const countAmong = (themeId: Id | null): UnitCount[] => {
    const counted = new Set<Id>();
    return FURTHEST_FIRST.map((state) => {
      const before = counted.size;
      for (const { classId, personId } of holders) {
        const held = classById.get(classId);
        if (held?.state === state && (themeId === null || held.themeId === themeId)) counted.add(personId);
      }
      return { themeId, state, count: counted.size - before };
    });
  };
  const themeIds = new Set(classes.map((entry) => entry.themeId));
  return [null, ...themeIds].flatMap(countAmong);
}

/** A theme stands where its furthest course stands. */
export function themeCounts(themeIds: readonly Id[], courses: readonly UnitCount[]): UnitCount[] {
  return themeIds.map((themeId) => {
    const has = (state: ProgressState) =>
      courses.some((entry) => entry.themeId === themeId && entry.state === state && entry.count > 0);
    return { themeId, state: has('done') ? 'done' : has('running') ? 'running' : 'planned', count: 1 };
  });
}

const add = (counts: readonly UnitCount[]): ProgressTally => {
  const sum = { planned: 0, running: 0, done: 0 };
  for (const { state, count } of counts) sum[state] += count;
  return sum;
};

/** The progress of each tier, with a line per theme in the order given. */
export function summarizePlan(
  plan: Pick<Plan, 'tiers'>,
  themeIds: readonly Id[],
  countsOf: (unit: CountUnit) => readonly UnitCount[],
): TierProgress[] {
  return plan.tiers.map((tier) => {
    const counts = countsOf(tier.unit);
    const themed = counts.filter((entry) => entry.themeId !== null);
    const shared = counts.filter((entry) => entry.themeId === null);
    const whole = add(shared.length > 0 ? shared : themed);
    return {
      ...tier,
      ...whole,
      gap: Math.max(0, tier.target - whole.done),
      byTheme:
        themed.length > 0
          ? themeIds.map((themeId) => ({
              themeId,
              ...add(themed.filter((entry) => entry.themeId === themeId)),
            }))
          : [],
    };
  });
}
