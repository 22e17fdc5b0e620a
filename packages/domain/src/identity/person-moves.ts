import { z } from 'zod';
import { addDays, bilingual, civilDate, isWithin, type Bilingual, type CivilDate } from '../core';
import { historyAsRecorded, rankOn, type Affiliation, type Person } from './person';
import { findRank } from './rank';

/** What can move a person's targets: another unit, a secondment, another rank, the end of service and its going on. */
export const personMoveKind = z.enum(['transfer', 'secondment', 'rank', 'retirement', 'return']);

/** A dated change in a person's history and what it did to the targets, in words; `changes` says whether it moved any. */
export const personMove = z.object({
  kind: personMoveKind,
  on: civilDate,
  sentence: bilingual,
  changes: z.boolean(),
});
export type PersonMove = z.infer<typeof personMove>;

/**
 * A change from what to what: ids of units, or codes of ranks. A post or grade that leaves the rank as it is has only the
 * side of what begins or ends.
 */
export interface BareMove extends Pick<PersonMove, 'kind' | 'on'> {
  readonly from: string | null;
  readonly to: string | null;
  /** The last day of a secondment that has one. */
  readonly until: CivilDate | null;
  /** The day on which it became known; none where a history of before does not say. */
  readonly known: CivilDate | undefined;
}

/** The units that a move speaks of. */
export const unitsOfMove = ({ kind, from, to }: BareMove): string[] =>
  kind === 'rank' ? [] : [from, to].filter((id) => id !== null);

/** A move in words, with the names of its units, and whether the targets are others since. */
export function sayMove(move: BareMove, units: ReadonlyMap<string, Bilingual>, changes: boolean): PersonMove {
  const nameOf = (code: string | null): Bilingual => {
    if (code === null) return { zh: '', en: '' };
    return (move.kind === 'rank' ? findRank(code)?.name : units.get(code)) ?? { zh: code, en: code };
  };
  const sentence = sentenceOf(move, nameOf(move.from), nameOf(move.to), changes);
  return { kind: move.kind, on: move.on, sentence: withDayKnown(sentence, move), changes };
}

/** What became known only in a later year says when: until then the year it lies in was asked otherwise. */
function withDayKnown({ zh, en }: Bilingual, { on, known }: BareMove): Bilingual {
  if (known === undefined || known.slice(0, 4) <= on.slice(0, 4)) return { zh, en };
  return {
    zh: `${zh.replace(/。$/, '')}（${known} 记录）。`,
    en: `${en.replace(/\.$/, '')} (recorded ${known}).`,
  };
}

function sentenceOf(
  { kind, to: code, until }: BareMove,
  from: Bilingual,
  to: Bilingual,
  changes: boolean,
): Bilingual {
  switch (kind) {
    case 'transfer':
      return {
        zh: `由${from.zh}转到${to.zh}，${changes ? '从这天起按新单位适用的办法计算。' : '任务不变。'}`,
        en: `moved from ${from.en} to ${to.en}; ${changes ? 'from this day the regulation of the new unit applies.' : 'the targets stay as they were.'}`,
      };
    case 'secondment':
      return {
        zh: `借调到${to.zh}${until === null ? '' : `，到 ${until} 为止`}，任务仍按${from.zh}适用的办法计算。`,
        en: `seconded to ${to.en}${until === null ? '' : ` until ${until}`}; the regulation of ${from.en} still applies.`,
      };
    case 'rank':
      return {
        zh: `${code === null ? `不再任${from.zh}` : from.zh === '' ? `任${to.zh}` : `由${from.zh}任${to.zh}`}，${changes ? '从这天起按新的职务职级计算任务。' : '任务不变。'}`,
        en: `${code === null ? `no longer ${from.en}` : from.en === '' ? `now ${to.en}` : `from ${from.en} to ${to.en}`}; ${changes ? 'from this day the targets are those of the new post or grade.' : 'the targets stay as they were.'}`,
      };
    case 'retirement':
      return {
        zh: '退休，从这天起没有任务，以前的记录保留。',
        en: 'retired; no targets from this day, earlier records stay.',
      };
    case 'return':
      return {
        zh: `恢复任职，在${to.zh}，从这天起重新有任务。`,
        en: `in service again, in ${to.en}; targets apply from this day.`,
      };
  }
}

const byStart = (a: Affiliation, b: Affiliation): number => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0);

