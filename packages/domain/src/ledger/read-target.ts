import { addDays, daysBetween, type Bilingual, type CivilDate } from '../core';
import { fullMonthsBetween } from '../credit/value/calendar';

/**
 * How a target reads on a day, in the words that every screen, file and paper uses: `met` 达标, `on-track` 进行中 (its
 * cycle runs and the part done keeps up with the months that are over), `behind` 落后 (it does not), `missed` 未达标 (the cycle is
 * over), `exempt` 免 (by a relief of the regulation).
 */
export const TARGET_READINGS = ['met', 'on-track', 'behind', 'missed', 'exempt'] as const;
export type TargetReading = (typeof TARGET_READINGS)[number];

export const TARGET_READING_NAMES: Readonly<Record<TargetReading, Bilingual>> = {
  met: { zh: '达标', en: 'Met' },
  'on-track': { zh: '进行中', en: 'On track' },
  behind: { zh: '落后', en: 'Behind' },
  missed: { zh: '未达标', en: 'Missed' },
  exempt: { zh: '免', en: 'Exempt' },
};

/** What the reading of a target is made from; amounts are ten-thousandths. */
export interface ReadableTarget {
  readonly state: 'met' | 'open' | 'missed' | 'exempt';
  readonly cycle: { readonly from: CivilDate; readonly to: CivilDate };
  /** Alternatives joined by OR; the measures of one are joined by AND. */
  readonly alternatives: readonly (readonly { readonly required: number; readonly earned: number }[])[];
}

/** Share of the cycle's months that are over at the end of `asOf`, 0 … 1; a cycle shorter than a month goes by days. */
function shareGone({ from, to }: ReadableTarget['cycle'], asOf: CivilDate): number {
  const since = (day: CivilDate): readonly [months: number, days: number] => [
    fullMonthsBetween(from, addDays(day, 1)),
    daysBetween(from, day) + 1,
  ];
  const [[months, days], [allMonths, allDays]] = [since(asOf), since(to)];
  const gone = allMonths === 0 ? days / allDays : months / allMonths;
  return Math.min(1, Math.max(0, gone));
}

/** The best alternative's share done: the smallest share of its measures, 0 … 1. */
export function shareDone(alternatives: ReadableTarget['alternatives']): number {
  const shares = alternatives.map((leaves) =>
    Math.min(...leaves.map(({ earned, required }) => (required <= 0 ? 1 : Math.min(1, earned / required)))),
  );
  return Math.max(0, ...shares);
}

/** How a target reads at the end of `asOf`. Behind is a reminder for people, never a rating. */
export function readTarget(target: ReadableTarget, asOf: CivilDate): TargetReading {
  if (target.state !== 'open') return target.state;
  return shareDone(target.alternatives) < shareGone(target.cycle, asOf) ? 'behind' : 'on-track';
}

/**
 * How a target of a statement reads: null for what was open when the person's service ended, since nothing is asked of it
 * any more, and it can be neither behind nor missed.
 */
export const readingLeft = (
  { state, reading }: { readonly state: ReadableTarget['state']; readonly reading: TargetReading },
  { servedUntil }: { readonly servedUntil: CivilDate | null },
): TargetReading | null => (servedUntil !== null && state === 'open' ? null : reading);

/** How a person reads by all targets, the worst first. */
export const PERSON_READINGS = ['missed', 'behind', 'on-track', 'met'] as const;
export type PersonReading = (typeof PERSON_READINGS)[number];

/**
 * How a person reads by all of their targets: the worst of them. Whoever is exempt from all of them has met what is
 * asked; null for whom nothing is asked.
 */
export function readTogether(readings: readonly TargetReading[]): PersonReading | null {
  if (readings.length === 0) return null;
  return PERSON_READINGS.find((worst) => readings.includes(worst)) ?? 'met';
}

/** How many people read so; `all` includes those of whom nothing is asked. */
export type ReadingCounts = Record<'all' | PersonReading, number>;

export function countReadings(rows: readonly { readonly reading: PersonReading | null }[]): ReadingCounts {
  const counts: ReadingCounts = { all: rows.length, missed: 0, behind: 0, 'on-track': 0, met: 0 };
  for (const { reading } of rows) if (reading !== null) counts[reading] += 1;
  return counts;
}

/** The rows that read as one of `shown`; all of them where nothing is chosen. */
export const readingAs = <Row extends { readonly reading: PersonReading | null }>(
  rows: readonly Row[],
  shown: readonly PersonReading[],
): Row[] => rows.filter(({ reading }) => shown.length === 0 || (reading !== null && shown.includes(reading)));

/** What a target is called: what is to be made up says so, since it goes by the name of what was missed. */
export const targetTitle = ({
  name,
  makesUp,
}: {
  readonly name: Bilingual;
  readonly makesUp: object | null;
}): Bilingual =>
  makesUp === null ? name : { zh: `补足${name.zh}`, en: `To make up: ${name.en === '' ? name.zh : name.en}` };

/** The least of each way in which a target can be met yet; none where whatever is learnt would no longer count for it. */
export const waysLeft = <Missing>({
  least,
}: {
  readonly least: readonly (readonly Missing[])[];
}): (readonly Missing[])[] => least.filter((missing) => missing.length > 0);
