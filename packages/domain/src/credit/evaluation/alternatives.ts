import type { Regulation } from '../regulation/regulation-schema';
import { waysCounting } from './earning-ways';
import type { Missing, RequirementResult } from './requirement';

/**
 * The least of each alternative without those that ask for all that another one asks, and more: who need only learn four
 * hours need not read that four hours and a certificate would do as well. Only where that is certain.
 */
export function worthNaming(
  { least, leaves }: Pick<RequirementResult, 'least' | 'leaves'>,
  regulation: Regulation,
): RequirementResult['least'] {
  if (least.length < 2) return least;
  const requirements = new Map(leaves.map(({ result, requirement }) => [result.leaf, requirement]));
  /** Whether whatever counts for the one amount counts for the other as well. */
  const isWithin = (one: string, other: string): boolean => {
    if (one === other) return true;
    const [narrow, wide] = [requirements.get(one), requirements.get(other)];
    // A total may count for less, and what meets a condition, or is of one value, is less than all of it.
    if (!narrow || !wide || [narrow, wide].some(({ total }) => total !== undefined)) return false;
    if (wide.where !== undefined || wide.largest !== undefined) return false;
    const [ways, all] = [narrow, wide].map(waysCounting(regulation));
    return ways !== undefined && all !== undefined && ways.size > 0 && [...ways].every((way) => all.has(way));
  };
  const isPartOf = (one: Missing, other: Missing): boolean =>
    one.measure === other.measure &&
    (other.one === undefined || one.leaf === other.leaf) &&
    [other.leaf, ...(other.with ?? [])].every((wanted) =>
      [one.leaf, ...(one.with ?? [])].some((named) => isWithin(named, wanted)),
    );
  const asksAll = (one: readonly Missing[], other: readonly Missing[]): boolean => {
    const left = new Map(one.map((named) => [named, named.amount]));
    return other.every((wanted) => {
      let lacks = wanted.amount;
      for (const [named, amount] of left) {
        if (!isPartOf(named, wanted)) continue;
        const taken = Math.min(amount, lacks);
        left.set(named, amount - taken);
        lacks -= taken;
      }
      return lacks === 0;
    });
  };
  return least.filter(
    (one, index) =>
      one.length === 0 ||
      !least.some(
        (other, at) =>
          at !== index && other.length > 0 && asksAll(one, other) && (at < index || !asksAll(other, one)),
      ),
  );
}
