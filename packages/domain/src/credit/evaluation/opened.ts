import type { CycleRef } from '../person/cycles';
import { floorUnits, type Units } from '../value/measure';
import type { Regulation } from '../regulation/regulation-schema';
import type { Quantity, Target } from '../regulation/target-schema';
import { isSelected, quantityOf } from '../settlement/selection';
import { isChosen, type CreditEntry } from '../settlement/settle';
import { attemptsAfterPromotions } from './make-up';
import type { PersonEvaluation } from './person-evaluation';
import { leafId, requirementsFor } from './requirement';
import type { Tally } from './tally';
import type { TargetResult } from './target-result';

/** How much of an entry counts in a sum. */
export interface Counting {
  readonly entry: CreditEntry;
  readonly amount: Units;
}

/** An amount of a target opened to the entries that count for it. */
export interface OpenedAmount {
  readonly leaf: string;
  readonly counting: readonly Counting[];
  /** Taken over from earlier cycles, beside what the entries bring. */
  readonly carried: Units;
  /** False where it is reckoned from what the entries bring (a total, the largest of several) and not just their sum. */
  readonly isSum: boolean;
}

/** The amounts of a target in one of its cycles, or of what is made up of one, each once by its name. */
export function openedAmounts(result: TargetResult, evaluation: PersonEvaluation): OpenedAmount[] {
  const { regulation } = evaluation;
  const { cycle, makesUp } = result;
  const target = regulation.targets?.find(({ id }) => id === result.target);
  const tally = target && (makesUp ? tallyOfMakingUp(target, result, evaluation) : evaluation.tally);
  if (!tally) return [];
  const groups = evaluation.groupsOn(evaluation.decisionDay(makesUp?.cycle ?? cycle, target));
  const asked = requirementsFor(target.needs, { regulation, groups });
  return [...new Map(asked.map((requirement) => [leafId(requirement), requirement]))].map(
    ([leaf, requirement]) => ({
      leaf,
      counting: countingIn(cycle, tally, (entry) => isCounted(entry, requirement, regulation)),
      carried: tally.carried(requirement, cycle),
      isSum: (requirement.total ?? requirement.largest) === undefined,
    }),
  );
}

/** Everything that counts in a cycle, in order of time. */
export const countingOfCycle = (cycle: CycleRef, { tally }: PersonEvaluation): Counting[] =>
  countingIn(cycle, tally, () => true);

const countingIn = (cycle: CycleRef, tally: Tally, isMeant: (entry: CreditEntry) => boolean): Counting[] =>
  tally
    .entriesIn(cycle)
    .filter(({ entry }) => isMeant(entry))
    .map((one) => ({ entry: one.entry, amount: floorUnits(tally.amountOf([one], cycle.id)) }))
    .filter(({ amount }) => amount !== 0);

/** Whether an entry goes into a quantity, in a total by any of its terms. */
function isCounted(entry: CreditEntry, quantity: Quantity, regulation: Regulation): boolean {
  const total = quantity.total === undefined ? undefined : regulation.totals?.[quantity.total];
  return total
    ? total.add.some(
        (term) => isChosen(term.if, regulation) && isCounted(entry, quantityOf(term, total), regulation),
      )
    : isSelected(entry, quantity);
}

/** What was added up while a cycle was made up: before what is used for that was taken off. */
const tallyOfMakingUp = (
  target: Target,
  { cycle, makesUp }: TargetResult,
  evaluation: PersonEvaluation,
): Tally | undefined =>
  makesUp?.after === 'cycle'
    ? evaluation.madeUp.find((one) => one.target === target && one.missed.from === makesUp.cycle.from)?.tally
    : attemptsAfterPromotions(target, evaluation).find(({ result }) => result.cycle.from === cycle.from)
        ?.missed.tally;
