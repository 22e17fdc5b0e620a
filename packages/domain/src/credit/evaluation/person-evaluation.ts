import type { Exact } from '../value/exact';
import { carryOverEnds, type CarriedAmount, type CarryResult } from './carry-over';
import { cyclesBetween, isInCycle, periodHolding, type CycleRef } from '../person/cycles';
import type { Cut } from './draft';
import { fullLimits, type FullLimit } from './full-limits';
import { isCalendarPeriod, periodLabel } from './limit-periods';
import { hasShares, isShareOf, type LimitTimes } from './limit-rules';
import { applyLimits, type AfterLimits, type CountedEntry } from './limits';
import { addDays, type CivilDate } from '../../core';
import { datesBetween, endOfCalendarPeriod } from '../value/calendar';
import type { Names } from '../regulation/earning-schema';
import {
  groupsMoveDaily,
  groupsOn,
  isInService,
  personAsRecorded,
  turnsOf,
  type CreditPerson,
} from '../person/person';
import { makeUpEnds, type MadeUp, type UsedAmount } from './make-up';
import type { Regulation } from '../regulation/regulation-schema';
import { isInGroups, type CreditEntry } from '../settlement/settle';
import { standingEntries, type LedgerView } from './standing';
import { isDisplaced, mayTake, Supposing } from './supposing';
import { Tally } from './tally';
import { requiredIn, stateIn } from './target-result';
import type { Cap, Quantity, Target, TargetAmount, TargetState } from '../regulation/target-schema';
import type { TotalWorking } from './total-working';
import { usedByCycle, type Used } from './used';

/** What passes from one cycle into others. */
interface Passed {
  readonly carried: CarriedAmount[];
  readonly carries: CarryResult[];
  readonly used: UsedAmount[];
  readonly madeUp: MadeUp[];
}

/** Between which versions one stands. */
interface Succession {
  readonly versionBefore?: PersonEvaluation | undefined;
  readonly isContinued?: boolean;
}

/** What passes at the end of a cycle, once everything has passed that ended before. */
export interface CycleEnd {
  readonly to: CivilDate;
  readonly pass: () => Partial<Passed>;
}

