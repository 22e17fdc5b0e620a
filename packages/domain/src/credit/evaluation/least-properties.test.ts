import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../core';
import type { Activity } from '../person/activity';
import type { Regulation } from '../regulation/regulation-schema';
import { settleAll } from '../reading/facts';
import { activity, anyone, sample } from '../testing/sample';
import { datesBetween } from '../value/calendar';
import { isShareOf } from './limit-rules';
import { PersonEvaluation } from './person-evaluation';
import type { TargetResult } from './target-result';
import { targetResults } from './targets';

/** In the last days of the year a week, a month from the 29th on and what a month looks back on begin or end. */
const END = '2024-12-31';
const KINDS = ['class', 'talk', 'visit'] as const;
const cycles = {
  year: { from: '2020-01-01', months: 12 },
  from29: { from: '2020-01-29', months: 1 },
  last: { lastMonths: 1 },
};
const pick = <Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const counts = pick<object>({}, { kind: 'talk' }, { kind: ['talk', 'visit'] });
const limit = fc
  .record({
    counts,
    per: pick('day', 'week', 'month', 'quarter', 'from29', 'year', 'last', undefined),
    each: pick(undefined, undefined, 'kind', 'subject'),
    atMost: fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 1, max: 9 }) },
      { weight: 1, arbitrary: pick<object>({ first: 1 }, { first: 2 }, { highest: 1 }, { highest: 2 }) },
      { weight: 1, arbitrary: pick<object>({ share: '1/2', of: {} }, { share: '1/3', of: {} }) },
    ),
  })
  .filter(({ per, atMost, each }) => {
    const isShare = typeof atMost === 'object' && 'share' in atMost;
    const isHighest = typeof atMost === 'object' && 'highest' in atMost;
    return (
      !(per === 'last' && (isShare || isHighest)) && !(isShare && (each !== undefined || per !== 'year'))
    );
  })
  .map(({ each, per, ...rest }) => ({ clause: '一', ...rest, ...(per && { per }), ...(each && { each }) }))
  // A share of all of all is none.
  .map((cap) =>
    typeof cap.atMost === 'object' && 'share' in cap.atMost ? { ...cap, counts: { kind: 'talk' } } : cap,
  );
const quantity = pick<object>({}, { kind: 'talk' }, { kind: ['talk', 'visit'] }, { kind: ['class', 'talk'] });
const needs = fc
  .tuple(quantity, fc.integer({ min: 1, max: 20 }))
  .map(([one, atLeast]) => ({ id: 'a', ...one, atLeast }));
const done = fc.array(
  fc.record({
    kind: pick(...KINDS),
    occurredOn: fc.nat(34).map((day) => addDays('2024-12-27', -day)),
    classHours: fc.integer({ min: 1, max: 8 }),
    subject: pick('甲', '乙'),
  }),
  { maxLength: 4 },
);

interface Standing {
  readonly regulation: Regulation;
  readonly before: readonly Activity[];
  readonly asOf: string;
}
const standing = fc
  .record({
    caps: fc.array(limit, { minLength: 1, maxLength: 2 }),
    needs,
    done,
    asOf: pick('2024-12-27', '2024-12-28', '2024-12-30'),
    flat: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined, freq: 4 }),
  })
  .map(({ caps, needs: asked, done: list, asOf, flat }): Standing => ({
    asOf,
    before: list.map((facts) => activity(facts)),
    regulation: sample({
      kinds: { class: '培训', talk: '讲座', visit: '参观' },
      cycles,
      caps,
      earn: KINDS.map((kind) => ({
        id: kind,
        clause: '一',
        kinds: kind,
        earns: [
          { measure: 'hours', rate: 1, of: 'classHours', ...(flat !== undefined && { itemAtMost: flat }) },
        ],
      })),
      targets: [{ id: 't', name: '任务', clause: '一', cycle: 'year', needs: asked }],
    }),
  }));

