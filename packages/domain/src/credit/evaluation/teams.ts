import { Exact, greater, lesser } from '../value/exact';
import type { CivilDate } from '../../core';
import { withinBounds, type Bounds } from '../regulation/condition';
import { byEnd, isInCycle, type CycleRef } from '../person/cycles';
import type { Evaluation } from './evaluate';
import { listOf } from '../regulation/earning-schema';
import { constant, floorUnits, type Units } from '../value/measure';
import type { PersonEvaluation } from './person-evaluation';
import type { Regulation } from '../regulation/regulation-schema';
import { isChosen } from '../settlement/settle';
import type { TeamRule } from '../regulation/target-schema';
import { isMadeUpSince, type TargetResult } from './target-result';
import { roundTo } from '../settlement/worth';

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

/** Somebody of the group, with what the results about the person alone came to. */
export interface Member {
  readonly basis: PersonEvaluation;
  readonly evaluation: Evaluation;
}

interface InCycle extends Member {
  readonly cycle: CycleRef;
}

/**
 * The results about a group's people: of each rule in each cycle that any of them was in, in order of time. Of cycles that
 * each person has of their own, only those in which the day of evaluation lies, taken together.
 */
export function teamResults(regulation: Regulation, people: readonly Member[]): TeamResult[] {
  const reached: Reached = new Map();
  const rules = (regulation.teams ?? []).filter((rule) => isChosen(rule.if, regulation));
  return rules.flatMap((rule) => {
    const inCycles = cyclesOf(rule, people).map((members) => resultIn(rule, members, reached));
    reached.set(rule.id, inCycles);
    return inCycles.flatMap(({ result }) => result ?? []);
  });
}

/** What a rule came to in a cycle; the amount is undefined where there was nobody to take a mean or share of. */
interface Outcome {
  readonly cycle: CycleRef;
  readonly amount: Exact | undefined;
  readonly result?: TeamResult;
}

/** By the rule, in the order of the regulation, so that a rule may build on those before it. */
type Reached = Map<string, readonly Outcome[]>;

/** Whoever was in a cycle of the rule, cycle by cycle. */
function cyclesOf(rule: TeamRule, people: readonly Member[]): (readonly [InCycle, ...InCycle[]])[] {
  const cycles = new Map<string, [InCycle, ...InCycle[]]>();
  for (const member of people) {
    const { asOf, regulation } = member.basis;
    const isOwn = 'around' in (regulation.cycles?.[rule.cycle] ?? {});
    for (const cycle of member.basis.cyclesOf(rule.cycle)) {
      if (isOwn && !isInCycle(asOf, cycle)) continue;
      const key = isOwn ? '' : cycle.from;
      const known = cycles.get(key);
      if (known) known.push({ ...member, cycle });
      else cycles.set(key, [{ ...member, cycle }]);
    }
  }
  return [...cycles.values()].sort(([a], [b]) => byEnd(a, b));
}

function resultIn(rule: TeamRule, inCycle: readonly [InCycle, ...InCycle[]], reached: Reached): Outcome {
  const [{ cycle, basis }] = inCycle;
  const members = inCycle.filter((member) => isMeant(rule, member));
  const day = lastDay(cycle, basis);
  const terms = rule.add
    ? rule.add.map((term) => termAmount(term, day, reached))
    : members.map((member) => memberAmount(rule, member));
  const amount = amountOf(rule, terms);
  if (members.length === 0 || !amount) return { cycle, amount };
  const final = cycle.to <= basis.decidedThrough;
  const holds = ({ team, ...bounds }: { readonly team: string } & Bounds): boolean => {
    const other = amountOn(day, reached.get(team));
    return other !== undefined && withinBounds(other, bounds);
  };
  const flags = (rule.flags ?? []).filter(
    (flag) => final && withinBounds(amount, flag) && (flag.when ?? []).every(holds),
  );
  const { id: team, name, clause } = rule;
  const result = {
    team,
    name,
    clause,
    cycle,
    final,
    members: members.length,
    amount: floorUnits(amount),
    flags: flags.map(({ flag, says, clause: by }) => ({ flag, says, clause: by })),
  };
  return { cycle, amount, result };
}

const lastDay = ({ to }: CycleRef, { asOf }: PersonEvaluation): CivilDate => (to < asOf ? to : asOf);

/** Whether a result is about a person: in service and in the group, or with the target that it is about. */
function isMeant(rule: TeamRule, member: InCycle): boolean {
  const { basis, cycle } = member;
  const result = resultFor(rule, member);
  if (rule.target !== undefined && !result) return false;
  if (rule.withoutExempt && result?.state === 'exempt') return false;
  const target = basis.regulation.targets?.find(({ id }) => id === result?.target);
  return basis.isCovered(basis.decisionDay(result?.cycle ?? cycle, target), rule.groups);
}

/** The target that a result is about, as it stands for a person at the end of a cycle. */
function resultFor({ target }: TeamRule, { basis, evaluation, cycle }: InCycle): TargetResult | undefined {
  const day = lastDay(cycle, basis);
  return [...evaluation.targets, ...evaluation.earlier].find(
    (result) => listOf(target).includes(result.target) && !result.makesUp && isInCycle(day, result.cycle),
  );
}

/** What a rule came to in its cycle that holds a day. */
const amountOn = (day: CivilDate, outcomes: readonly Outcome[] | undefined): Exact | undefined =>
  outcomes?.find(({ cycle }) => isInCycle(day, cycle))?.amount;

/** A result before this one, held against another and by its factor; undefined where one of them could not be taken. */
function termAmount(
  { team, over, times }: NonNullable<TeamRule['add']>[number],
  day: CivilDate,
  reached: Reached,
): Exact | undefined {
  // Under a reading that has no such result it is 0.
  const on = (id: string): Exact | undefined =>
    reached.has(id) ? amountOn(day, reached.get(id)) : Exact.ZERO;
  const amount = on(team)?.mul(constant(times ?? 1));
  if (over === undefined || !amount) return amount;
  const whole = on(over);
  return whole && whole.n !== 0 ? amount.div(whole) : undefined;
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

/** A person's amount, what is asked of the person, or 1 for somebody in the wanted state and 0 for everybody else. */
function memberAmount(rule: TeamRule, member: InCycle): Exact {
  if (rule.quantity) return member.basis.quantity(rule.quantity, member.cycle);
  if (rule.asked) return member.basis.requiredOf(rule.asked, member.cycle) ?? Exact.ZERO;
  const { evaluation } = member;
  const result = resultFor(rule, member);
  const isSo = (is: string): boolean =>
    result !== undefined &&
    (result.state === is ||
      (is === 'made-up' && isMadeUpSince(result, [...evaluation.earlier, ...evaluation.targets])));
  return Exact.of(listOf(rule.is).some(isSo) ? 1 : 0);
}

function adjusted(rule: TeamRule, taken: Exact): Exact {
  let value = taken.mul(constant(rule.times ?? 1)).add(constant(rule.start ?? 0));
  if (rule.round) value = roundTo(value, constant(rule.round.to), rule.round.mode);
  if (rule.atMost !== undefined) value = lesser(value, constant(rule.atMost));
  return rule.atLeast === undefined ? value : greater(value, constant(rule.atLeast));
}