/** Service that ended with the last day in a home unit. */
const retirementAfter = (end: CivilDate, { unitId, recordedOn, endRecordedOn }: Affiliation): BareMove => ({
  kind: 'retirement',
  on: addDays(end, 1),
  until: null,
  from: unitId,
  to: null,
  known: endRecordedOn ?? recordedOn,
});

/** When it became known that posts and grades are others from a day on: the last of what made it so. */
const rankKnownOn = (
  { posts, grades }: Pick<Person, 'posts' | 'grades'>,
  on: CivilDate,
): CivilDate | undefined =>
  [...posts, ...grades]
    .flatMap(({ from, to, recordedOn, endRecordedOn }) => [
      from === on ? recordedOn : undefined,
      to === addDays(on, -1) ? (endRecordedOn ?? recordedOn) : undefined,
    ])
    .filter((day) => day !== undefined)
    .sort()
    .at(-1);

/** Posts and grades that begin on a day, and those that end with nothing in their place, where the rank stays the same. */
function besideRank(
  { posts, grades }: Pick<Person, 'posts' | 'grades'>,
  on: CivilDate,
): Pick<BareMove, 'from' | 'to'>[] {
  const held = [
    posts.map(({ postLevel, ...row }) => ({ ...row, code: postLevel, title: row.title })),
    grades.map(({ grade, ...row }) => ({ ...row, code: grade, title: '' })),
  ];
  return held.flatMap((rows): Pick<BareMove, 'from' | 'to'>[] => {
    const ended = rows.filter(({ to }) => to === addDays(on, -1));
    const begun = rows.filter(({ from }) => from === on);
    // What goes on as it was has only been recorded anew.
    const fresh = begun.filter(
      ({ code, title }) => !ended.some((old) => old.code === code && old.title === title),
    );
    return begun.length > 0
      ? fresh.map(({ code }) => ({ from: null, to: code }))
      : ended.map(({ code }) => ({ from: code, to: null }));
  });
}

/**
 * The changes in a person's history that were recorded by the end of a day, oldest first. The first unit and the first
 * rank are no change; the last day in the home unit with nothing after it is the end of service.
 */
export function movesOf(person: Person, asOf: CivilDate): BareMove[] {
  const known = historyAsRecorded(person, asOf);
  const homes = known.affiliations.filter(({ kind }) => kind === 'home').sort(byStart);
  const transfers = homes.slice(1).flatMap((home, index): BareMove[] => {
    const before = homes[index];
    const from = before?.unitId ?? null;
    const move = { on: home.from, until: null, from, to: home.unitId, known: home.recordedOn } as const;
    if (before?.to && addDays(before.to, 1) < home.from)
      return [retirementAfter(before.to, before), { ...move, kind: 'return' }];
    // A retirement that was corrected leaves no gap, and moved nothing.
    return from === home.unitId ? [] : [{ ...move, kind: 'transfer' }];
  });
  const secondments = known.affiliations
    .filter(({ kind }) => kind === 'secondment')
    .map((held): BareMove => ({
      kind: 'secondment',
      on: held.from,
      until: held.to,
      from: homes.findLast(({ from }) => from <= held.from)?.unitId ?? null,
      to: held.unitId,
      known: held.recordedOn,
    }));
  const retirements = homes
    .slice(-1)
    .flatMap((home) => (home.to === null ? [] : [retirementAfter(home.to, home)]));
  const ranks = [
    ...new Set(
      [...known.posts, ...known.grades].flatMap(({ from, to }) =>
        [from, to === null ? [] : addDays(to, 1)].flat(),
      ),
    ),
  ]
    .filter((on) => homes.some((home) => isWithin(on, home)))
    .flatMap((on): BareMove[] => {
      const before = rankOn(known, addDays(on, -1))?.code ?? null;
      const after = rankOn(known, on)?.code ?? null;
      const move = { kind: 'rank', on, until: null, known: rankKnownOn(known, on) } as const;
      if (before === null) return [];
      if (before === after) return besideRank(known, on).map((codes) => ({ ...move, ...codes }));
      return [{ ...move, from: before, to: after }];
    });
  return [...transfers, ...secondments, ...ranks, ...retirements].sort((a, b) =>
    a.on < b.on ? -1 : a.on > b.on ? 1 : 0,
  );
}
