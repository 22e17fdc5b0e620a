import type { CivilDate } from '../../core';
import type { CycleRef } from '../person/cycles';
import type { Condition } from '../regulation/condition';
import type { Regulation } from '../regulation/regulation-schema';
import { isEarnedBy, type Supposed } from '../settlement/selection';
import type { CreditEntry } from '../settlement/settle';
import type { Units } from '../value/measure';
import { oncePer } from '../value/once-per';
import { draftOf, type Draft } from './draft';
import { isShareOf, limitsOf, rollingMonths, type Limit } from './limit-rules';
import { isUnavoidable, LimitRoom, usesOf } from './limit-room';
import { beside, limited, type AfterLimits, type applyLimits } from './limits';
import { draftsOf } from './roomless';
import { Placement, type Piece } from './placement';
import type { Relimited } from './tally';
import { stretchesOf } from './time-left';

type Span = Pick<CycleRef, 'id' | 'from' | 'to'>;

const allLimits = oncePer((regulation: Regulation): readonly Limit[] => {
  const { everywhere, inCycles } = limitsOf(regulation);
  return [...everywhere, ...[...inCycles.values()].flat()];
});

/** Whether a limit lets what was earned count for less when something better is. */
const isOfHighest = (limit: Limit): boolean =>
  isUnavoidable(limit) && limit.items !== undefined && 'highest' in limit.items;

/** Whether limits may take of what is earned yet. */
export const mayTake = oncePer((regulation: Regulation): boolean =>
  allLimits(regulation).some((limit) => isShareOf(limit.cap) || isUnavoidable(limit)),
);

/** Whether what counts already may be less when more is earned. */
export const isDisplaced = oncePer((regulation: Regulation): boolean =>
  allLimits(regulation).some(isOfHighest),
);

/**
 * What counts if more were earned from a day to the end of a cycle (of one that is over, at any time in it): on the days on which limits leave most room for it,
 * and with new subjects, organisers, … wherever each of these is limited by itself.
 */
export class Supposing implements Relimited {
  readonly #day: CivilDate;
  readonly #decidedThrough: CivilDate;
  readonly #after: AfterLimits;
  readonly #limits: Parameters<typeof applyLimits>;
  readonly #placements = new Map<Span, Placement>();
  /** Whether what is known counts otherwise when more is earned. */
  readonly #moves: boolean;

  constructor(
    day: CivilDate,
    decidedThrough: CivilDate,
    after: AfterLimits,
    limits: Parameters<typeof applyLimits>,
  ) {
    const [, regulation] = limits;
    this.#day = day;
    this.#decidedThrough = decidedThrough;
    this.#after = after;
    this.#limits = limits;
    this.#moves = isDisplaced(regulation) || (regulation.caps ?? []).some(isShareOf);
  }

