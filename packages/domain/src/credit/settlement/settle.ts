import type { CivilDate } from '../../core';
import { Exact } from '../value/exact';
import { ActivityFacts, lastDayOf, trainingDaysOf, type Activity, type Source } from '../person/activity';
import { addMonths } from '../value/calendar';
import { holds, testCondition, type FactTest } from '../regulation/condition';
import {
  listOf,
  type EarnRule,
  type Earning,
  type Names,
  type Qualified,
} from '../regulation/earning-schema';
import { toUnits, type Units } from '../value/measure';
import { groupsOn, groupsUndecidedBy, type CreditPerson } from '../person/person';
import { evaluationFacts } from '../person/evaluation-facts';
import { oncePer } from '../value/once-per';
import type { Regulation } from '../regulation/regulation-schema';
import type { Explanation, Step } from './steps';
import { isNoWorth, worthOf, type NoWorth } from './worth';

/** One amount that a source earned under a regulation: what the ledger keeps. */
export interface CreditEntry {
  readonly source: Source;
  /** Unique inside a source and regulation version: activity, rule, and the day when the amount is spread. */
  readonly line: string;
  readonly regulation: { readonly id: string; readonly version: number };
  readonly rule: string;
  readonly clause: string;
  readonly kind: string;
  /** '' in a regulation without parts. */
  readonly part: string;
  readonly measure: string;
  /** Whole ten-thousandths of the measure; negative for a deduction. */
  readonly amount: Units;
  readonly occurredOn: CivilDate;
  /** The facts by which this regulation's limits and totals tell entries apart. */
  readonly about: Readonly<Record<string, string>>;
}

export type RefusalReason =
  | 'kind-not-covered'
  | 'no-rule-fits'
  | 'not-in-group'
  | 'not-in-force'
  | 'condition-not-met'
  | NoWorth['reason'];

/** Why an activity, or one rule for it, earned nothing (不计入原因). */
export interface Refusal {
  readonly source: Source;
  readonly activity: string;
  readonly occurredOn: CivilDate;
  readonly kind: string;
  readonly reason: RefusalReason;
  readonly rule?: string;
  readonly clause?: string;
  /** The comparisons that decided, with what was found and what was wanted. */
  readonly needs: readonly FactTest[];
  /** The author's name for what follows, such as a dismissal from the class. */
  readonly outcome?: string;
}

export interface Settlement {
  readonly entries: readonly CreditEntry[];
  readonly refusals: readonly Refusal[];
  readonly explanations: readonly Explanation[];
}

/**
 * Values the activities of one source by themselves; whatever spans sources (limits, highest-only, carry-over) is
 * `evaluate`'s. Every activity ends in entries, in a refusal, or in an explanation with amount 0.
 * Activities of different sources are a programming error.
 */
export function settle(
  activities: readonly Activity[],
  regulation: Regulation,
  person: CreditPerson,
): Settlement {
  const [first] = activities;
  if (
    activities.some(
      (other) => other.source.kind !== first?.source.kind || other.source.id !== first.source.id,
    )
  ) {
    throw new TypeError('settle values one source at a time');
  }
  const entries: CreditEntry[] = [];
  const refusals: Refusal[] = [];
  const explanations: Explanation[] = [];
  for (const activity of [...activities].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    new ActivitySettlement(activity, regulation, person, { entries, refusals, explanations }).run();
  }
  return { entries, refusals, explanations };
}

/** The activity that earned an amount, by whatever rule and on whatever day: its line without these. */
export function activityOf({ source, line }: Pick<CreditEntry, 'source' | 'line'>): string {
  const end = line.lastIndexOf('/');
  const isDay = line.indexOf('-', end) > end;
  const activity = line.slice(0, Math.max(0, isDay ? line.lastIndexOf('/', end - 1) : end));
  return `${source.kind} ${source.id} ${activity}`;
}

/** The line of an amount without the day of its piece. */
export const wholeLine = (line: string): string => line.replace(/\/\d{4}-\d{2}-\d{2}$/, '');

/** Whether a rule applies on a date: its dates, the chosen settings, and the person's groups. */
export function whyNotApplicable(
  rule: Partial<Qualified>,
  regulation: Regulation,
  date: CivilDate,
  groupsOf: () => ReadonlySet<string>,
): 'not-in-force' | 'not-in-group' | 'other-setting' | undefined {
  if (!isChosen(rule.if, regulation)) return 'other-setting';
  const { from, to } = rule.inForce ?? {};
  if ((from !== undefined && date < from) || (to !== undefined && date > to)) return 'not-in-force';
  return isInGroups(rule.groups, groupsOf) ? undefined : 'not-in-group';
}

