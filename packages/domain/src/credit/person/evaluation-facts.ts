import type { Condition } from '../regulation/condition';
import { listOf } from '../regulation/earning-schema';
import { oncePer } from '../value/once-per';
import type { Regulation } from '../regulation/regulation-schema';

/** What every entry has of itself, besides the facts kept with it. */
export const ENTRY_PROPERTIES: readonly string[] = ['kind', 'part', 'rule', 'source'];

/** The facts by which a regulation's limits, totals and requirements tell entries apart; a settlement keeps them with the entry. */
export const evaluationFacts = oncePer((regulation: Regulation): readonly string[] => {
  const facts = new Set<string>();
  const { caps = [], totals = {}, carryOver = [], targets = [], ratings = [], teams = [] } = regulation;
  for (const { each, atMost } of caps) {
    for (const fact of listOf(each)) facts.add(fact);
    if (typeof atMost === 'object' && 'items' in atMost && atMost.items !== undefined)
      facts.add(atMost.items);
  }
  walk([caps, totals, carryOver, targets, ratings, teams], facts);
  return [...facts].filter((fact) => !ENTRY_PROPERTIES.includes(fact)).sort();
});

/** Facts of conditions on entries (`where`) and of `largest`, wherever they stand. Person conditions are under other names. */
function walk(value: unknown, facts: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'where') addFactsOf(inner as Condition, facts);
    else if (key === 'largest' && typeof inner === 'string') facts.add(inner);
    else walk(inner, facts);
  }
}

function addFactsOf(condition: Condition, facts: Set<string>): void {
  for (const [fact, wanted] of Object.entries(condition)) {
    if (fact === 'anyOf') (wanted as readonly Condition[]).forEach((inner) => addFactsOf(inner, facts));
    else if (fact === 'not') addFactsOf(wanted as Condition, facts);
    else facts.add(fact);
  }
}