/** What all results about one person on one day share: the entries that stand and count, cycles, groups, carried amounts. */
export class PersonEvaluation {
  readonly person: CreditPerson;
  readonly regulation: Regulation;
  readonly asOf: CivilDate;
  /** Cycles that end by this day are decided: what is not met in them is missed. */
  readonly decidedThrough: CivilDate;
  readonly #standing: readonly CreditEntry[];
  #after: AfterLimits;
  readonly #passed: Passed = { carried: [], carries: [], used: [], madeUp: [] };
  /** The same person on the same day under the version before, by which cycles are judged that ended under it. */
  readonly versionBefore: PersonEvaluation | undefined;
  /** The day after its last one a next version took over, to which its last cycles pass on what they leave. */
  readonly #isContinued: boolean;
  #used: Used = new Map();
  #tally: Tally;
  readonly #since: CivilDate;
  #full: readonly FullLimit[] | undefined;
  /** By the day, or by the number of the turn since which they hold. */
  readonly #groups = new Map<CivilDate | number, ReadonlySet<string>>();
  /** The days on which something in the person's history begins or has ended. */
  readonly #turns: readonly CivilDate[];
  readonly #groupsMoveDaily: boolean;
  readonly #cycles = new Map<string, readonly CycleRef[]>();
  readonly #before = new Map<CivilDate, PersonEvaluation>();
  readonly #openUntil = new Map<CivilDate, CivilDate | undefined>();
  readonly #times: LimitTimes = {
    groupsOf: (cap, date) => this.#groupsForLimit(cap, date),
    periodOf: (id, date) => this.periodOf(id, date),
    openUntil: (date) => this.#endOfOpen(date),
    used: () => this.#used,
    requiredOf: (amount, date) => {
      const cycle = this.#cycleOfTarget(amount.target, date);
      return cycle && this.requiredOf(amount, cycle);
    },
  };

  /** A person as recorded by the end of a day, under a regulation and the versions of it before, the newest first. */
  static of(
    entries: readonly LedgerView[],
    regulation: Regulation,
    person: CreditPerson,
    asOf: CivilDate,
    decidedThrough = asOf,
    before: readonly Regulation[] = [],
  ): PersonEvaluation {
    const known = personAsRecorded(person, asOf);
    const under = (
      rules: Regulation,
      [last, ...older]: readonly Regulation[],
      next?: Regulation,
    ): PersonEvaluation =>
      new PersonEvaluation(standingEntries(entries, rules, known, asOf), rules, known, asOf, decidedThrough, {
        versionBefore: last && under(last, older, rules),
        isContinued:
          rules.effective.to !== undefined && next?.effective.from === addDays(rules.effective.to, 1),
      });
    return under(regulation, before);
  }

  private constructor(
    standing: readonly CreditEntry[],
    regulation: Regulation,
    person: CreditPerson,
    asOf: CivilDate,
    decidedThrough: CivilDate,
    { versionBefore, isContinued = false }: Succession = {},
  ) {
    this.regulation = regulation;
    this.versionBefore = versionBefore;
    this.#isContinued = isContinued;
    this.person = person;
    this.asOf = asOf;
    this.decidedThrough = decidedThrough;
    this.#turns = turnsOf(this.person);
    this.#groupsMoveDaily = groupsMoveDaily(regulation);
    this.#standing = standing;
    this.#since = this.#begin(standing[0]?.occurredOn);
    this.#takeOver();
    this.#after = applyLimits(standing, regulation, this.#times);
    this.#tally = this.#tallied();
    this.#passOn();
  }

  /** What counts after limits, and what has passed so far. */
  #tallied(): Tally {
    const { regulation, asOf, decidedThrough, carried } = this;
    const limits: Parameters<typeof applyLimits> = [this.#standing, regulation, this.#times];
    const isMovable = ({ cap }: Cut): boolean => {
      const rule = regulation.caps?.[cap];
      return rule !== undefined && isShareOf(rule);
    };
    const limitsMove =
      hasShares(regulation) &&
      this.counted.some(({ cuts, cutsInCycle }) => cuts.some(isMovable) || cutsInCycle?.some(isMovable));
    const supposing = new Supposing(asOf, decidedThrough, this.#after, limits);
    return new Tally({
      after: this.#after,
      regulation,
      carried: [...carried],
      used: this.#used,
      periodOf: this.#times.periodOf,
      requiredOf: this.#times.requiredOf,
      served: (per, span) => this.#served(per, span),
      stands: (state, date, tally) => this.#stands(state, date, tally),
      limitsMove: limitsMove || isDisplaced(regulation),
      relimited: limitsMove || mayTake(regulation) ? supposing : undefined,
    });
  }

  /** Takes over what cycles that ended under the version before pass on. */
  #takeOver(): void {
    const before = this.versionBefore;
    if (!before) return;
    const ended = (cycle: Pick<CycleRef, 'to'>): boolean => this.endedBefore(cycle);
    this.#passed.carried.push(...before.carried.filter(({ from, into }) => ended(from) && !ended(into)));
    this.#passed.used.push(...before.used.filter(({ cycle }) => ended(cycle)));
    this.#used = usedByCycle(this.used);
  }

  /** Whether a cycle ended before this version came into force. */
  endedBefore({ to }: Pick<CycleRef, 'to'>): boolean {
    return to < this.regulation.effective.from;
  }

  /** The same at the end of an earlier day: of what is recorded now, what had happened by then. */
  on(day: CivilDate): PersonEvaluation {
    let then = this.#before.get(day);
    if (!then) {
      const standing = this.#standing.filter(({ occurredOn }) => occurredOn <= day);
      then = new PersonEvaluation(standing, this.regulation, this.person, day, day);
      this.#before.set(day, then);
    }
    return then;
  }

  /** The days until the day of evaluation on which something was earned or deducted, each once, in order. */
  daysEarned(): CivilDate[] {
    const days = this.#standing.map(({ occurredOn }) => occurredOn).filter((day) => day <= this.asOf);
    return [...new Set(days)];
  }

  /** Goes through the ends of cycles in order of time, since what passes there depends on what passed before. */
  #passOn(): void {
    const ends = [...carryOverEnds(this), ...makeUpEnds(this)];
    for (const { pass } of ends.sort((a, b) => a.to.localeCompare(b.to))) {
      const { carried = [], carries = [], used = [], madeUp = [] } = pass();
      this.#passed.carried.push(...carried);
      this.#passed.carries.push(...carries);
      this.#passed.used.push(...used);
      this.#passed.madeUp.push(...madeUp);
      if (used.length > 0) this.#use(used);
      else if (carried.length > 0) this.#tally = this.#tally.moving({ carried: [...this.carried] });
    }
  }

  /** What made up an earlier cycle is not in its own, and takes no room of the limits of that either. */
  #use(used: readonly UsedAmount[]): void {
    this.#used = usedByCycle(this.used);
    const giveRoom = (this.regulation.caps ?? []).some(({ per, cycle }) =>
      used.some((one) => one.cycle.id === (cycle ?? per)),
    );
    if (giveRoom) {
      this.#after = applyLimits(this.#standing, this.regulation, this.#times);
      this.#full = undefined;
      this.#tally = this.#tallied();
    } else {
      this.#tally = this.#tally.moving({ carried: [...this.carried], used: this.#used });
    }
  }

  /** What counts after the limits that hold everywhere. */
  get counted(): readonly CountedEntry[] {
    return this.#after.counted;
  }

  /** What counts, and what passed from cycle to cycle. */
  get tally(): Tally {
    return this.#tally;
  }

  get carried(): readonly CarriedAmount[] {
    return this.#passed.carried;
  }

  get carries(): readonly CarryResult[] {
    return this.#passed.carries;
  }

  get used(): readonly UsedAmount[] {
    return this.#passed.used;
  }

  get madeUp(): readonly MadeUp[] {
    return this.#passed.madeUp;
  }

  /** The limits that are used up on the day of evaluation, for what is asked in a cycle. */
  fullIn({ id }: Pick<CycleRef, 'id'>): readonly FullLimit[] {
    this.#full ??= fullLimits(this.#after, this.asOf, this.regulation, this.#times);
    return this.#full.filter(({ cycle }) => cycle === undefined || cycle === id);
  }

  groupsOn(date: CivilDate): ReadonlySet<string> {
    const key = this.#groupsMoveDaily ? date : this.#turns.findLastIndex((turn) => turn <= date);
    let groups = this.#groups.get(key);
    if (!groups) {
      groups = groupsOn(this.person, date, this.regulation);
      this.#groups.set(key, groups);
    }
    return groups;
  }

  /** The cycles of a rule from the person's first day under the regulation to the day of evaluation, oldest first. */
  cyclesOf(id: string): readonly CycleRef[] {
    let cycles = this.#cycles.get(id);
    if (!cycles) {
      const { from, to } = this.regulation.effective;
      cycles = cyclesBetween(id, this.regulation, this.person, this.#since, this.asOf).filter(
        (cycle) => cycle.to >= from && (to === undefined || this.#isContinued || cycle.from <= to),
      );
      this.#cycles.set(id, cycles);
    }
    return cycles;
  }

  /** The period of a cycle that holds a date: the same for everybody, or the person's last one that began, as far as is known. */
  periodOf(id: string, date: CivilDate): Pick<CycleRef, 'from' | 'to'> | undefined {
    const rule = this.regulation.cycles?.[id];
    if (!rule) return undefined;
    if (!('around' in rule || 'lastMonths' in rule)) return periodHolding(rule, date);
    const cycles =
      'around' in rule && date > this.asOf
        ? cyclesBetween(id, this.regulation, this.person, this.#since, date)
        : this.cyclesOf(id);
    return cycles.findLast((cycle) => isInCycle(date, cycle));
  }

  /**
   * The days, weeks, … or periods of a cycle that hold the day of evaluation or a later one of a span; undefined where events
   * of the person that are still to come may begin others.
   */
  ahead(per: string, { from, to }: Pick<CycleRef, 'from' | 'to'>): ReadonlySet<string> | undefined {
    const rule = this.regulation.cycles?.[per] ?? {};
    if ('around' in rule || 'lastMonths' in rule) return undefined;
    const labels = new Set<string>();
    for (let day = from > this.asOf ? from : this.asOf; day <= to; day = addDays(day, 1)) {
      const label = periodLabel(per, day, this.#times.periodOf);
      if (label !== undefined) labels.add(label);
    }
    return labels;
  }

  #served(
    per: string,
    { from, to }: Pick<CycleRef, 'from' | 'to'>,
  ): Map<string, Pick<CycleRef, 'from' | 'to'>> {
    const { effective } = this.regulation;
    const periods = new Map<string, Pick<CycleRef, 'from' | 'to'>>();
    const broken = new Set<string>();
    const last = [to, this.asOf, effective.to ?? to].sort()[0] ?? to;
    for (let day = from; day <= last; day = addDays(day, 1)) {
      const label = periodLabel(per, day, this.#times.periodOf);
      if (label === undefined) continue;
      if (day < effective.from || !isInService(this.person, day)) broken.add(label);
      periods.set(label, { from: periods.get(label)?.from ?? day, to: day });
    }
    for (const label of broken) periods.delete(label);
    return periods;
  }

  /** The soonest end of the cycles that hold a date. Rolling ones never close. */
  #endOfOpen(date: CivilDate): CivilDate | undefined {
    if (!this.#openUntil.has(date)) {
      const ends = Object.entries(this.regulation.cycles ?? {}).flatMap(([id, rule]) =>
        'around' in rule
          ? this.cyclesOf(id).filter((cycle) => isInCycle(date, cycle))
          : (periodHolding(rule, date) ?? []),
      );
      this.#openUntil.set(date, ends.map(({ to }) => to).sort()[0]);
    }
    return this.#openUntil.get(date);
  }

  #cycleOfTarget(id: string, date: CivilDate): CycleRef | undefined {
    const target = this.regulation.targets?.find((one) => one.id === id);
    return target && this.cyclesOf(target.cycle).findLast((one) => isInCycle(date, one));
  }

  #stands({ target: id, is, cycle }: TargetState, date: CivilDate, tally: Tally): boolean {
    const target = this.regulation.targets?.find((one) => one.id === id);
    const cycles = target ? this.cyclesOf(target.cycle) : [];
    const day = date < this.asOf ? date : this.asOf;
    const place = cycles.findLastIndex((one) => isInCycle(day, one));
    const meant = cycles[cycle === 'previous' ? place - 1 : place];
    return target !== undefined && meant !== undefined && stateIn(target, meant, this, tally) === is;
  }

  /** What a target asks of the person in a cycle; undefined where it asks for nothing. */
  requiredOf({ target: id, amount }: TargetAmount, cycle: CycleRef): Exact | undefined {
    const target = this.regulation.targets?.find((one) => one.id === id);
    const required = target && requiredIn(target, amount, cycle, this);
    return required && required.n > 0 ? required : undefined;
  }

  /** Those of the last day in service within the period of the limit, as far as the day of evaluation. */
  #groupsForLimit({ per, cycle }: Pick<Cap, 'per' | 'cycle'>, date: CivilDate): ReadonlySet<string> {
    const rolls =
      cycle === undefined && per !== undefined && 'lastMonths' in (this.regulation.cycles?.[per] ?? {});
    const period = rolls
      ? { from: date, to: date }
      : per === undefined || isCalendarPeriod(per)
        ? undefined
        : this.periodOf(per, date);
    const from = period?.from ?? date;
    const end = per !== undefined && isCalendarPeriod(per) ? endOfCalendarPeriod(date, per) : period?.to;
    const to = end !== undefined && end < this.asOf ? end : this.asOf;
    return this.groupsOn(
      this.#possibleLastDays(from, to).find((day) => this.isCovered(day, undefined)) ?? to,
    );
  }

  /** The day whose groups decide about a target (or any other result) in a cycle. */
  decisionDay(
    cycle: CycleRef,
    { decidedOn, groups }: Pick<Partial<Target>, 'decidedOn' | 'groups'> = {},
  ): CivilDate {
    if (cycle.eventOn !== undefined) return cycle.eventOn;
    if (decidedOn === 'start') return cycle.from;
    const end = cycle.to < this.asOf ? cycle.to : this.asOf;
    if (decidedOn !== 'any') return end;
    return this.#possibleLastDays(cycle.from, end).find((day) => this.isCovered(day, groups)) ?? end;
  }

  /** Whether the person is in service on a day and in one of the groups. */
  isCovered(day: CivilDate, groups: Names | undefined): boolean {
    return isInService(this.person, day) && isInGroups(groups, () => this.groupsOn(day));
  }

  /** The days of a span on which membership of a group may end, latest first. */
  #possibleLastDays(from: CivilDate, to: CivilDate): CivilDate[] {
    const days = this.#groupsMoveDaily
      ? datesBetween(from, to)
      : this.#turns.map((turn) => addDays(turn, -1));
    return [to, ...days.filter((day) => from <= day && day < to).reverse()];
  }

  quantity(quantity: Quantity, cycle: CycleRef): Exact {
    return this.tally.quantity(quantity, cycle, this.groupsOn(this.decisionDay(cycle)));
  }

  workings(quantity: Quantity, cycle: CycleRef): TotalWorking[] {
    return this.tally.workings(quantity, cycle, this.groupsOn(this.decisionDay(cycle)));
  }

  #begin(firstEntry: CivilDate | undefined): CivilDate {
    const starts = [...this.person.history.map((row) => row.from), this.person.employedOn, firstEntry];
    const known = starts.filter((date) => date !== undefined).sort();
    return known[0] ?? this.asOf;
  }
}