/** Whether a person belongs to one of the groups; a rule without groups is for everybody. */
export function isInGroups(groups: Names | undefined, groupsOf: () => ReadonlySet<string>): boolean {
  if (groups === undefined) return true;
  const own = groupsOf();
  return typeof groups === 'string' ? own.has(groups) : groups.some((group) => own.has(group));
}

/** Whether the settings on which a rule depends are chosen so. */
export function isChosen(
  wanted: Readonly<Record<string, string>> | undefined,
  regulation: Regulation,
): boolean {
  return (
    wanted === undefined ||
    Object.entries(wanted).every(([setting, option]) => regulation.settings?.[setting]?.chosen === option)
  );
}

/** The rules about each kind of activity, in the order of the regulation. */
const rulesByKind = oncePer(({ earn }: Regulation): ReadonlyMap<string, readonly EarnRule[]> => {
  const kinds = new Set(earn.flatMap((rule) => listOf(rule.kinds)));
  return new Map([...kinds].map((kind) => [kind, earn.filter((rule) => listOf(rule.kinds).includes(kind))]));
});

interface Ledger {
  readonly entries: CreditEntry[];
  readonly refusals: Refusal[];
  readonly explanations: Explanation[];
}

type RefusedBy = Pick<Refusal, 'rule' | 'clause' | 'outcome'>;

/** What a table or scale has no place for, with the measure that it would have valued. */
interface Unlisted {
  readonly measure: string;
  readonly refusal: Refusal;
}

/** The fact by whose value a table or scale had a place for an activity; null for any other step. */
const placedBy = (step: Step): string | null =>
  step.kind === 'table' || step.kind === 'band' || step.kind === 'slice' ? step.fact : null;

class ActivitySettlement {
  readonly #activity: Activity;
  readonly #regulation: Regulation;
  readonly #person: CreditPerson;
  readonly #out: Ledger;
  readonly #facts: ActivityFacts;
  readonly #day: CivilDate;
  #groupsOfDay: ReadonlySet<string> | undefined;
  /** What one table or scale has no place for, which is no refusal where another has. */
  readonly #unlisted: Unlisted[] = [];

  constructor(activity: Activity, regulation: Regulation, person: CreditPerson, out: Ledger) {
    this.#activity = activity;
    this.#regulation = regulation;
    this.#person = person;
    this.#out = out;
    this.#facts = new ActivityFacts(activity, regulation);
    this.#day = lastDayOf(activity);
  }

