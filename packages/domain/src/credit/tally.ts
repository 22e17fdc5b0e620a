import { Exact, greater, lesser } from './exact';
import { calendarPeriod } from './calendar';
import type { CarriedAmount } from './carry-over';
import { withinBounds } from './condition';
import { isInCycle, type CycleRef } from './cycles';
import { listOf } from './earning-schema';
import type { CountedEntry } from './limits';
import { constant, fromUnits, type Units } from './measure';
import type { Regulation } from './regulation-schema';
import { isSelected, isSupposedIn, type Supposed } from './selection';
import { isChosen, isInGroups } from './settle';
import { testRequirement } from './requirement';
import type { Quantity, Requirement, Selection, Total } from './target-schema';
import { roundTo } from './worth';

type Span = Pick<CycleRef, 'id' | 'from' | 'to'>;

/** What counts after limits if more were earned, and what of that. */
export type Relimited = (supposed: readonly Supposed[]) => {
  readonly counted: readonly CountedEntry[];
  readonly supposed: readonly Supposed[];
};

/** Adds up what counts for one person: counted entries, and what was carried into a cycle. */
export class Tally {
  readonly #counted: readonly CountedEntry[];
  readonly #regulation: Regulation;
  readonly #carried: readonly CarriedAmount[];
  readonly #supposed: readonly Supposed[];
  readonly #bySpan: Map<string, readonly CountedEntry[]>;
  readonly #relimited: Relimited | undefined;

  constructor(
    counted: readonly CountedEntry[],
    regulation: Regulation,
    carried: readonly CarriedAmount[],
    relimited?: Relimited,
    supposed: readonly Supposed[] = [],
    bySpan = new Map<string, readonly CountedEntry[]>(),
  ) {
    this.#counted = counted;
    this.#regulation = regulation;
    this.#carried = carried;
    this.#relimited = relimited;
    this.#supposed = supposed;
    this.#bySpan = bySpan;
  }

  /** Whether limits take less, or more, when more is earned. */
  get limitsMove(): boolean {
    return this.#relimited !== undefined;
  }

  /** The same as if this had been earned as well. */
  supposing(supposed: readonly Supposed[]): Tally {
    const after = this.#relimited?.(supposed);
    return after
      ? new Tally(after.counted, this.#regulation, this.#carried, this.#relimited, after.supposed)
      : new Tally(this.#counted, this.#regulation, this.#carried, undefined, supposed, this.#bySpan);
  }

  /** The same without anything carried in. */
  withoutCarried(): Tally {
    return new Tally(this.#counted, this.#regulation, []);
  }

  quantity(quantity: Quantity, span: Span, groups: ReadonlySet<string>): Exact {
    if (quantity.total !== undefined) {
      const total = this.#regulation.totals?.[quantity.total];
      return total ? this.total(total, span, groups) : Exact.ZERO;
    }
    if (quantity.largest !== undefined) return fromUnits(this.#largest(quantity, quantity.largest, span));
    return fromUnits(this.sum(quantity, span) + this.carried(quantity, span));
  }

  total(total: Total, span: Span, groups: ReadonlySet<string>): Exact {
    const { per } = total;
    if (per === undefined) return this.#sumOf(total, span, groups);
    const periods = new Map<string, Span>();
    for (const { entry } of this.entriesIn(span)) {
      const period = calendarPeriod(entry.occurredOn, per);
      const from = periods.get(period)?.from ?? entry.occurredOn;
      periods.set(period, { ...span, from, to: entry.occurredOn });
    }
    // Neither what is carried nor what is supposed lies on a day.
    const dated = new Tally(this.#counted, this.#regulation, [], undefined, [], this.#bySpan);
    return [...periods.values()]
      .map((period) => dated.#sumOf(total, period, groups))
      .reduce((sum, value) => sum.add(value), Exact.ZERO);
  }

  #sumOf(total: Total, span: Span, groups: ReadonlySet<string>): Exact {
    let value = constant(total.start ?? 0);
    for (const term of total.add) {
      if (!isChosen(term.if, this.#regulation)) continue;
      if (!isInGroups(term.groups, () => groups)) continue;
      if (term.when && !this.#meets(term.when, span, groups)) continue;
      const { measure = term.total === undefined ? total.measure : undefined, ...rest } = term;
      let amount = this.quantity({ ...rest, measure }, span, groups).mul(constant(term.times ?? 1));
      if (term.atMost !== undefined) amount = lesser(amount, constant(term.atMost));
      value = value.add(amount);
    }
    if (total.bands) {
      const reached = value;
      value = constant(total.bands.find((band) => withinBounds(reached, band))?.flat ?? 0);
    }
    if (total.round) value = roundTo(value, constant(total.round.to), total.round.mode);
    if (total.atMost !== undefined) value = lesser(value, constant(total.atMost));
    if (total.atLeast !== undefined) value = greater(value, constant(total.atLeast));
    return value;
  }

  #meets(requirement: Requirement, span: Span, groups: ReadonlySet<string>): boolean {
    const context = {
      tally: this,
      span,
      groups,
      regulation: this.#regulation,
      adjust: (required: Exact): Exact => required,
      used: () => 0,
      usedOfWhole: () => 0,
      plan: false,
    };
    return testRequirement(requirement, context).met;
  }

  /** The entries of a span, in order. */
  entriesIn(span: Pick<CycleRef, 'from' | 'to'>): readonly CountedEntry[] {
    const key = `${span.from}/${span.to}`;
    let entries = this.#bySpan.get(key);
    if (!entries) {
      entries = this.#counted.filter(({ entry }) => isInCycle(entry.occurredOn, span));
      this.#bySpan.set(key, entries);
    }
    return entries;
  }

  /** What entries of the span add up to, without carried amounts. */
  sum(selection: Selection, span: Pick<CycleRef, 'from' | 'to'>): Units {
    let sum = 0;
    for (const { entry, counted } of this.entriesIn(span)) {
      if (isSelected(entry, selection)) sum += counted;
    }
    return sum + this.#sumSupposed(selection);
  }

  #sumSupposed(selection: Selection): Units {
    return this.#supposed
      .filter((supposed) => isSupposedIn(supposed, selection))
      .reduce((sum, { amount }) => sum + amount, 0);
  }

  /** The carried-in amounts that a selection covers: they have a measure and a part, but no kind or rule. */
  carried(selection: Selection, span: Span): Units {
    if (selection.kind !== undefined || selection.rule !== undefined || selection.where !== undefined)
      return 0;
    const parts = selection.part === undefined ? undefined : listOf(selection.part);
    return this.#carried
      .filter(
        (carried) =>
          carried.into.id === span.id &&
          carried.into.from === span.from &&
          (selection.measure === undefined || carried.measure === selection.measure) &&
          (parts === undefined || parts.includes(carried.part)),
      )
      .reduce((sum, carried) => sum + carried.amount, 0);
  }

  #largest(selection: Selection, fact: string, span: Span): Units {
    const sums = new Map<string, Units>();
    for (const { entry, counted } of this.entriesIn(span)) {
      if (!isSelected(entry, selection)) continue;
      const value = entry.about[fact] ?? '';
      if (value !== '') sums.set(value, (sums.get(value) ?? 0) + counted);
    }
    return Math.max(0, ...sums.values()) + this.#sumSupposed(selection);
  }
}
