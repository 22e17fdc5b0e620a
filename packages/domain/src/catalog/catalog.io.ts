import { z } from 'zod';
import { amount, civilDate, id, pageOf, pageRequest, sortBy } from '../core';
import { baseTier } from '../network/base';
import { countUnit, course, courseForm, courseStatus, microLesson, plan, planTier, theme } from './catalog';
import { progressState, tierProgress } from './plan-progress';

const line = (limit: number) => z.string().trim().min(1).max(limit);
const title = z.object({ zh: line(60), en: z.string().trim().max(160) });
const revision = z.number().int().min(0);
const searchText = z.string().max(60).default('');

/** `text` is Chinese, pinyin or initials of the title, ability or audience, or a code; best matches first. */
export const searchCoursesInput = pageRequest.extend({
  text: searchText,
  themeId: id.optional(),
  form: courseForm.optional(),
  baseId: id.optional(),
  maxClassHours: amount.min(0).optional(),
  /** Only those who see drafts can ask for another state than what is offered. */
  status: courseStatus.optional(),
  sort: sortBy(['code', 'classHours', 'reviewBy', 'status']).optional(),
});
export type SearchCoursesInput = z.infer<typeof searchCoursesInput>;

export const courseHit = course.pick({
  id: true,
  code: true,
  title: true,
  themeId: true,
  forms: true,
  classHours: true,
  status: true,
  reviewBy: true,
  baseIds: true,
  demo: true,
});
export type CourseHit = z.infer<typeof courseHit>;
export const courseHitPage = pageOf(courseHit);

export const searchMicroLessonsInput = pageRequest.extend({
  text: searchText,
  themeId: id.optional(),
  form: courseForm.optional(),
  baseId: id.optional(),
  maxMinutes: z.number().int().min(1).max(15).optional(),
});
export type SearchMicroLessonsInput = z.infer<typeof searchMicroLessonsInput>;

export const microLessonHit = microLesson
  .pick({
    id: true,
    code: true,
    title: true,
    courseId: true,
    lengthMinutes: true,
    reviewBy: true,
    demo: true,
  })
  .extend({ courseTitle: course.shape.title, themeId: id });
export type MicroLessonHit = z.infer<typeof microLessonHit>;
export const microLessonHitPage = pageOf(microLessonHit);

/** A course opened as one page. */
export const courseFile = z.object({
  course,
  theme,
  alsoTouches: z.array(theme),
  microLessons: z.array(microLesson),
  bases: z.array(
    z.object({ id, code: z.string(), name: course.shape.title, tier: baseTier, county: z.string() }),
  ),
});
export type CourseFile = z.infer<typeof courseFile>;

const themeFields = theme
  .pick({ forms: true })
  .extend({ name: title, order: z.number().int().min(1).max(99) });
export const createThemeInput = themeFields.extend({ code: theme.shape.code });
export type CreateThemeInput = z.infer<typeof createThemeInput>;
export const updateThemeInput = themeFields.extend({ themeId: id });
export type UpdateThemeInput = z.infer<typeof updateThemeInput>;

/** The form of a course. */
export const courseFields = course
  .pick({ forms: true, alsoTouches: true, classHours: true, reviewBy: true, baseIds: true })
  .extend({
    title,
    summary: z.string().trim().max(2000),
    audience: z.string().trim().max(200),
    abilities: z.array(line(30)).max(12),
  });
export type CourseFields = z.infer<typeof courseFields>;
export const createCourseInput = courseFields.extend({ code: course.shape.code, themeId: id });
export type CreateCourseInput = z.infer<typeof createCourseInput>;
export const updateCourseInput = z.object({ courseId: id, revision, fields: courseFields });
export type UpdateCourseInput = z.infer<typeof updateCourseInput>;
export const moveCourseInput = z.object({ courseId: id, revision, to: courseStatus });
export type MoveCourseInput = z.infer<typeof moveCourseInput>;

/** The form of a micro-lesson. */
export const microLessonFields = microLesson
  .pick({ lengthMinutes: true, baseId: true })
  .extend({ title: line(60), order: z.number().int().min(1).max(99), reviewBy: civilDate });
export type MicroLessonFields = z.infer<typeof microLessonFields>;
export const createMicroLessonInput = microLessonFields.extend({
  courseId: id,
  code: microLesson.shape.code,
});
export type CreateMicroLessonInput = z.infer<typeof createMicroLessonInput>;
export const updateMicroLessonInput = z.object({ microLessonId: id, revision, fields: microLessonFields });
export type UpdateMicroLessonInput = z.infer<typeof updateMicroLessonInput>;

/** The board of a plan: the version in force, its tiers and how far they are. */
export const planBoard = z.object({ plan, tiers: z.array(tierProgress) });
export type PlanBoard = z.infer<typeof planBoard>;

export const planRecordsInput = pageRequest.extend({
  unit: countUnit,
  state: progressState,
  themeId: id.optional(),
});
export type PlanRecordsInput = z.infer<typeof planRecordsInput>;

/** A record behind a number: what it is says where it opens, `count` how many units of the number it holds. */
export const planRecord = z.object({
  kind: z.enum(['theme', 'course', 'micro-lesson', 'base', 'instructor', 'class']),
  id,
  code: z.string(),
  title: course.shape.title,
  count: z.number().int().min(1),
});
export type PlanRecord = z.infer<typeof planRecord>;
export const planRecordPage = pageOf(planRecord);

/** A new version takes the place of the last one, named by its number so that two writers do not overwrite each other. */
export const savePlanInput = z
  .object({
    code: z.string().regex(/^[A-Z0-9-]{1,20}$/),
    /** The version on which this one builds; 0 for a new plan. */
    basedOn: z.number().int().min(0),
    name: title,
    from: civilDate,
    to: civilDate,
    tiers: z
      .array(
        planTier.extend({
          label: line(10),
          target: z.number().int().min(1).max(10_000_000),
          rule: z.object({ zh: line(300), en: z.string().trim().max(600) }),
        }),
      )
      .min(1)
      .max(6),
  })
  .refine((input) => input.from <= input.to, { message: 'a plan ends on or after its first day' })
  .refine((input) => new Set(input.tiers.map((tier) => tier.unit)).size === input.tiers.length, {
    message: 'a unit is counted by one tier',
  });
export type SavePlanInput = z.infer<typeof savePlanInput>;
