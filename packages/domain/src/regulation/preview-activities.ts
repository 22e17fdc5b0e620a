import type { Bilingual, CivilDate } from '../core';
import { lastDayOf, sayCut, sayRefusal, type Units } from '../credit';
import type { Reckoning, Reckonings } from './reckoning';

/** What an activity comes to under one regulation: amounts that count, and why not more. */
export interface ActivityOutcome {
  readonly earned: readonly {
    readonly measure: string;
    readonly amount: Units;
    readonly counted: Units;
  }[];
  readonly why: readonly { readonly clause: string; readonly says: Bilingual }[];
}

/** One recorded activity in two regulations; `before` is null where nothing has governed the person so far. */
export interface ActivityComparison {
  readonly on: CivilDate;
  readonly title: string;
  readonly differs: boolean;
  readonly before: ActivityOutcome | null;
  readonly after: ActivityOutcome;
}

/** Every activity of a person under both regulations, newest first. */
export function compareActivities({ before, after }: Reckonings): ActivityComparison[] {
  return after.settled
    .map(({ activity, title }, index): ActivityComparison => {
      const was = before && outcomeOf(before, index);
      const is = outcomeOf(after, index);
      const differs = was === null || JSON.stringify(was) !== JSON.stringify(is);
      return { on: lastDayOf(activity), title, differs, before: was, after: is };
    })
    .sort((one, other) => (one.on > other.on ? -1 : one.on < other.on ? 1 : 0));
}

function outcomeOf(reckoning: Reckoning, index: number): ActivityOutcome {
  const { rules, settled } = reckoning;
  const { activity, entries, refusals } = settled[index]!;
  const earned = new Map<string, { measure: string; amount: Units; counted: Units }>();
  const why: { clause: string; says: Bilingual }[] = refusals.map((refusal) => ({
    clause: refusal.clause ?? '',
    says: {
      zh: sayRefusal(refusal, rules, 'zh', activity),
      en: sayRefusal(refusal, rules, 'en', activity),
    },
  }));
  for (const entry of entries) {
    const { counted = 0, cuts = [] } = reckoning.countedOf(entry) ?? {};
    const measure = rules.measures[entry.measure] ?? entry.measure;
    const known = earned.get(measure) ?? { measure, amount: 0, counted: 0 };
    earned.set(measure, {
      measure,
      amount: known.amount + entry.amount,
      counted: known.counted + counted,
    });
    for (const cut of cuts)
      why.push({
        clause: cut.clause,
        says: {
          zh: sayCut(cut, entry.measure, rules, 'zh'),
          en: sayCut(cut, entry.measure, rules, 'en'),
        },
      });
  }
  return { earned: [...earned.values()], why };
}
