import type { Regulation } from '../regulation/regulation-schema';
import { isEarnedBy } from '../settlement/selection';
import { oncePer } from '../value/once-per';
import { waysOf } from './earning-ways';
import { OF_WAYS } from './limit-room';
import { limitsOf, type Limit } from './limit-rules';

/** All limits, those of single cycles after those that hold everywhere. */
export const allLimits = oncePer((regulation: Regulation): readonly Limit[] => {
  const { everywhere, inCycles } = limitsOf(regulation);
  return [...everywhere, ...[...inCycles.values()].flat()];
});

/**
 * The limits by items whose places one activity has instead of another, whatever it is about: those of the highest, and
 * those of the first where other limits hold some of them. Only by trying it shows which serve best.
 */
export const contestedLimits = oncePer((regulation: Regulation): readonly Limit[] => {
  const all = allLimits(regulation);
  return all.filter((limit) => {
    const { items, each } = limit;
    if (!items || !each.every((fact) => OF_WAYS.includes(fact))) return false;
    const ways = waysOf(limit.cap.counts, regulation);
    const crosses = (other: Limit): boolean =>
      other !== limit && ways.some((way) => isEarnedBy(way, other.cap.counts));
    return 'highest' in items || all.some(crosses);
  });
});