  fits(supposed: readonly Supposed[], span: Span): boolean {
    if (this.#moves) return false;
    if (this.#isFree(supposed)) return true;
    const sum = (all: readonly { readonly amount: Units }[]): Units =>
      all.reduce((so, { amount }) => so + amount, 0);
    return sum(this.#piecesOf(supposed, span).map((piece) => piece.supposed)) === sum(supposed);
  }

  after(supposed: readonly Supposed[], span: Span): AfterLimits {
    if (!this.#moves && this.#isFree(supposed)) return beside(this.#after, supposed);
    const [entries, regulation, times] = this.#limits;
    const pieces = this.#piecesOf(supposed, span);
    if (!this.#moves)
      return beside(
        this.#after,
        pieces.map((piece) => piece.supposed),
      );
    const avoids = this.#avoidedIn(span);
    const more = pieces.map((piece, index): Draft => ({
      ...draftOf(entryOf(piece, index, regulation)),
      supposed: piece.supposed,
      avoids,
    }));
    return limited(draftsOf(entries, times), more, regulation, times);
  }

  #piecesOf(supposed: readonly Supposed[], span: Span): Piece[] {
    const [, regulation] = this.#limits;
    return this.#placementIn(span).piecesOf(supposed.map((one) => meetingAll(one, regulation)));
  }

  /** Whether no limit may hold any of it. */
  #isFree(supposed: readonly Supposed[]): boolean {
    const [, regulation] = this.#limits;
    return !allLimits(regulation).some(
      (limit) => isUnavoidable(limit) && supposed.some(({ way }) => isEarnedBy(way, limit.cap.counts)),
    );
  }

  #placementIn(span: Span): Placement {
    let known = this.#placements.get(span);
    if (!known) {
      const [, regulation, times] = this.#limits;
      const { everywhere, inCycles } = limitsOf(regulation);
      const { own } = this.#after;
      const all = [...everywhere, ...(inCycles.get(span.id) ?? [])];
      const limits = all.filter((limit) => this.#isMet(limit, span));
      const from = this.#firstDayIn(span);
      const uses = limits.map((limit) => {
        const { counted } = (limit.cap.cycle === undefined ? undefined : own.get(span.id)) ?? this.#after;
        return usesOf(limit, counted, from, regulation, times);
      });
      const rolling = uses.flatMap((some, index) => (limits[index]?.rolling === undefined ? [] : some));
      const stretches = stretchesOf(
        limits,
        { from, to: span.to },
        rolling.map(({ day }) => day),
        times,
      );
      const rooms = limits.map((limit, index) =>
        LimitRoom.of(limit, uses[index] ?? [], stretches, regulation, times),
      );
      known = new Placement(stretches, rooms, all, regulation);
      this.#placements.set(span, known);
    }
    return known;
  }

  /** The first day on which more might be earned; of a cycle that is over, on which it might have been. */
  #firstDayIn(span: Span): CivilDate {
    const isOver = span.to <= this.#decidedThrough && !this.#isRolling(span);
    return isOver || this.#day < span.from ? span.from : this.#day;
  }

  #isRolling({ id }: Span): boolean {
    return rollingMonths({ per: id }, this.#limits[1]) !== undefined;
  }

  /**
   * Whether what is earned in a span meets a limit. A rolling span moves on with every day, out of whatever period: then
   * only limits hold it that are for ever or move on with it.
   */
  #isMet(limit: Limit, span: Span): boolean {
    const { cap, rolling } = limit;
    const isWithin = cap.per === undefined || cap.cycle === span.id;
    const moves = rolling !== undefined && rolling === rollingMonths({ per: span.id }, this.#limits[1]);
    return isUnavoidable(limit) && (!this.#isRolling(span) || isWithin || moves);
  }

  /** Which limits leave what is supposed as it is: those that are met as it is laid, and those that it need not meet. */
  #avoidedIn(span: Span): NonNullable<Draft['avoids']> {
    const met = new Set(
      allLimits(this.#limits[1])
        .filter((limit) => this.#isMet(limit, span) && limit.cap.per !== 'day')
        .map(({ cap }) => cap),
    );
    return (cap) => !isShareOf(cap) && !met.has(cap);
  }
}

/** Conditions are met by their text: whoever meets that of an amount meets that of a limit that says the same. */
function meetingAll(supposed: Supposed, { caps = [] }: Regulation): Supposed {
  if (supposed.meets.size === 0) return supposed;
  const texts = new Set([...supposed.meets].map((one) => textOf(one)));
  const same = caps.flatMap(({ counts: { where } }) => (where && texts.has(textOf(where)) ? [where] : []));
  return { ...supposed, meets: new Set([...supposed.meets, ...same]) };
}

const textOf = oncePer((where: Condition): string => JSON.stringify(where));

const entryOf = (
  { supposed: { way, amount }, day }: Piece,
  index: number,
  { id, version }: Regulation,
): CreditEntry => ({
  ...way,
  amount,
  occurredOn: day,
  regulation: { id, version },
  source: { kind: 'supposed', id: String(index) },
  line: '',
  clause: '',
  about: {},
});
