import type { Earning, Worth } from '../regulation/earning-schema';
import type { Regulation } from '../regulation/regulation-schema';
import { isAmount } from '../regulation/target-schema';
import { greater, lesser, type Exact } from '../value/exact';
import { ceilUnits, constant, floorUnits, type Units } from '../value/measure';
import { oncePer } from '../value/once-per';
import { choicesOf } from './most-worth';
import { isEarnedBy, type Supposed } from './selection';
import { wayStep } from './worth-check';

type Way = Supposed['way'];

/** Where there are more sums than this below an amount, it is taken to be one of them. */
const SUMS = 5_000;

/** What a single activity may earn in a way, from the least on, where that is one of a few amounts; undefined where it may be any. */
export const amountsOf = oncePer((regulation: Regulation) =>
  oncePer(({ rule, measure, part }: Way): readonly Units[] | undefined => {
    const found = regulation.earn
      .find(({ id }) => id === rule)
      ?.earns.filter((one) => one.measure === measure && (one.part ?? '') === part);
    const [only, ...others] = found ?? [];
    const amounts = only && others.length === 0 ? fixedAmounts(only) : undefined;
    return amounts && [...new Set(amounts.map(floorUnits))].filter((one) => one > 0).sort((a, b) => a - b);
  }),
);

function fixedAmounts(worth: Worth | Earning): Exact[] | undefined {
  const { flat, sliced, times, round, itemAtMost, itemAtLeast } = worth;
  if (sliced || times || round) return undefined;
  const choices = flat === undefined ? choicesOf(worth) : [flat];
  const found = choices.map((one) => (typeof one === 'object' ? fixedAmounts(one) : [constant(one)]));
  if (found.length === 0) return undefined;
  const all: Exact[] = [];
  for (const amounts of found) {
    if (!amounts) return undefined;
    all.push(...amounts);
  }
  const most = itemAtMost === undefined ? all : all.map((one) => lesser(one, constant(itemAtMost)));
  return itemAtLeast === undefined ? most : most.map((one) => greater(one, constant(itemAtLeast)));
}

/** The same, or the step where it may be any; and what limits by amount leave of several: of 4 and 4 in a month, 6. */
const amountsLeft = oncePer((regulation: Regulation) =>
  oncePer((way: Way): readonly Units[] => {
    const limits = (regulation.caps ?? []).flatMap(({ counts, atMost }) =>
      isAmount(atMost) && isEarnedBy(way, counts) ? [floorUnits(constant(atMost))] : [],
    );
    const amounts = amountsOf(regulation)(way) ?? [stepOf(way, regulation)];
    return [...new Set([...amounts, ...limits])].filter((one) => one > 0).sort((a, b) => a - b);
  }),
);

/** The steps in which a way earns, in whole units. */
export const stepOf = (way: Way, regulation: Regulation): Units => ceilUnits(wayStep(way, regulation));

/** The least that activities can bring together in a way and that is not less than an amount. */
export function attainable(amount: Units, way: Way, regulation: Regulation): Units {
  if (amount <= 0) return amount;
  const amounts = amountsLeft(regulation)(way);
  const [smallest = 1] = amounts;
  const step = stepOf(way, regulation);
  const inSteps = Math.ceil(amount / step) * step;
  if (amounts.every((one) => one % smallest === 0)) return Math.ceil(amount / smallest) * smallest;
  const sums = new Set([0]);
  let least: Units | undefined;
  for (const sum of sums) {
    if (sums.size > SUMS) return inSteps;
    for (const one of amounts) {
      const next = sum + one;
      if (next >= amount) least = Math.min(least ?? next, next);
      else sums.add(next);
    }
  }
  return least ?? inSteps;
}
