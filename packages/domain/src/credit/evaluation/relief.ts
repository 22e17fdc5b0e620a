import { Exact, greater, lesser } from '../value/exact';
import { cyclesBetween, isInCycle, type CycleRef } from '../person/cycles';
import { listOf } from '../regulation/earning-schema';
import type { PersonFactKey } from '../regulation/fact-names';
import { constant, sayFraction } from '../value/measure';
import type { Circumstance } from '../person/person';
import { circumstancesFor, judge, touches, type Judgement, type Setting } from './occasion';
import type { PersonEvaluation } from './person-evaluation';
import { inProportion, proportionOf, proportionResults, type ProportionResult } from './proportion';
import { leavesAsked, type Adjust } from './requirement';
import { isChosen } from '../settlement/settle';
import { EACH_CIRCUMSTANCE, type Relief, type Target } from '../regulation/target-schema';
import { roundTo } from '../settlement/worth';

/** A change of a target for this person: exempt, a factor, an amount less, a lower number, or in proportion to months. */
export interface ReliefResult {
  readonly clause: string;
  readonly effect: 'exempt' | 'times' | 'less' | 'to' | ProportionResult['effect'];
  /** The factor or amount, or what proportion did. */
  readonly by: string;
  /** The amounts it is for, by their names in results, where the regulation names them. */
  readonly amounts?: readonly string[];
  /** The period inside the cycle for which it is granted, where each is judged by itself. */
  readonly period?: string;
  /** The condition that is met, of a relief. */
  readonly when?: Relief['when'];
  /** The circumstances that it was granted for, as they are recorded: one where each is judged by itself. */
  readonly circumstances?: readonly Pick<Circumstance, 'kind' | 'from' | 'to'>[];
}

/**
 * A relief, or a group, that hangs on facts of the person that are not recorded. Until they are, a condition on them counts
 * as not met; `taken` is what follows from that.
 */
export interface NotRecorded {
  readonly decides: 'relief' | 'group';
  readonly clause: string;
  readonly facts: readonly PersonFactKey[];
  readonly taken: boolean;
}

export interface Adjustment {
  readonly exempt: boolean;
  /** What of it is taken to be so without a record; nothing where the person is exempt anyway. */
  readonly notRecorded: readonly NotRecorded[];
  readonly reliefs: readonly ReliefResult[];
  readonly adjust: Adjust;
}

/** What proportion does to a target in one cycle, and then reliefs in the order of the regulation. */
export function adjustmentOf(target: Target, cycle: CycleRef, evaluation: PersonEvaluation): Adjustment {
  const judged: Judged[] = [];
  for (const relief of target.relief ?? []) {
    if (!isChosen(relief.if, evaluation.regulation)) continue;
    for (const setting of settingsOf(relief, cycle, evaluation))
      judged.push({ relief, setting, ...judge(relief.when, target, setting, evaluation) });
  }
  const granted = judged.filter((one) => one.granted);
  const reliefs = granted.map(({ relief }) => relief);
  const exempting = granted.filter(({ relief }) => relief.exempt);
  const isExempt = judged.some(
    (one) => one.relief.exempt === true && one.granted && one.lacking.length === 0,
  );
  const share = target.prorate && proportionOf(target.prorate, target, cycle, evaluation);
  const asked = leavesAsked(
    target.needs,
    evaluation.regulation,
    evaluation.groupsOn(evaluation.decisionDay(cycle, target)),
  );
  const isOfPerson = ({ relief: { amounts } }: (typeof granted)[number]): boolean =>
    amounts === undefined || listOf(amounts).some((leaf) => asked.has(leaf));
  // To whom is exempt nothing else happens, nor by what lowers an amount that is not asked of the person.
  const told = exempting.length > 0 ? exempting : granted.filter(isOfPerson);
  const results = told.map(({ relief, setting: { period, circumstances } }): ReliefResult => {
    const touching = circumstances
      .filter((one) => touches(one, period))
      .map(({ kind, from, to }) => ({ kind, from, ...(to === undefined ? {} : { to }) }));
    return {
      ...resultOf(relief),
      when: relief.when,
      ...(relief.amounts === undefined ? {} : { amounts: listOf(relief.amounts) }),
      ...(touching.length === 0 ? {} : { circumstances: touching }),
      ...(period === cycle ? {} : { period: period.label }),
    };
  });
  if (share) results.unshift(...proportionResults(share, target, asked, evaluation.regulation));
  return {
    exempt: exempting.length > 0,
    notRecorded: judged
      .filter(({ lacking }) => lacking.length > 0 && !isExempt)
      .map(({ relief: { clause }, granted: taken, lacking: facts }) => ({
        decides: 'relief',
        clause,
        facts,
        taken,
      })),
    reliefs: results,
    adjust: (required, leaf, of) => {
      // What is not to be exceeded stays as it is unless it is named.
      const isMeant = ({ amounts }: Pick<Relief, 'amounts'>): boolean =>
        amounts === undefined ? of === 'amount' : listOf(amounts).includes(leaf);
      if (of === 'share')
        return loweredBy(
          reliefs.filter((relief) => changesShare(relief, leaf)),
          required,
        );
      const due =
        share && isMeant(share.rule)
          ? inProportion(required, leaf, share, target, evaluation.regulation)
          : required;
      return loweredBy(reliefs.filter(isMeant), due);
    },
  };
}

