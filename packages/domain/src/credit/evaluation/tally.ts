import { Exact, greater, lesser } from '../value/exact';
import type { CarriedAmount } from './carry-over';
import { withinBounds } from '../regulation/condition';
import type { CivilDate } from '../../core';
import { isInCycle, isSameCycle, type CycleRef } from '../person/cycles';
import { listOf } from '../regulation/earning-schema';
import { leastBetween } from '../value/bisect';
import { periodLabel } from './limit-periods';
import type { LimitTimes } from './limit-rules';
import { beside, type AfterLimits, type CountedEntry, type InCycle } from './limits';
import { constant, floorUnits, fromUnits, sayFraction, type Units } from '../value/measure';
import type { Regulation } from '../regulation/regulation-schema';
import { isEarnedBy, isSelected, isSupposedIn, quantityOf, type Supposed } from '../settlement/selection';
import { isChosen, isInGroups, type CreditEntry } from '../settlement/settle';
import { testRequirement, type RequirementContext } from './requirement';
import type { Quantity, Requirement, Selection, TargetState, Total } from '../regulation/target-schema';
import type { Used } from './used';
import type { PartWorking, TermWorking, TotalStep, TotalWorking } from './total-working';
import { roundTo } from '../settlement/worth';

type Span = Pick<CycleRef, 'id' | 'from' | 'to'>;

/** What of a span was earned in the same way, in order of time. */
export interface Row {
  readonly way: Supposed['way'];
  readonly entries: readonly CountedEntry[];
  /** What they add up to where nothing of them was used. */
  readonly counted: Units;
}

/** The entries of a span in order of time, and by the way in which they were earned. */
interface InSpan {
  readonly entries: readonly CountedEntry[];
  readonly rows: readonly Row[];
}

/** Those of a span, which lie together since all lie in order of date. */
function within(entries: readonly CountedEntry[], { from, to }: Span): readonly CountedEntry[] {
  const firstThat = (isSo: (date: CivilDate) => boolean): number =>
    leastBetween(-1, entries.length, (index) => isSo(entries[index]?.entry.occurredOn ?? ''));
  return entries.slice(
    firstThat((date) => date >= from),
    firstThat((date) => date > to),
  );
}

function rowsOf(entries: readonly CountedEntry[]): readonly Row[] {
  const rows: { way: Supposed['way']; entries: CountedEntry[]; counted: Units }[] = [];
  for (const one of entries) {
    const { measure, part, kind, rule } = one.entry;
    let row = rows.find(
      ({ way }) => way.rule === rule && way.measure === measure && way.kind === kind && way.part === part,
    );
    if (!row) {
      row = { way: { measure, part, kind, rule }, entries: [], counted: 0 };
      rows.push(row);
    }
    row.entries.push(one);
    row.counted += one.counted;
  }
  return rows;
}

/** What limits make of what is earned yet. */
export interface Relimited {
  /** What counts after limits if more were earned, and what of that; laid so that as little as can be is lacking. */
  readonly after: (
    supposed: readonly Supposed[],
    span: Span,
    lacking: (after: AfterLimits) => Exact,
  ) => AfterLimits;
  /** Whether all of it finds room, and nothing else counts otherwise for it. */
  readonly fits: (supposed: readonly Supposed[], span: Span) => boolean;
}

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

interface Basis {
  readonly after: AfterLimits;
  readonly regulation: Regulation;
  /** What a cycle has taken over from earlier ones. */
  readonly carried: readonly CarriedAmount[];
  readonly used: Used;
  readonly periodOf: LimitTimes['periodOf'];
  readonly requiredOf: LimitTimes['requiredOf'];
  /** The days, weeks, … or periods of a cycle that have begun in a span, and in which the person was in service throughout. */
  readonly served: (
    per: string,
    span: Pick<Span, 'from' | 'to'>,
  ) => ReadonlyMap<string, Pick<Span, 'from' | 'to'>>;
  /** Whether a target stands so by what a tally adds up, in its cycle that holds a date or in the one before. */
  readonly stands: (state: TargetState, date: CivilDate, tally: Tally) => boolean;
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
  readonly #bySpan: Map<Span, InSpan>;

