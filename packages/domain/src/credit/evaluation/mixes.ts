import { amountsOf, stepOf } from '../settlement/worth-amounts';
import type { Regulation } from '../regulation/regulation-schema';
import type { Units } from '../value/measure';
import type { Way } from './earning-ways';

/** What is earned in each of some ways together. */
export type Mix = readonly { readonly way: Way; readonly amount: Units }[];

/** Of the mixes with one sum, so many are told apart: limits may let one of them count and another not. */
const MIXES = 6;
/** Ways whose amounts would make more sums than this are left out: in steps so fine, one way alone leaves little to spare. */
const WORK = 50_000;

/** What ways can earn together that is at least `from` and below `to`, the least first. */
export function mixesOf(
  ways: readonly Way[],
  { from, to }: { readonly from: Units; readonly to: Units },
  regulation: Regulation,
): Mix[] {
  let found = new Map<Units, readonly Mix[]>([[0, [[]]]]);
  for (const way of ways) {
    const amounts = sumsBelow(to, amountsOf(regulation)(way) ?? [stepOf(way, regulation)]);
    if (amounts.length * found.size > WORK) continue;
    const next = new Map(found);
    for (const [sum, mixes] of found)
      for (const amount of amounts) {
        if (sum + amount >= to) break;
        const more = mixes.map((mix) => [...mix, { way, amount }]);
        next.set(sum + amount, [...(next.get(sum + amount) ?? []), ...more].slice(0, MIXES));
      }
    found = next;
  }
  return [...found]
    .filter(([sum]) => sum >= from)
    .sort(([a], [b]) => a - b)
    .flatMap(([, mixes]) => mixes);
}

/** What several of some amounts add up to below a limit, the least first; nothing where that were too much to list. */
function sumsBelow(limit: Units, amounts: readonly Units[]): Units[] {
  const [smallest = limit] = amounts;
  if (limit / smallest > WORK) return [];
  const sums = new Set([0]);
  for (const sum of sums)
    for (const amount of amounts) if (sum + amount < limit && sums.size <= WORK) sums.add(sum + amount);
  return [...sums].filter((sum) => sum > 0).sort((a, b) => a - b);
}