/**
 * Whether a relief changes a required share: it takes the share of what is then required, so a factor lowers the share
 * itself only where it names it, or is 0.
 */
export const changesShare = ({ amounts, times }: Relief, leaf: string): boolean =>
  times !== undefined && (amounts === undefined ? constant(times).n === 0 : listOf(amounts).includes(leaf));

function resultOf(relief: Relief): ReliefResult {
  const { clause, exempt, times, to, less = 0 } = relief;
  if (exempt) return { clause, effect: 'exempt', by: '' };
  if (times !== undefined) return { clause, effect: 'times', by: sayFraction(constant(times)) };
  return to === undefined
    ? { clause, effect: 'less', by: sayFraction(constant(less)) }
    : { clause, effect: 'to', by: sayFraction(constant(to)) };
}

/** What reliefs leave of a number, in order; one that is granted several times rounds after the last of them. */
const loweredBy = (reliefs: readonly Relief[], value: Exact): Exact =>
  reliefs.reduce((all, relief, index) => {
    const lower = lowered(all, relief);
    return relief === reliefs[index + 1] ? lower : rounded(lower, relief);
  }, value);

function lowered(value: Exact, relief: Relief): Exact {
  const to = relief.to === undefined ? value : lesser(value, constant(relief.to));
  return greater(Exact.ZERO, to.mul(constant(relief.times ?? 1)).sub(constant(relief.less ?? 0)));
}

const rounded = (value: Exact, { round }: Relief): Exact =>
  round ? roundTo(value, constant(round.to), round.mode) : value;

/** The cycle, each period of another one that ends in it, or each circumstance of the cycle by itself. */
function settingsOf({ per, when }: Relief, cycle: CycleRef, evaluation: PersonEvaluation): Setting[] {
  const { regulation, person } = evaluation;
  const circumstances = circumstancesFor(when, evaluation);
  if (per === undefined) return [{ period: cycle, circumstances }];
  if (per === EACH_CIRCUMSTANCE)
    return circumstances
      .filter((one) => touches(one, cycle))
      .map((one) => ({ period: cycle, circumstances: [one] }));
  return cyclesBetween(per, regulation, person, cycle.from, cycle.to)
    .filter(({ to }) => isInCycle(to, cycle))
    .map((period) => ({ period, circumstances }));
}

interface Judged extends Judgement {
  readonly relief: Relief;
  readonly setting: Setting;
}
