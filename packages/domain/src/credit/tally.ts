import { Exact, greater, lesser } from './exact';
import type { CarriedAmount } from './carry-over';
import { withinBounds } from './condition';
import { isInCycle, type CycleRef } from './cycles';
import { listOf } from './earning-schema';
import { periodLabel, type AfterLimits, type CountedEntry, type InCycle, type LimitTimes } from './limits';
import { constant, floorUnits, fromUnits, sayFraction, type Units } from './measure';
import type { Regulation } from './regulation-schema';
import { isSelected, isSupposedIn, quantityOf, type Supposed } from './selection';
import { isChosen, isInGroups, type CreditEntry } from './settle';
import { testRequirement, type RequirementContext } from './requirement';
import type { Quantity, Requirement, Selection, Total } from './target-schema';
import type { PartWorking, TermWorking, TotalStep, TotalWorking } from './total-working';
import { roundTo } from './worth';

type Span = Pick<CycleRef, 'id' | 'from' | 'to'>;

/** What counts after limits if more were earned, and what of that. */
export type Relimited = (supposed: readonly Supposed[], span: Span) => AfterLimits;

/** Collects how totals came about, each once: those inside others after them, and then those of days, weeks, … by time. */
class Workings {
  readonly #found = new Map<string, TotalWorking>();
  /** The day, week, … that is reckoned just now. */
  period: string | undefined;