  run(): void {
    const { effective } = this.#regulation;
    if (this.#day < effective.from || (effective.to !== undefined && this.#day > effective.to)) {
      return this.#refuse('not-in-force', []);
    }
    const ofKind = rulesByKind(this.#regulation).get(this.#activity.kind) ?? [];
    if (ofKind.length === 0) return this.#refuse('kind-not-covered', []);
    const applicable = ofKind.filter((rule) => this.#obstacle(rule) === undefined);
    if (applicable.length === 0) {
      const foreign = ofKind.filter((rule) => this.#obstacle(rule) === 'not-in-group');
      const reason = foreign.length > 0 ? 'not-in-group' : 'not-in-force';
      const needs = foreign.flatMap(({ groups }) => this.#lackingFor(groups));
      return this.#refuse(reason, needs, ofKind[0] && { rule: ofKind[0].id, clause: ofKind[0].clause });
    }
    const fitting = applicable.filter((rule) => !rule.where || holds(rule.where, this.#facts));
    if (fitting.length === 0) return this.#refuseAllWheres(applicable);
    for (const rule of fitting) this.#settleRule(rule);
    for (const one of this.#unlisted) if (!this.#isListed(one)) this.#out.refusals.push(one.refusal);
  }

  /** Whether another has a place for it: whatever values the same measure, or, in the same rule, a table or scale of the same fact. */
  #isListed({ measure, refusal: { rule, needs } }: Unlisted): boolean {
    const [test] = needs;
    return this.#out.explanations.some(
      (one) =>
        one.activity === this.#activity.id &&
        (one.measure === measure ||
          (one.rule === rule && one.steps.some((step) => placedBy(step) === test?.fact))),
    );
  }

  #obstacle(rule: EarnRule): ReturnType<typeof whyNotApplicable> {
    return whyNotApplicable(rule, this.#regulation, this.#day, () => this.#groups());
  }

  #groups(): ReadonlySet<string> {
    this.#groupsOfDay ??= groupsOn(this.#person, this.#day, this.#regulation);
    return this.#groupsOfDay;
  }

  /** The facts of the person that it takes to know the group of a rule, and that are not recorded. */
  #lackingFor(groups: Names | undefined): FactTest[] {
    return groupsUndecidedBy(groups, this.#person, this.#day, this.#regulation).map((fact) => ({
      fact,
      met: false,
    }));
  }

  #refuseAllWheres(rules: readonly EarnRule[]): void {
    const tests = rules.flatMap((rule) => (rule.where ? testCondition(rule.where, this.#facts).tests : []));
    const [rule] = rules;
    this.#refuse(
      'no-rule-fits',
      tests.filter((test) => !test.met),
      rules.length === 1 && rule ? { rule: rule.id, clause: rule.clause } : undefined,
    );
  }

  #settleRule(rule: EarnRule): void {
    const passed: Step[] = [];
    for (const gate of rule.gates ?? []) {
      if (!isChosen(gate.if, this.#regulation)) continue;
      if (gate.where && !holds(gate.where, this.#facts)) continue;
      const { met, tests } = testCondition(gate.must, this.#facts);
      if (!met) {
        const failed = tests.filter((test) => !test.met);
        const unknown = failed.length > 0 && failed.every((test) => test.actual === undefined);
        this.#refuse(unknown ? 'fact-missing' : 'condition-not-met', failed, {
          rule: rule.id,
          clause: gate.clause,
          ...(gate.outcome === undefined || unknown ? {} : { outcome: gate.outcome }),
        });
        return;
      }
      passed.push({ kind: 'gate', clause: gate.clause, tests });
    }
    rule.earns.forEach((earning, index) => this.#settleEarning(rule, earning, index, passed));
  }

  #settleEarning(rule: EarnRule, earning: Earning, index: number, passed: readonly Step[]): void {
    const result = worthOf(earning, this.#facts);
    if (isNoWorth(result)) {
      const refusal = this.#refusal(result.reason, result.needs, { rule: rule.id, clause: rule.clause });
      if (result.reason === 'fact-missing') this.#out.refusals.push(refusal);
      else this.#unlisted.push({ measure: earning.measure, refusal });
      return;
    }
    const line = `${this.#activity.id}/${this.#regulation.earn.indexOf(rule)}.${index}`;
    const amount = toUnits(result.value);
    const shares = this.#sharesOf(rule, amount);
    const steps: Step[] = [...passed, ...result.steps];
    if (rule.spread && shares.length > 1)
      steps.push({ kind: 'spread', over: rule.spread.over, shares: shares.length });
    const { id, clause } = rule;
    const { measure, part = '' } = earning;
    // Written out rather than spread: this runs for every activity, and copying properties would be most of its cost.
    this.#out.explanations.push({
      line,
      activity: this.#activity.id,
      rule: id,
      clause,
      measure,
      part,
      amount,
      steps,
    });
    for (const share of shares) {
      if (share.amount === 0) continue;
      this.#out.entries.push({
        source: this.#activity.source,
        line: shares.length > 1 ? `${line}/${share.on}` : line,
        regulation: { id: this.#regulation.id, version: this.#regulation.version },
        rule: id,
        clause,
        measure,
        part,
        kind: this.#activity.kind,
        amount: share.amount,
        occurredOn: share.on,
        about: this.#about(),
      });
    }
  }

  /** The amount on its day, or in shares that differ by at most a ten-thousandth and add up to it. */
  #sharesOf(rule: EarnRule, amount: Units): { on: CivilDate; amount: Units }[] {
    const days = this.#spreadDays(rule);
    const share = Math.trunc(amount / days.length);
    const rest = amount - share * days.length;
    return days.map((on, index) => ({
      on,
      amount: share + (index >= days.length - Math.abs(rest) ? Math.sign(rest) : 0),
    }));
  }

  #spreadDays(rule: EarnRule): CivilDate[] {
    if (rule.spread?.over === 'days') return trainingDaysOf(this.#activity);
    if (rule.spread?.over === 'years') {
      return Array.from({ length: rule.spread.years }, (_, year) => addMonths(this.#day, 12 * year));
    }
    return [this.#day];
  }

  #about(): Record<string, string> {
    const about: Record<string, string> = {};
    for (const fact of evaluationFacts(this.#regulation)) {
      const value = this.#facts.value(fact);
      if (value !== undefined) about[fact] = value instanceof Exact ? value.toString() : String(value);
    }
    return about;
  }

  #refuse(reason: RefusalReason, needs: readonly FactTest[], where?: RefusedBy): void {
    this.#out.refusals.push(this.#refusal(reason, needs, where));
  }

  #refusal(reason: RefusalReason, needs: readonly FactTest[], where?: RefusedBy): Refusal {
    const { source, id, kind } = this.#activity;
    return { source, activity: id, occurredOn: this.#day, kind, reason, needs, ...where };
  }
}