const resultOf = ({ regulation, before, asOf }: Standing, more: readonly Activity[] = []): TargetResult => {
  const { entries } = settleAll([...before, ...more], regulation, anyone);
  const isPlanned = more.length === 0;
  const evaluation = PersonEvaluation.of(entries, regulation, anyone, isPlanned ? asOf : END);
  // Without the least, which costs most, once something was done.
  const { current } = targetResults(evaluation, isPlanned ? undefined : { from: END, to: END });
  const [result] = current;
  if (!result) throw new Error('no target');
  return result;
};
const earnedOf = (result: TargetResult): number => (result.alternatives[0]?.[0]?.earned ?? 0) / 10_000;

/** Activities of so many hours, each about something new. */
const of = (kind: string, occurredOn: string, classHours: number): Activity => {
  const one = activity({ kind, occurredOn, classHours });
  return { ...one, subject: one.id };
};

/** What comes of so many hours where they lie on days on which they count, the larger first, by kinds in some order. */
function spread(here: Standing, kinds: readonly string[], hours: number): TargetResult {
  const added: Activity[] = [];
  let left = hours;
  let result = resultOf(here);
  const days = datesBetween(here.asOf, END);
  const [{ earns: [worth] = [] } = {}] = here.regulation.earn;
  const largest = Number(worth?.itemAtMost ?? 9);
  for (const kind of kinds)
    for (let some = Math.min(left, largest); some > 0; some = Math.min(left, some)) {
      const counting = days
        .map((day) => [...added, of(kind, day, some)])
        .find((more) => earnedOf(resultOf(here, more)) >= earnedOf(result) + some);
      if (!counting) {
        some -= 1;
        continue;
      }
      added.splice(0, added.length, ...counting);
      result = resultOf(here, added);
      left -= some;
    }
  return result;
}

/** Where one takes the place of another, less is added than is earned: one such limit by itself is clear. */
const isClear = ({ caps = [], earn }: Regulation): boolean =>
  !caps.some(({ atMost }) => typeof atMost === 'object' && 'highest' in atMost) ||
  (caps.length === 1 && earn.every(({ earns: [worth] }) => worth?.itemAtMost === undefined));

describe('the least under limits', () => {
  it('closes it when it is earned on the days that are best', () => {
    fc.assert(
      fc.property(standing, (here) => {
        const { met, least } = resultOf(here);
        const [[item] = []] = least;
        // Talks alone, that are a share of all, take something else beside them.
        const { caps = [], targets = [] } = here.regulation;
        const isOfShare = caps.some(isShareOf) && targets.some((one) => one.needs.kind === 'talk');
        fc.pre(!met && item !== undefined && !isOfShare && isClear(here.regulation));
        const hours = (item?.amount ?? 0) / 10_000;
        const days = datesBetween(here.asOf, END);
        const atOnce = (some: number): boolean =>
          KINDS.some((kind) => days.some((day) => resultOf(here, [of(kind, day, some)]).met));
        const orders = [KINDS, [...KINDS].reverse(), ['talk', 'class', 'visit']];
        expect(atOnce(hours) || orders.some((kinds) => spread(here, kinds, hours).met)).toBe(true);
        if (hours > 1) expect(atOnce(Number((hours - 1).toFixed(2)))).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it('is nothing only where not even much of everything on every day that is left closes it', () => {
    fc.assert(
      fc.property(standing, pick(1, 3, 60), (here, size) => {
        const { met, least } = resultOf(here);
        fc.pre(!met && least[0]?.length === 0 && isClear(here.regulation));
        const days = datesBetween(here.asOf, END);
        for (const kinds of [KINDS, ['talk'], ['class'], ['visit'], ['talk', 'visit']]) {
          const all = days.flatMap((day) => kinds.map((kind) => of(kind, day, size)));
          expect(resultOf(here, all).met).toBe(false);
        }
        for (const day of days)
          for (const kind of KINDS) expect(resultOf(here, [of(kind, day, size)]).met).toBe(false);
      }),
      { numRuns: 30 },
    );
  });
});