  constructor(basis: Basis, bySpan = new Map<Span, InSpan>()) {
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

  /** Whether anything was taken over from earlier cycles. */
  get hasCarried(): boolean {
    return this.#basis.carried.length > 0;
  }

  /** The same as if no limit took of what is earned yet. */
  get unlimited(): Tally {
    return this.#with({ limitsMove: false, relimited: undefined });
  }

  /** Whether all of this would count as well if it were earned until the end of a cycle, and nothing else otherwise. */
  allows(supposed: readonly Supposed[], span: Span): boolean {
    return this.#basis.relimited?.fits(supposed, span) ?? true;
  }

  /** The same as if this had been earned as well, until the end of a cycle, so that as little as can be is lacking. */
  supposing(supposed: readonly Supposed[], span: Span, lacking: (tally: Tally) => Exact): Tally {
    if (supposed.length === 0) return this;
    const after =
      this.#basis.relimited?.after(supposed, span, (one) =>
        lacking(new Tally({ ...this.#basis, after: one })),
      ) ?? beside(this.#basis.after, supposed);
    const isKept = after.counted === this.#basis.after.counted;
    return isKept ? this.#with({ after }) : new Tally({ ...this.#basis, after });
  }

  /** The same without anything carried in. */
  withoutCarried(): Tally {
    return this.#with({ carried: [] });
  }

  /** The same with other amounts carried in or used. */
  moving(moved: Partial<Pick<Basis, 'carried' | 'used'>>): Tally {
    return this.#with(moved);
  }

  /** The same as if, besides what a cycle has, only so much of these entries had been earned. */
  only(amounts: ReadonlyMap<CreditEntry, Exact>, beside: Span): Tally {
    const known = this.#basis.used.get(beside.id);
    const counted = this.#in(beside.id).counted.filter(
      ({ entry }) => amounts.has(entry) || isInCycle(entry.occurredOn, beside),
    );
    const rest = counted.flatMap(({ entry, counted: whole }): [CreditEntry, Exact][] => {
      const amount = amounts.get(entry);
      const left = amount ? fromUnits(whole).sub(amount) : known?.get(entry);
      return left ? [[entry, left]] : [];
    });
    const used = new Map([[beside.id, new Map(rest)]]);
    const after = { counted, own: new Map<string, InCycle>() };
    const { regulation, periodOf, requiredOf, served, stands } = this.#basis;
    return new Tally({ after, regulation, periodOf, requiredOf, served, stands, carried: [], used });
  }

  /** What counts in a cycle: where it has limits of its own, after these. */
  #in(cycle: string): InCycle {
    const { after } = this.#basis;
    return after.own.get(cycle) ?? after;
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
    return this.#sum(quantity, span);
  }

  /** The same; while a shortfall is made up, of a total or a largest value what it is more than it was in the missed cycle. */
  reached(
    quantity: Quantity,
    { span, groups, missed }: Pick<RequirementContext, 'span' | 'groups' | 'missed'>,
  ): Exact {
    if (!missed || (quantity.total ?? quantity.largest) === undefined)
      return this.quantity(quantity, span, groups);
    const { joined, cycle, tally } = missed;
    return this.quantity(quantity, joined, groups).sub(tally.quantity(quantity, cycle, groups));
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
    if (total.everyPeriod)
      for (const [period, inside] of this.#basis.served(per, span))
        periods.set(period, { ...span, ...inside });
    for (const { entry } of this.entriesIn(span)) {
      const period = periodLabel(per, entry.occurredOn, this.#basis.periodOf);
      if (period === undefined) continue;
      const { from, to } = periods.get(period) ?? { from: entry.occurredOn, to: entry.occurredOn };
      periods.set(period, { ...span, from, to: entry.occurredOn > to ? entry.occurredOn : to });
    }
    const inOrder = [...periods];
    if (total.everyPeriod) inOrder.sort(([, a], [, b]) => a.from.localeCompare(b.from));
    // Neither what is carried nor what is supposed lies on a day.
    const dated = this.unlimited.#with({ carried: [], after: beside(this.#basis.after, []) });
    const within = workings?.period;
    const results = inOrder.map(([period, inside]) => {
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
      const against = this.#againstOf(term, span);
      const held = against ? heldAgainst(counted, against) : counted;
      const weighted = held.mul(constant(term.times ?? 1));
      const amount = term.atMost === undefined ? weighted : lesser(weighted, constant(term.atMost));
      if (!unmet) value = value.add(amount);
      if (!workings) continue;
      terms.push({
        term: place,
        parts: this.#partsOf(quantity, span),
        amount: sayFraction(counted),
        ...(against
          ? { against: { ...against, edge: sayFraction(against.edge), result: sayFraction(held) } }
          : {}),
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

  /** What a term is held against, and how; where that is a target that asks nothing of the person, 0. */
  #againstOf({ above, below, over }: Total['add'][number], { to }: Span): Against | undefined {
    const [how, edge] =
      above !== undefined
        ? (['above', above] as const)
        : below !== undefined
          ? (['below', below] as const)
          : (['over', over] as const);
    if (edge === undefined) return undefined;
    if (typeof edge !== 'object') return { how, edge: constant(edge) };
    return { how, edge: this.#basis.requiredOf(edge, to) ?? Exact.ZERO };
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

  #meets(requirement: Requirement | TargetState, span: Span, groups: ReadonlySet<string>): boolean {
    if ('target' in requirement) return this.#basis.stands(requirement, span.to, this);
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
    const { entries } = this.#inSpan(span);
    const used = this.#basis.used.get(span.id);
    return used
      ? entries.filter(({ entry, counted }) => !used.get(entry)?.equals(fromUnits(counted)))
      : entries;
  }

  /** The same by the ways in which they were earned. */
  rowsIn(span: Span): readonly Row[] {
    return this.#basis.used.has(span.id) ? rowsOf(this.entriesIn(span)) : this.#inSpan(span).rows;
  }

  #inSpan(span: Span): InSpan {
    let known = this.#bySpan.get(span);
    if (!known) {
      const entries = within(this.#in(span.id).counted, span);
      known = { entries, rows: rowsOf(entries) };
      this.#bySpan.set(span, known);
    }
    return known;
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

  /** The same of a row, each entry in whole ten-thousandths, downwards. */
  unitsOf({ entries, counted }: Row, cycle: string): Units {
    return this.#basis.used.has(cycle)
      ? entries.reduce((sum, one) => sum + floorUnits(this.amountOf([one], cycle)), 0)
      : counted;
  }

  /** What entries of the span, what is supposed and what was carried in add up to. */
  #sum(selection: Selection, span: Span): Exact {
    const { where } = selection;
    const rows = this.rowsIn(span).filter(({ way }) => isEarnedBy(way, selection));
    const others = this.#sumSupposed(selection, span) + this.carried(selection, span);
    if (where === undefined && !this.#basis.used.has(span.id))
      return fromUnits(rows.reduce((sum, { counted }) => sum + counted, others));
    const selected = rows
      .flatMap(({ entries }) => entries)
      .filter(({ entry }) => isSelected(entry, selection));
    return this.amountOf(selected, span.id).add(fromUnits(others));
  }

  /** What counts of all that is only supposed. */
  supposedIn(span: Span): Units {
    return this.#sumSupposed({}, span);
  }

  #sumSupposed(selection: Selection, span: Span): Units {
    return (this.#in(span.id).supposed ?? [])
      .filter((supposed) => isSupposedIn(supposed, selection))
      .reduce((sum, { amount }) => sum + amount, 0);
  }

  /** The carried-in amounts that a selection covers: they have a measure and a part, but no kind or rule. */
  carried(selection: Selection, span: Span): Units {
    if (!this.hasCarried) return 0;
    if (selection.kind !== undefined || selection.rule !== undefined || selection.where !== undefined)
      return 0;
    const parts = selection.part === undefined ? undefined : listOf(selection.part);
    return this.#basis.carried
      .filter(
        (carried) =>
          isSameCycle(carried.into, span) &&
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

/** A number against which an amount is held. */
interface Against {
  readonly how: 'above' | 'below' | 'over';
  readonly edge: Exact;
}

/** What of an amount lies above, what it lacks, or how often it holds what it is held against: of nothing once. */
function heldAgainst(amount: Exact, { how, edge }: Against): Exact {
  if (how === 'over') return edge.n === 0 ? Exact.ONE : amount.div(edge);
  return greater(Exact.ZERO, how === 'above' ? amount.sub(edge) : edge.sub(amount));
}
