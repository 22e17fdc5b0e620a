import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  evaluate,
  evaluateFacts,
  periodHolding,
  settleAll,
  type Activity,
  type Cap,
  type CountedEntry,
  type CreditPerson,
  type LedgerView,
  type Regulation,
} from '@cadre/domain/credit';
import { activitiesOf, dayAfter, peopleOf } from './testing/random-facts';
import { demo2026, publishedRegulations } from '.';

const all = [['demo', demo2026] as const, ...Object.entries(publishedRegulations)];
const RUNS = { numRuns: 12 };

const endOf = (regulation: Regulation): string => dayAfter(regulation.effective.from, 1500);
const entriesOf = (
  activities: readonly Activity[],
  regulation: Regulation,
  person: CreditPerson,
): LedgerView[] =>
  settleAll(activities, regulation, person).entries.map((entry) => ({
    ...entry,
    id: `${entry.source.id}/${entry.line}`,
  }));
const withoutIds = (entries: readonly LedgerView[]): LedgerView[] =>
  entries.map(({ id: _id, ...entry }) => entry);

/** What a limit by number leaves in each of its periods and for each value of its facts. */
function sumsUnder(cap: Cap, counted: readonly CountedEntry[], regulation: Regulation): number[] {
  const sums = new Map<string, number>();
  for (const { entry, counted: amount } of counted) {
    const { measure, part, kind, rule, where } = cap.counts;
    const among = (value: string, wanted: string | string[] | undefined): boolean =>
      wanted === undefined || [wanted].flat().includes(value);
    const isMeant =
      amount > 0 &&
      where === undefined &&
      (measure === undefined || measure === entry.measure) &&
      among(entry.part, part) &&
      among(entry.kind, kind) &&
      among(entry.rule, rule);
    if (!isMeant) continue;
    const each = [cap.each ?? []].flat().map((fact) => {
      if (fact === 'kind' || fact === 'part' || fact === 'rule') return entry[fact];
      return fact === 'source' ? entry.source.id : (entry.about[fact] ?? entry.line);
    });
    const key = JSON.stringify([periodOf(cap.per, entry.occurredOn, regulation), ...each]);
    sums.set(key, (sums.get(key) ?? 0) + amount);
  }
  return [...sums.values()];
}

function periodOf(per: string | undefined, date: string, regulation: Regulation): string | undefined {
  if (per === undefined) return '';
  if (per === 'day') return date;
  if (per === 'month') return date.slice(0, 7);
  const cycle = regulation.cycles?.[per];
  return cycle && periodHolding(cycle, date)?.from;
}

const isChosen = (cap: Cap, regulation: Regulation): boolean =>
  Object.entries(cap.if ?? {}).every(([id, option]) => regulation.settings?.[id]?.chosen === option);

describe.each(all)('whatever happens, under %s', (_number, regulation) => {
  const known = fc.tuple(activitiesOf(regulation), peopleOf(regulation));
  const end = endOf(regulation);

  it('the order of facts does not matter', () => {
    const shuffled = known.chain(([list, person]) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), fc.constant(person)),
    );
    fc.assert(
      fc.property(shuffled, ([list, other, person]) => {
        const result = (activities: Activity[]): unknown =>
          evaluateFacts({ asOf: end, person, activities }, regulation);
        expect(JSON.stringify(result(other))).toBe(JSON.stringify(result(list)));
      }),
      RUNS,
    );
  });

  it('no limit is exceeded, and what is cut and what counts add up', () => {
    fc.assert(
      fc.property(known, ([list, person]) => {
        const { counted } = evaluate(entriesOf(list, regulation, person), regulation, person, end);
        for (const { entry, counted: amount, cuts } of counted) {
          expect(amount + cuts.reduce((sum, cut) => sum + cut.cut, 0)).toBe(entry.amount);
          if (entry.amount > 0) expect(amount).toBeGreaterThanOrEqual(0);
          else expect(cuts).toEqual([]);
        }
        for (const cap of regulation.caps ?? []) {
          if (typeof cap.atMost !== 'number' || cap.groups !== undefined || !isChosen(cap, regulation))
            continue;
          const limit = cap.atMost * 10_000;
          for (const sum of sumsUnder(cap, counted, regulation)) expect(sum).toBeLessThanOrEqual(limit);
        }
      }),
      RUNS,
    );
  });

  it('doing more never counts for less, unless something is deducted', () => {
    fc.assert(
      fc.property(known, ([list, person]) => {
        const entries = entriesOf(list, regulation, person);
        fc.pre(entries.every((entry) => entry.amount > 0));
        const total = (some: readonly LedgerView[]): number =>
          evaluate(some, regulation, person, end).counted.reduce((sum, { counted }) => sum + counted, 0);
        const first = list[0]?.id;
        expect(total(entries)).toBeGreaterThanOrEqual(
          total(entries.filter((entry) => entry.source.id !== first)),
        );
      }),
      RUNS,
    );
  });

  it('what is spread adds up to what was earned', () => {
    fc.assert(
      fc.property(known, ([list, person]) => {
        const { settlements } = settleAll(list, regulation, person);
        for (const { entries, explanations } of settlements) {
          for (const { line, measure, amount } of explanations) {
            const shares = entries.filter(
              (entry) =>
                entry.measure === measure && (entry.line === line || entry.line.startsWith(`${line}/`)),
            );
            expect(shares.reduce((sum, share) => sum + share.amount, 0)).toBe(amount);
          }
        }
      }),
      RUNS,
    );
  });

  it('as of a day equals what was recorded until then', () => {
    const onDay = fc.tuple(known, fc.integer({ min: 0, max: 1200 }));
    fc.assert(
      fc.property(onDay, ([[list, person], days]) => {
        const asOf = dayAfter(regulation.effective.from, days);
        const result = (activities: Activity[]): string =>
          JSON.stringify(evaluateFacts({ asOf, person, activities }, regulation));
        expect(result(list)).toBe(result(list.filter((value) => (value.recordedOn ?? '') <= asOf)));
      }),
      RUNS,
    );
  });

  it('two merged records equal the one that was never split', () => {
    fc.assert(
      fc.property(known, fc.integer({ min: 0, max: 12 }), ([list, person], at) => {
        const merged = [list.slice(at), list.slice(0, at)].flatMap((part) =>
          entriesOf(part, regulation, person),
        );
        expect(evaluate(withoutIds(merged), regulation, person, end)).toEqual(
          evaluate(withoutIds(entriesOf(list, regulation, person)), regulation, person, end),
        );
      }),
      RUNS,
    );
  });

  it('a reversal restores what was before', () => {
    fc.assert(
      fc.property(known, fc.nat(), ([list, person], pick) => {
        const entries = entriesOf(list, regulation, person);
        const reversed = entries[pick % Math.max(1, entries.length)];
        fc.pre(reversed?.id !== undefined);
        const reversal = { ...reversed, id: 'reversal', amount: -reversed.amount, reverses: reversed.id };
        expect(evaluate([...entries, reversal], regulation, person, end)).toEqual(
          evaluate(
            entries.filter((entry) => entry !== reversed),
            regulation,
            person,
            end,
          ),
        );
      }),
      RUNS,
    );
  });
});
