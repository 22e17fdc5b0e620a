import { z } from 'zod';
import { civilDate, id, isWithin, type CivilDate } from '../core';
import { findRank, type RankCode } from './rank';

/** Membership in a unit; a secondment keeps the home unit open beside it. */
export const affiliation = z.object({
  unitId: id,
  kind: z.enum(['home', 'secondment']),
  from: civilDate,
  to: civilDate.nullable(),
});
export type Affiliation = z.infer<typeof affiliation>;

export const postRecord = z.object({
  postLevel: z.string(),
  title: z.string(),
  from: civilDate,
  to: civilDate.nullable(),
});
export type PostRecord = z.infer<typeof postRecord>;

export const gradeRecord = z.object({ grade: z.string(), from: civilDate, to: civilDate.nullable() });
export type GradeRecord = z.infer<typeof gradeRecord>;

/**
 * A person keeps one record through transfer, promotion and secondment. `personNo` is what crosses interfaces;
 * names are never identity, and an identity-card number is kept as a keyed hash only (outside this type).
 */
export const person = z.object({
  id,
  personNo: z.string().min(1).max(32),
  name: z.string().min(1).max(40),
  birthDate: civilDate.nullable(),
  /** The unit the person belongs to today and its path, derived from `affiliations`. */
  unitId: id,
  unitPath: z.array(id).min(1),
  affiliations: z.array(affiliation).min(1),
  posts: z.array(postRecord),
  grades: z.array(gradeRecord),
  status: z.enum(['active', 'retired', 'left']),
  demo: z.boolean(),
});
export type Person = z.infer<typeof person>;

/** The higher of post and grade held on `date`, or null for somebody with neither. */
export function rankOn(value: Pick<Person, 'posts' | 'grades'>, date: CivilDate): RankCode | null {
  const held = [
    ...value.posts.filter((post) => isWithin(date, post)).map((post) => findRank(post.postLevel)),
    ...value.grades.filter((record) => isWithin(date, record)).map((record) => findRank(record.grade)),
  ].filter((rank) => rank !== undefined);
  return held.reduce<RankCode | null>(
    (top, rank) => (top === null || rank.order > top.order ? rank : top),
    null,
  );
}
