import { Exact, greater, lesser } from '../value/exact';
import { cyclesBetween, isInCycle, type CycleRef } from '../person/cycles';
import { listOf } from '../regulation/earning-schema';
import type { PersonFactKey } from '../regulation/fact-names';
import { constant, sayFraction } from '../value/measure';
import type { Circumstance } from '../person/person';
import { circumstancesFor, judge, touches, type Judgement, type Setting } from './occasion';
import type { PersonEvaluation } from './person-evaluation';
import {
  inProportion,
  proportionOf,
  proportionResults,
  type Proportion,
  type ProportionResult,
} from './proportion';
import { leavesAsked, statedOf, type Adjust } from './requirement';
import { isChosen } from '../settlement/settle';
import { EACH_CIRCUMSTANCE, type Relief, type Target } from '../regulation/target-schema';
import { roundTo } from '../settlement/worth';

/** An amount before and after it was rounded, as exact texts ("56/3", "19"). */
export interface Rounded {
  readonly leaf: string;
  readonly exact: string;
  readonly result: string;
}

/** A change of a target for this person: exempt, a factor, an amount less, a lower number, or in proportion to months. */
export interface ReliefResult {
  readonly clause: string;
  readonly effect: 'exempt' | 'times' | 'less' | 'to' | ProportionResult['effect'];
  /** The factor or amount, or what proportion did. */
  readonly by: string;
  /** The amounts it is for, by their names in results, where the regulation names them. */
  readonly amounts?: readonly string[];
  /** What rounding made of which amount. */
  readonly rounded?: readonly Rounded[];
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
  const groups = evaluation.groupsOn(evaluation.decisionDay(cycle, target));
  const asked = leavesAsked(target.needs, evaluation.regulation, groups);
  const rounded = roundedIn(target, { share, granted, asked, groups }, evaluation);
  const isOfPerson = ({ relief: { amounts } }: (typeof granted)[number]): boolean =>
    amounts === undefined || listOf(amounts).some((leaf) => asked.has(leaf));
  // To whom is exempt nothing else happens, nor by what lowers an amount that is not asked of the person.
  const told = exempting.length > 0 ? exempting : granted.filter(isOfPerson);
  const results = told.map((one): ReliefResult => {
    const { relief, setting } = one;
    const { period, circumstances } = setting;
    const touching = circumstances
      .filter((spell) => touches(spell, period))
      .map(({ kind, from, to }) => ({ kind, from, ...(to === undefined ? {} : { to }) }));
    return {
      ...resultOf(relief),
      ...rounded(one),
      when: relief.when,
      ...(relief.amounts === undefined ? {} : { amounts: listOf(relief.amounts) }),
      ...(touching.length === 0 ? {} : { circumstances: touching }),
      ...(period === cycle ? {} : { period: period.label }),
    };
  });
  if (share)
    results.unshift(
      ...proportionResults(share, target, asked, evaluation.regulation).map((one) => ({
        ...one,
        ...rounded(share),
      })),
    );
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

interface Lowering {
  readonly share: Proportion | undefined;
  readonly granted: readonly Judged[];
  readonly asked: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

/** What rounding made of the amounts that are asked: by proportion, unless its result tells it, and by each relief. */
function roundedIn(
  target: Target,
  { share, granted, asked, groups }: Lowering,
  { regulation }: PersonEvaluation,
): (by: Proportion | Judged) => Pick<ReliefResult, 'rounded'> {
  const found = new Map<Proportion | Judged, Rounded[]>();
  const note = (by: Proportion | Judged, leaf: string, exact: Exact, result: Exact): void => {
    if (exact.equals(result)) return;
    const one = { leaf, exact: sayFraction(exact), result: sayFraction(result) };
    found.set(by, [...(found.get(by) ?? []), one]);
  };
  const isRounded = share?.rule.round !== undefined || granted.some(({ relief }) => relief.round);
  for (const leaf of isRounded ? asked : []) {
    const isMeant = ({ amounts }: Pick<Relief, 'amounts'>): boolean =>
      amounts === undefined || listOf(amounts).includes(leaf);
    let value = statedOf(target.needs, leaf, { groups, regulation })?.stated;
    if (!value) continue;
    if (share && isMeant(share.rule)) {
      const due = inProportion(value, leaf, share, target, regulation);
      if (!share.rule.acrossGroups)
        note(share, leaf, value.mul(Exact.ratio(share.covered.length, share.all)), due);
      value = due;
    }
    const lowering = granted.filter(({ relief }) => isMeant(relief));
    for (const [index, one] of lowering.entries()) {
      const next = lowering[index + 1];
      const lower: Exact = lowered(value, one.relief);
      value = next?.relief === one.relief ? lower : rounded(lower, one.relief);
      note(one, leaf, lower, value);
    }
  }
  return (by) => {
    const all = found.get(by);
    return all ? { rounded: all } : {};
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