  get all(): TotalWorking[] {
    const found = [...this.#found.values()];
    const isWhole = ({ period }: TotalWorking): boolean => period === undefined;
    return [...found.filter(isWhole).reverse(), ...found.filter((one) => !isWhole(one))];
  }

  add(working: Omit<TotalWorking, 'period'>): void {
    const { period } = this;
    const key = JSON.stringify([working.total, period]);
    if (!this.#found.has(key)) this.#found.set(key, period === undefined ? working : { ...working, period });
  }
}

/** What of which entry counts for an earlier cycle instead of its own, by the id of the cycles. */
export type Used = ReadonlyMap<string, ReadonlyMap<CreditEntry, Exact>>;

interface Basis extends AfterLimits {
  readonly regulation: Regulation;
  /** What a cycle has taken over from earlier ones. */
  readonly carried: readonly CarriedAmount[];
  readonly used: Used;
  readonly periodOf: LimitTimes['periodOf'];
  /** Whether what limits take moves with what is earned otherwise. */
  readonly limitsMove?: boolean;
  /** Set where limits may take of what is only supposed. */
  readonly relimited?: Relimited | undefined;
}

/**
 * Adds up what counts for one person in a cycle: counted entries without what of them was used to make up an earlier
 * cycle of the same kind, and what was carried into it. All amounts, totals, shares and bands come from here.
 */
export class Tally {
  readonly #basis: Basis;
  readonly #bySpan: Map<string, readonly CountedEntry[]>;

  constructor(basis: Basis, bySpan = new Map<string, readonly CountedEntry[]>()) {
    this.#basis = basis;
    this.#bySpan = bySpan;
  }

  /** Whether limits take less, or more, when more is earned. */
  get limitsMove(): boolean {
    return this.#basis.limitsMove === true;
  }

  /** Whether limits may take of what is earned yet. */
  get isLimited(): boolean {
    return this.#basis.relimited !== undefined;
  }

  /** The same as if no limit took of what is earned yet. */
  get unlimited(): Tally {
    return this.#with({ limitsMove: false, relimited: undefined });
  }

  /** The same as if this had been earned as well, until the end of a cycle. */
  supposing(supposed: readonly Supposed[], span: Span): Tally {
    const after = this.#basis.relimited?.(supposed, span);
    return after ? new Tally({ ...this.#basis, ...after }) : this.#withSupposed(supposed);
  }

  /** The same without anything carried in. */
  withoutCarried(): Tally {
    return this.#with({ carried: [] });
  }

  /** The same with other amounts carried in or used. */
  moving(moved: Partial<Pick<Basis, 'carried' | 'used'>>): Tally {
    return this.#with(moved);
  }

  /** The same as if only so much of these entries had been earned. */
  only(amounts: ReadonlyMap<CreditEntry, Exact>, cycle: string): Tally {
    const counted = this.#in(cycle).counted.filter(({ entry }) => amounts.has(entry));
    const rest = counted.map((one): [CreditEntry, Exact] => [
      one.entry,
      fromUnits(one.counted).sub(amounts.get(one.entry) ?? Exact.ZERO),
    ]);
    const used = new Map([[cycle, new Map(rest)]]);
    const { regulation, periodOf } = this.#basis;
    return new Tally({ counted, own: new Map(), regulation, periodOf, carried: [], used });
  }

  #withSupposed(supposed: readonly Supposed[]): Tally {
    const own = new Map([...this.#basis.own].map(([cycle, { counted }]) => [cycle, { counted, supposed }]));
    return this.#with({ supposed, own });
  }

  /** What counts in a cycle: where it has limits of its own, after these. */
  #in(cycle: string): InCycle {
    return this.#basis.own.get(cycle) ?? this.#basis;
  }

  #with(changes: Partial<Basis>): Tally {
    return new Tally({ ...this.#basis, ...changes }, this.#bySpan);
  }

  /** How the totals behind a quantity came about: its own first, then those inside it; none where it is no total. */
  workings(quantity: Quantity, span: Span, groups: ReadonlySet<string>): TotalWorking[] {
    if (quantity.total === undefined) return [];
    const workings = new Workings();
    this.quantity(quantity, span, groups, workings);
    return workings.all;
  }

  quantity(quantity: Quantity, span: Span, groups: ReadonlySet<string>, workings?: Workings): Exact {
    if (quantity.total !== undefined) {
      const total = this.#basis.regulation.totals?.[quantity.total];
      return total ? this.#total(quantity.total, total, span, groups, workings) : Exact.ZERO;
    }
    if (quantity.largest !== undefined) return this.#largest(quantity, quantity.largest, span);
    return this.#sum(quantity, span).add(fromUnits(this.carried(quantity, span)));
  }

  /** The same; while a shortfall is made up, without what a total starts from by nobody's doing. */
  reached(
    quantity: Quantity,
    { span, groups, missed }: Pick<RequirementContext, 'span' | 'groups' | 'missed'>,
  ): Exact {
    const amount = this.quantity(quantity, span, groups);
    if (!missed || quantity.total === undefined) return amount;
    return amount.sub(this.only(new Map(), span.id).quantity(quantity, span, groups));
  }

  #total(
    id: string,
    total: Total,
    span: Span,
    groups: ReadonlySet<string>,
    workings: Workings | undefined,
  ): Exact {
    const { per } = total;
    if (per === undefined) return this.#sumOf(id, total, span, groups, workings);
    const periods = new Map<string, Span>();
    for (const { entry } of this.entriesIn(span)) {
      const period = periodLabel(per, entry.occurredOn, this.#basis.periodOf);
      if (period === undefined) continue;
      const from = periods.get(period)?.from ?? entry.occurredOn;
      periods.set(period, { ...span, from, to: entry.occurredOn });
    }
    // Neither what is carried nor what is supposed lies on a day.
    const dated = this.withoutCarried().unlimited.#withSupposed([]);
    const within = workings?.period;
    const results = [...periods].map(([period, inside]) => {
      if (workings) workings.period = period;
      return { period, result: dated.#sumOf(id, total, inside, groups, workings) };
    });
    const sum = results.reduce((all, { result }) => all.add(result), Exact.ZERO);
    if (workings) {
      workings.period = within;
      const said = results.map(({ period, result }) => ({ period, result: sayFraction(result) }));
      const result = sayFraction(sum);
      workings.add({ total: id, terms: [], sum: result, steps: [], periods: said, result });
    }
    return sum;
  }

  #sumOf(
    id: string,
    total: Total,
    span: Span,
    groups: ReadonlySet<string>,
    workings: Workings | undefined,
  ): Exact {
    const terms: TermWorking[] = [];
    const steps: TotalStep[] = [];
    let value = constant(total.start ?? 0);
    for (const [place, term] of total.add.entries()) {
      if (!isChosen(term.if, this.#basis.regulation)) continue;
      if (!isInGroups(term.groups, () => groups)) continue;
      const unmet = term.when !== undefined && !this.#meets(term.when, span, groups);
      if (unmet && !workings) continue;
      const quantity = quantityOf(term, total);
      const counted = this.quantity(quantity, span, groups, workings);
      const weighted = counted.mul(constant(term.times ?? 1));
      const amount = term.atMost === undefined ? weighted : lesser(weighted, constant(term.atMost));
      if (!unmet) value = value.add(amount);
      if (!workings) continue;
      terms.push({
        term: place,
        parts: this.#partsOf(quantity, span),
        amount: sayFraction(counted),
        ...(term.times === undefined ? {} : { times: sayFraction(constant(term.times)) }),
        ...(term.atMost === undefined || amount.equals(weighted)
          ? {}
          : { atMost: sayFraction(constant(term.atMost)) }),
        ...(unmet ? { unmet } : {}),
        result: unmet ? '0' : sayFraction(amount),
      });
    }
    const sum = value;
    if (total.bands) {
      const reached = value;
      const band = total.bands.find((one) => withinBounds(reached, one));
      value = constant(band?.flat ?? 0);
      if (workings) steps.push({ kind: 'band', ...(band && { band }), result: sayFraction(value) });
    }
    if (total.round) {
      const { to, mode } = total.round;
      const before = value;
      value = roundTo(value, constant(to), mode);
      if (workings && !value.equals(before))
        steps.push({ kind: 'round', to: sayFraction(constant(to)), mode, result: sayFraction(value) });
    }
    const limit = (kind: 'at-most' | 'at-least', bound: Exact): void => {
      const before = value;
      value = kind === 'at-most' ? lesser(value, bound) : greater(value, bound);
      if (workings && !value.equals(before))
        steps.push({ kind, limit: sayFraction(bound), result: sayFraction(value) });
    };
    if (total.atMost !== undefined) limit('at-most', constant(total.atMost));
    if (total.atLeast !== undefined) limit('at-least', constant(total.atLeast));
    workings?.add({
      total: id,
      ...(total.start === undefined ? {} : { start: sayFraction(constant(total.start)) }),
      terms,
      sum: sayFraction(sum),
      steps,
      result: sayFraction(value),
    });
    return value;
  }

  /** What a quantity that is no total is made of. */
  #partsOf(quantity: Quantity, span: Span): PartWorking[] {
    if (quantity.total !== undefined) return [];
    if (quantity.largest !== undefined) {
      const [most] = [...this.#byValue(quantity, quantity.largest, span)].sort(([, a], [, b]) =>
        b.compare(a),
      );
      return most ? [{ value: most[0], amount: sayFraction(most[1]) }] : [];
    }
    const byKind = new Map<string, CountedEntry[]>();
    for (const one of this.entriesIn(span)) {
      if (!isSelected(one.entry, quantity)) continue;
      byKind.set(one.entry.kind, [...(byKind.get(one.entry.kind) ?? []), one]);
    }
    const carried = this.carried(quantity, span);
    return [
      ...[...byKind].map(([kind, entries]) => ({
        kind,
        amount: sayFraction(this.amountOf(entries, span.id)),
      })),
      ...(carried === 0 ? [] : [{ carried: true as const, amount: sayFraction(fromUnits(carried)) }]),
    ];
  }

  #meets(requirement: Requirement, span: Span, groups: ReadonlySet<string>): boolean {
    const context = {
      tally: this,
      span,
      groups,
      regulation: this.#basis.regulation,
      adjust: (required: Exact): Exact => required,
      plan: false,
    };
    return testRequirement(requirement, context).met;
  }

  /** The entries of a span in order, without those that were wholly used. */
  entriesIn(span: Span): readonly CountedEntry[] {
    const key = `${this.#basis.own.has(span.id) ? span.id : ''} ${span.from}/${span.to}`;
    let entries = this.#bySpan.get(key);
    if (!entries) {
      entries = this.#in(span.id).counted.filter(({ entry }) => isInCycle(entry.occurredOn, span));
      this.#bySpan.set(key, entries);
    }
    const used = this.#basis.used.get(span.id);
    return used
      ? entries.filter(({ entry, counted }) => !used.get(entry)?.equals(fromUnits(counted)))
      : entries;
  }

  /** What of these entries counts in a cycle. Nowhere else is taken off what was used. */
  amountOf(entries: readonly CountedEntry[], cycle: string): Exact {
    const used = this.#basis.used.get(cycle);
    let sum = 0;
    for (const { counted } of entries) sum += counted;
    const whole = fromUnits(sum);
    return used
      ? entries.reduce((amount, { entry }) => amount.sub(used.get(entry) ?? Exact.ZERO), whole)
      : whole;
  }

  /** The same of one entry, in whole ten-thousandths, downwards. */
  unitsOf(one: CountedEntry, cycle: string): Units {
    return this.#basis.used.has(cycle) ? floorUnits(this.amountOf([one], cycle)) : one.counted;
  }

  /** What entries of the span add up to, without carried amounts. */
  #sum(selection: Selection, span: Span): Exact {
    const selected = this.entriesIn(span).filter(({ entry }) => isSelected(entry, selection));
    return this.amountOf(selected, span.id).add(fromUnits(this.#sumSupposed(selection, span)));
  }

  #sumSupposed(selection: Selection, span: Span): Units {
    return (this.#in(span.id).supposed ?? [])
      .filter((supposed) => isSupposedIn(supposed, selection))
      .reduce((sum, { amount }) => sum + amount, 0);
  }

  /** The carried-in amounts that a selection covers: they have a measure and a part, but no kind or rule. */
  carried(selection: Selection, span: Span): Units {
    if (selection.kind !== undefined || selection.rule !== undefined || selection.where !== undefined)
      return 0;
    const parts = selection.part === undefined ? undefined : listOf(selection.part);
    return this.#basis.carried
      .filter(
        (carried) =>
          carried.into.id === span.id &&
          carried.into.from === span.from &&
          (selection.measure === undefined || carried.measure === selection.measure) &&
          (parts === undefined || parts.includes(carried.part)),
      )
      .reduce((sum, carried) => sum + carried.amount, 0);
  }

  #largest(selection: Selection, fact: string, span: Span): Exact {
    return [...this.#byValue(selection, fact, span).values()]
      .reduce(greater, Exact.ZERO)
      .add(fromUnits(this.#sumSupposed(selection, span)));
  }

  /** What a selection comes to for each value of a fact; entries without the fact are left out. */
  #byValue(selection: Selection, fact: string, span: Span): Map<string, Exact> {
    const byValue = new Map<string, CountedEntry[]>();
    for (const one of this.entriesIn(span)) {
      if (!isSelected(one.entry, selection)) continue;
      const value = one.entry.about[fact] ?? '';
      if (value === '') continue;
      const known = byValue.get(value);
      if (known) known.push(one);
      else byValue.set(value, [one]);
    }
    return new Map([...byValue].map(([value, entries]) => [value, this.amountOf(entries, span.id)]));
  }
}
