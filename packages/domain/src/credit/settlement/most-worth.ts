import type { Earning, Worth } from '../regulation/earning-schema';
import type { Regulation } from '../regulation/regulation-schema';
import { Exact, greater, lesser } from '../value/exact';
import { constant, floorUnits, type ExactNumber, type Units } from '../value/measure';
import { oncePer } from '../value/once-per';
import type { Supposed } from './selection';
import { roundTo } from './worth';

/** The most that one activity may earn in a way; undefined where nothing bounds it, as by the hour. */
export const mostWorthOf = oncePer((regulation: Regulation) =>
  oncePer(({ rule, measure, part }: Supposed['way']): Units | undefined => {
    const earnings = regulation.earn.find(({ id }) => id === rule)?.earns ?? [];
    const most = earnings.filter((one) => one.measure === measure && (one.part ?? '') === part).map(mostOf);
    return most.includes(undefined) ? undefined : floorUnits(most.reduce(sum, Exact.ZERO));
  }),
);

const sum = (all: Exact, one: Exact | undefined): Exact => (one ? all.add(one) : all);

function mostOf(worth: Worth | Earning): Exact | undefined {
  const { times = [], round, itemAtMost, itemAtLeast } = worth;
  let most = baseOf(worth);
  // Factors apply where their conditions hold, which may be nowhere.
  for (const { by } of times) most = most?.mul(greater(Exact.ONE, constant(by)));
  if (most && round) most = roundTo(most, constant(round.to), round.mode);
  if (itemAtMost !== undefined) most = most ? lesser(most, constant(itemAtMost)) : constant(itemAtMost);
  return most && itemAtLeast !== undefined ? greater(most, constant(itemAtLeast)) : most;
}

/** What stands in bands or a table; nothing where there is neither. */
export const choicesOf = ({ bands, values, otherwise }: Worth): readonly (ExactNumber | Worth)[] =>
  (bands ?? (values ? [...Object.values(values), otherwise] : [])).filter((one) => one !== undefined);

/** Of bands and tables the greatest, of which each has its own bound. */
function baseOf(worth: Worth): Exact | undefined {
  const { flat, sliced } = worth;
  if (flat !== undefined) return constant(flat);
  if (sliced) return undefined;
  const most = choicesOf(worth).map((one) => (typeof one === 'object' ? mostOf(one) : constant(one)));
  return most.length === 0 || most.includes(undefined)
    ? undefined
    : most.reduce<Exact>((a, b) => (b ? greater(a, b) : a), Exact.ZERO);
}
