import { z } from 'zod';
import { addDays, civilDate, id, isWithin, type CivilDate, type Id } from '../core';
import { findRank, type RankCode } from './rank';

/** When a row and its end became known; absent where both were known from the first day of the record. */
const recording = {
  recordedOn: civilDate.optional(),
  endRecordedOn: civilDate.optional(),
  /** The end that was known before `endRecordedOn`; absent where the row was open. */
  endBefore: civilDate.optional(),
};

/** Membership in a unit; a secondment keeps the home unit open beside it. */
export const affiliation = z.object({
  unitId: id,
  kind: z.enum(['home', 'secondment']),
  from: civilDate,
  to: civilDate.nullable(),
  ...recording,
});
export type Affiliation = z.infer<typeof affiliation>;

export const postRecord = z.object({
  postLevel: z.string(),
  title: z.string(),
  from: civilDate,
  to: civilDate.nullable(),
  ...recording,
});
export type PostRecord = z.infer<typeof postRecord>;

export const gradeRecord = z.object({
  grade: z.string(),
  from: civilDate,
  to: civilDate.nullable(),
  ...recording,
});
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

/** A dated row as it was known at the end of a day: null when it was not known, open when its end was not. */
function rowAsRecorded<
  Row extends {
    to: CivilDate | null;
    recordedOn?: CivilDate | undefined;
    endRecordedOn?: CivilDate | undefined;
    endBefore?: CivilDate | undefined;
  },
>(row: Row, asOf: CivilDate): Row[] {
  if (row.recordedOn !== undefined && row.recordedOn > asOf) return [];
  return [
    row.endRecordedOn !== undefined && row.endRecordedOn > asOf ? { ...row, to: row.endBefore ?? null } : row,
  ];
}

/** Posts, grades and units of a person as they were recorded by the end of a day. */
export const historyAsRecorded = (
  { posts, grades, affiliations }: Pick<Person, 'posts' | 'grades' | 'affiliations'>,
  asOf: CivilDate,
): Pick<Person, 'posts' | 'grades' | 'affiliations'> => ({
  posts: posts.flatMap((row) => rowAsRecorded(row, asOf)),
  grades: grades.flatMap((row) => rowAsRecorded(row, asOf)),
  affiliations: affiliations.flatMap((row) => rowAsRecorded(row, asOf)),
});

const homesAsRecorded = (value: Person, asOf: CivilDate): Affiliation[] =>
  historyAsRecorded(value, asOf).affiliations.filter((held) => held.kind === 'home');

/** The last home unit that had begun by a day, as recorded by the end of it; null before the first. */
export function begunHomeUnitOn(value: Person, asOf: CivilDate): Id | null {
  const begun = homesAsRecorded(value, asOf).filter((home) => home.from <= asOf);
  return begun.sort((a, b) => (a.from < b.from ? -1 : 1)).at(-1)?.unitId ?? null;
}

/** The home unit on a day as it was recorded by the end of it; the first known one before any began. */
export const homeUnitOn = (value: Person, asOf: CivilDate): Id =>
  begunHomeUnitOn(value, asOf) ?? homesAsRecorded(value, asOf)[0]?.unitId ?? value.unitId;

/** The home unit on a day as the record knows it today: where the person belonged when something was done. */
export function homeUnitHeldOn(value: Person, on: CivilDate): Id {
  const held = value.affiliations
    .filter((home) => home.kind === 'home' && home.from <= on)
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  return (
    held.at(-1)?.unitId ?? value.affiliations.find((home) => home.kind === 'home')?.unitId ?? value.unitId
  );
}

/** The home unit in which the person served on a day, as recorded by the end of it; null for whoever did not serve. */
export function servedIn(
  value: Pick<Person, 'posts' | 'grades' | 'affiliations'>,
  day: CivilDate,
): Id | null {
  const held = historyAsRecorded(value, day).affiliations.filter(
    (row) => row.kind === 'home' && isWithin(day, row),
  );
  return held.at(-1)?.unitId ?? null;
}

/** The last day of service as recorded by the end of a day; null while the person has a home unit. */
export function serviceEndOn(value: Person, asOf: CivilDate): CivilDate | null {
  const homes = historyAsRecorded(value, asOf).affiliations.filter((held) => held.kind === 'home');
  return homes.some(({ to }) => to === null)
    ? null
    : (homes
        .map(({ to }) => to ?? '')
        .sort()
        .at(-1) ?? null);
}

/**
 * The last day of service of whoever is out of service on a day, as recorded by the end of it; null for whoever serves.
 * Nothing is asked after it, so what is read of the person is what stood then.
 */
export function servedUntilOn(value: Person, asOf: CivilDate): CivilDate | null {
  const end = serviceEndOn(value, asOf);
  return end !== null && end < asOf ? end : null;
}

/** The day since which the person is in the unit of today, or out of service. */
export function inPlaceSince(value: Person): CivilDate {
  const homes = value.affiliations
    .filter((held) => held.kind === 'home')
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const last = homes.at(-1);
  return last === undefined ? '' : last.to === null ? last.from : addDays(last.to, 1);
}

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
