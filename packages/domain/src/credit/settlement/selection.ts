import { Exact } from '../value/exact';
import { holds, type Condition, type FactSource } from '../regulation/condition';
import type { Names } from '../regulation/earning-schema';
import { isExactNumber, type Units } from '../value/measure';
import { oncePer } from '../value/once-per';
import type { CreditEntry } from './settle';
import type { Quantity, Selection, Total } from '../regulation/target-schema';

/** Whether what is earned so is among what is meant, conditions on single entries aside. */
export function isEarnedBy(
  way: Pick<CreditEntry, 'measure' | 'part' | 'kind' | 'rule'>,
  selection: Selection,
): boolean {
  return (
    (selection.measure === undefined || way.measure === selection.measure) &&
    isAmong(way.part, selection.part) &&
    isAmong(way.kind, selection.kind) &&
    isAmong(way.rule, selection.rule)
  );
}

type Term = Total['add'][number];

/** What a term of a total counts: where it names no measure, that of the total. */
export const quantityOf = (term: Term, total: Total): Quantity => quantitiesOf(total)(term);

/** Whether a term adds something else than the amount that it counts: what lies above or below something, or a ratio. */
export const isHeld = ({ above, below, over }: Term): boolean => (above ?? below ?? over) !== undefined;

const quantitiesOf = oncePer(({ measure }: Total) =>
  oncePer((term: Term): Quantity => (term.total === undefined ? { measure, ...term } : term)),
);

/** Whether an entry is among those meant. */
export function isSelected(entry: CreditEntry, selection: Selection): boolean {
  return (
    isEarnedBy(entry, selection) &&
    (selection.where === undefined || holds(selection.where, new EntryFacts(entry)))
  );
}

const isAmong = (value: string, wanted: Names | undefined): boolean =>
  wanted === undefined || (typeof wanted === 'string' ? wanted === value : wanted.includes(value));

/** What distinguishes entries for limits "each": a property of the entry, or a fact kept with it. Without the fact an entry stands by itself. */
export function distinction(entry: CreditEntry, fact: string): string {
  switch (fact) {
    case 'kind':
    case 'part':
    case 'rule':
      return entry[fact];
    case 'source':
      return `${entry.source.kind} ${entry.source.id}`;
    default:
      return entry.about[fact] ?? `${entry.source.kind} ${entry.source.id} ${entry.line}`;
  }
}

class EntryFacts implements FactSource {
  readonly #entry: CreditEntry;

  constructor(entry: CreditEntry) {
    this.#entry = entry;
  }

  value(fact: string): Exact | string | boolean | undefined {
    const value = this.#entry.about[fact];
    if (value === 'true' || value === 'false') return value === 'true';
    return value !== undefined && isExactNumber(value) ? Exact.of(value) : value;
  }

  rankOrder(): undefined {
    return undefined;
  }
}

/** An amount supposed to be earned in the span that is looked at: in which way, and which conditions on entries it meets. */
export interface Supposed {
  readonly way: {
    readonly measure: string;
    readonly part: string;
    readonly kind: string;
    readonly rule: string;
  };
  readonly amount: Units;
  readonly meets: ReadonlySet<Condition>;
}

/** Whether a selection covers what is supposed to be earned. */
export const isSupposedIn = ({ way, meets }: Supposed, selection: Selection): boolean =>
  isEarnedBy(way, selection) && (selection.where === undefined || meets.has(selection.where));
