import { z } from 'zod';
import { amount, bilingual, civilDate, id } from '../core';

/** How a course is taught: 讲授 研讨 现场 情景 案例 走访 演练 模拟 实操 桌面推演 训练. */
export const courseForm = z.enum([
  'lecture',
  'seminar',
  'on-site',
  'scenario',
  'case',
  'visit',
  'drill',
  'simulation',
  'hands-on',
  'tabletop',
  'training',
]);
export type CourseForm = z.infer<typeof courseForm>;

export const theme = z.object({
  id,
  code: z.string().regex(/^T\d{2}$/),
  name: bilingual,
  /** The forms its courses usually take. */
  forms: z.array(courseForm),
  order: z.number().int(),
  demo: z.boolean(),
});
export type Theme = z.infer<typeof theme>;

export const courseStatus = z.enum(['draft', 'in-review', 'published', 'expired', 'withdrawn']);
export type CourseStatus = z.infer<typeof courseStatus>;

export const course = z.object({
  id,
  code: z.string().regex(/^T\d{2}-C\d{2}$/),
  title: bilingual,
  themeId: id,
  /** Themes the course also touches; they never count twice. */
  alsoTouches: z.array(id),
  forms: z.array(courseForm).min(1),
  summary: z.string(),
  audience: z.string(),
  abilities: z.array(z.string()),
  /** Class hours (学时) when taught on site as one session. */
  classHours: amount.min(0),
  status: courseStatus,
  version: z.number().int().min(1),
  /** After this day the content must be reviewed before it is offered again. */
  reviewBy: civilDate,
  /** Bases where the course is taught. */
  baseIds: z.array(id),
  /** Changes with every write; a writer states the one it has read. */
  revision: z.number().int().min(0),
  demo: z.boolean(),
});
export type Course = z.infer<typeof course>;

/** A lesson of fifteen minutes or less (微课); the unit that earns online (`decisions.md`). */
export const microLesson = z.object({
  id,
  code: z.string().regex(/^T\d{2}-C\d{2}-M\d{2}$/),
  courseId: id,
  title: z.string(),
  order: z.number().int().min(1),
  lengthMinutes: z.number().int().min(1).max(15),
  reviewBy: civilDate,
  /** The base its local case speaks of. */
  baseId: id.nullable(),
  revision: z.number().int().min(0),
  demo: z.boolean(),
});
export type MicroLesson = z.infer<typeof microLesson>;

/** What a tier of the 十百千 plan counts, and so which records its progress opens into. */
export const countUnit = z.enum([
  'theme',
  'class',
  'course',
  'base',
  'teacher',
  'person',
  'attendance',
  'micro-lesson',
]);
export type CountUnit = z.infer<typeof countUnit>;

export const planTier = z.object({
  label: z.string(),
  unit: countUnit,
  target: z.number().int().min(1),
  /** The counting rule in words, shown beside the number. */
  rule: bilingual,
});
export type PlanTier = z.infer<typeof planTier>;

/** One version of the 十百千 plan; progress is shown against the version in force. */
export const plan = z.object({
  id,
  code: z.string(),
  version: z.number().int().min(1),
  name: bilingual,
  from: civilDate,
  to: civilDate,
  tiers: z.array(planTier).min(1),
  demo: z.boolean(),
});
export type Plan = z.infer<typeof plan>;
