import { isOutsideCycles, isOutsideTargets, type Evaluation } from '../evaluation/evaluate';
import type { TeamResult } from '../evaluation/teams';
import type { FactsFile, FactsResult } from '../reading/facts';
import type { CountedEntry } from '../evaluation/limits';
import { formatAmount, type Units } from '../value/measure';
import type { Missing } from '../evaluation/requirement';
import type { TargetResult } from '../evaluation/target-result';

/** The result of `credits:evaluate` as JSON: the same as in code, with amounts as decimal texts and one list of entries per person. */
export interface FactsReport {
  readonly asOf: string;
  readonly regulation: { readonly id: string; readonly version: number };
  readonly teams?: readonly unknown[];
  readonly earlierTeams?: readonly unknown[];
  /** What follows from the results of teams; what follows from a person's stands with the person. */
  readonly flags?: readonly unknown[];
  readonly people: readonly unknown[];
}

export function reportOf(facts: FactsFile, result: FactsResult): FactsReport {
  const evaluations = result.group
    ? result.group.members
    : result.evaluation && !('people' in facts)
      ? [{ person: facts.person.id, evaluation: result.evaluation }]
      : [];
  const [first] = evaluations;
  return {
    asOf: facts.asOf,
    regulation: first?.evaluation.regulation ?? { id: '', version: 0 },
    ...(result.group
      ? {
          teams: result.group.teams.map(reportTeam),
          earlierTeams: result.group.earlierTeams.map(reportTeam),
          flags: result.group.flags,
        }
      : {}),
    people: evaluations.map(({ person, evaluation }) => ({
      person,
      ...reportEvaluation(evaluation),
      ...reportSettlements(result.settlements.filter((settlement) => settlement.person === person)),
    })),
  };
}

const reportTeam = ({ amount, ...team }: TeamResult): unknown => ({ ...team, amount: formatAmount(amount) });

function reportEvaluation(evaluation: Evaluation): object {
  const decimal = <Row extends { amount: Units }>({ amount, ...row }: Row): object => ({
    ...row,
    amount: formatAmount(amount),
  });
  return {
    targets: evaluation.targets.map(reportTarget),
    earlier: evaluation.earlier.map(reportTarget),
    notCovered: evaluation.notCovered,
    totals: evaluation.totals.map(decimal),
    ratings: evaluation.ratings.map(decimal),
    flags: evaluation.flags,
    carryOver: evaluation.carries.map(decimal),
    sums: evaluation.sums.map(decimal),
    entries: evaluation.counted.map((one) => ({
      ...reportEntry(one),
      ...(isOutsideCycles(one.entry, evaluation) && { outsideCycles: true }),
      ...(isOutsideTargets(one.entry, evaluation) && { outsideTargets: true }),
    })),
  };
}

function reportTarget(result: TargetResult): object {
  const { alternatives, shortfall, least, running, usedToMakeUp, ...rest } = result;
  const missing = (lists: readonly (readonly Missing[])[]): object[][] =>
    lists.map((list) => list.map((item) => ({ ...item, amount: formatAmount(item.amount) })));
  const leaves = new Map(alternatives.flat().map((leaf) => [leaf.leaf, leaf]));
  return {
    ...rest,
    ...(usedToMakeUp && {
      usedToMakeUp: {
        ...usedToMakeUp,
        amounts: usedToMakeUp.amounts.map(({ earned, ...leaf }) => ({
          ...leaf,
          amount: formatAmount(earned),
        })),
      },
    }),
    amounts: [...leaves.values()].map(({ required, earned, carried, short, ...leaf }) => ({
      ...leaf,
      required: formatAmount(required),
      earned: formatAmount(earned),
      carried: formatAmount(carried),
      short: formatAmount(short),
    })),
    alternatives: alternatives.map((leavesOfOne) => leavesOfOne.map((leaf) => leaf.leaf)),
    shortfall: missing(shortfall),
    least: missing(least),
    running: running.map((sum) => ({ ...sum, amount: formatAmount(sum.amount) })),
  };
}

function reportEntry({ entry, counted, cuts, cutsInCycle = [] }: CountedEntry): object {
  return {
    ...entry,
    amount: formatAmount(entry.amount),
    counted: formatAmount(counted),
    cuts: [...cuts, ...cutsInCycle].map(({ limit, used, cut, ...rest }) => ({
      ...rest,
      limit: formatAmount(limit),
      used: formatAmount(used),
      cut: formatAmount(cut),
    })),
  };
}

function reportSettlements(settlements: FactsResult['settlements']): object {
  return {
    refusals: settlements.flatMap((settlement) => settlement.refusals),
    explanations: settlements.flatMap((settlement) =>
      settlement.explanations.map(({ amount, ...rest }) => ({ ...rest, amount: formatAmount(amount) })),
    ),
  };
}
