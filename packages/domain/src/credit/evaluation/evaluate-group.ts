import { Exact, greater, lesser } from '../value/exact';
import type { CivilDate } from '../../core';
import { withinBounds, type Bounds } from '../regulation/condition';
import { isInCycle, type CycleRef } from '../person/cycles';
import { resultsOf, type Evaluation } from './evaluate';
import { listOf } from '../regulation/earning-schema';
import { constant, floorUnits, type Units } from '../value/measure';
import type { CreditPerson } from '../person/person';
import { PersonEvaluation } from './person-evaluation';
import type { Regulation } from '../regulation/regulation-schema';
import { isChosen } from '../settlement/settle';
import type { LedgerView } from './standing';
import type { TeamRule } from '../regulation/target-schema';
import type { TargetResult } from './target-result';
import { roundTo } from '../settlement/worth';

export interface GroupMember {
  readonly person: CreditPerson;
  readonly entries: readonly LedgerView[];
}

/** A result about a group's people in one cycle. */
export interface TeamResult {
  readonly team: string;
  readonly name: string;
  readonly clause: string;
  readonly cycle: CycleRef;
  /** The cycle was over on the day of evaluation. */
  readonly final: boolean;
  /** How many people it is about. */
  readonly members: number;
  readonly amount: Units;
  readonly flags: readonly { readonly flag: string; readonly says: string; readonly clause: string }[];
}

export interface GroupEvaluation {
  readonly asOf: CivilDate;
  readonly regulation: { readonly id: string; readonly version: number };
  readonly teams: readonly TeamResult[];
  readonly members: readonly { readonly person: string; readonly evaluation: Evaluation }[];
}

/** Evaluates each person of a group, and the results that a regulation draws about the group as a whole. */
export function evaluateGroup(
  members: readonly GroupMember[],
  regulation: Regulation,
  asOf: CivilDate,
): GroupEvaluation {
  const people = [...members]
    .sort((a, b) => (a.person.id < b.person.id ? -1 : 1))
    .map(({ person, entries }) => {
      const basis = PersonEvaluation.of(entries, regulation, person, asOf);
      return { person: person.id, basis, evaluation: resultsOf(basis) };
    });
  const rules = (regulation.teams ?? []).filter((rule) => isChosen(rule.if, regulation));
  return {
    asOf,
    regulation: { id: regulation.id, version: regulation.version },
    teams: teamResults(rules, people),
    members: people.map(({ person, evaluation }) => ({ person, evaluation })),
  };
}

interface Member {
  readonly basis: PersonEvaluation;
  readonly evaluation: Evaluation;
}

/** In the order of the regulation, so that a result may add up those before it. */
function teamResults(rules: readonly TeamRule[], people: readonly Member[]): TeamResult[] {
  const amounts: Amounts = new Map();
  return rules.flatMap((rule) => teamResult(rule, people, amounts) ?? []);
}

/** What results came to; undefined where there was nobody to take a mean or share of. */
type Amounts = Map<string, Exact | undefined>;

/** The result in the cycle that holds the day of evaluation; nobody in the group, no result. */
function teamResult(rule: TeamRule, people: readonly Member[], results: Amounts): TeamResult | undefined {
  const inCycle = people.flatMap((member) => {
    const cycle = member.basis
      .cyclesOf(rule.cycle)
      .find((candidate) => isInCycle(member.basis.asOf, candidate));
    if (!cycle) return [];
    const day = decisionDay(rule, member, cycle);
    const belongs = day !== undefined && member.basis.isCovered(day, rule.groups);
    return belongs && !(rule.withoutExempt && isExempt(rule, member)) ? [{ ...member, cycle }] : [];
  });
  const terms = rule.add
    ? rule.add.map((term) => termAmount(term, results))
    : inCycle.map((member) => memberAmount(rule, member));
  const amount = amountOf(rule, terms);
  results.set(rule.id, amount);
  const [first] = inCycle;
  if (!first || !amount) return undefined;
  const final = first.cycle.to <= first.basis.decidedThrough;
  const holds = ({ team, ...bounds }: { readonly team: string } & Bounds): boolean => {
    const other = results.get(team);
    return other !== undefined && withinBounds(other, bounds);
  };
  const flags = (rule.flags ?? []).filter(
    (flag) => final && withinBounds(amount, flag) && (flag.when ?? []).every(holds),
  );
  return {
    team: rule.id,
    name: rule.name,
    clause: rule.clause,
    cycle: first.cycle,
    final,
    members: inCycle.length,
    amount: floorUnits(amount),
    flags: flags.map(({ flag, says, clause }) => ({ flag, says, clause })),
  };
}

/** The day that decides whether a result is about a person; undefined where it is about a target that does not apply. */
function decisionDay(rule: TeamRule, member: Member, cycle: CycleRef): CivilDate | undefined {
  if (rule.target === undefined) return member.basis.decisionDay(cycle);
  const result = resultFor(rule, member);
  const target = member.basis.regulation.targets?.find(({ id }) => id === result?.target);
  return result && member.basis.decisionDay(result.cycle, target);
}

/** A result before this one by its factor: 0 under a reading that has none, undefined where it could not be taken. */
function termAmount(
  { team, times }: NonNullable<TeamRule['add']>[number],
  results: Amounts,
): Exact | undefined {
  const amount = results.has(team) ? results.get(team) : Exact.ZERO;
  return amount?.mul(constant(times ?? 1));
}

/** The result of its terms; undefined where one is missing, or a mean or share would be of nobody. */
function amountOf(rule: TeamRule, terms: readonly (Exact | undefined)[]): Exact | undefined {
  const isMean = rule.take === 'mean' || rule.take === 'share';
  if (isMean && terms.length === 0) return undefined;
  let sum = Exact.ZERO;
  for (const term of terms) {
    if (!term) return undefined;
    sum = sum.add(term);
  }
  return adjusted(rule, isMean ? sum.div(Exact.of(terms.length)) : sum);
}

const resultFor = (rule: TeamRule, member: Member): TargetResult | undefined =>
  member.evaluation.targets.find((target) => listOf(rule.target).includes(target.target) && !target.makesUp);

const isExempt = (rule: TeamRule, member: Member): boolean => resultFor(rule, member)?.state === 'exempt';

/** A person's amount, or 1 for somebody in the wanted state and 0 for everybody else. */
function memberAmount(rule: TeamRule, member: Member & { readonly cycle: CycleRef }): Exact {
  if (rule.quantity) return member.basis.quantity(rule.quantity, member.cycle);
  const result = resultFor(rule, member);
  return Exact.of(result?.state === rule.is ? 1 : 0);
}

function adjusted(rule: TeamRule, taken: Exact): Exact {
  let value = taken.mul(constant(rule.times ?? 1)).add(constant(rule.start ?? 0));
  if (rule.round) value = roundTo(value, constant(rule.round.to), rule.round.mode);
  if (rule.atMost !== undefined) value = lesser(value, constant(rule.atMost));
  return rule.atLeast === undefined ? value : greater(value, constant(rule.atLeast));
}
