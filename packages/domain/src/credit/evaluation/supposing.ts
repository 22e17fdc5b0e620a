import type { CivilDate } from '../../core';
import { isInCycle, type CycleRef } from '../person/cycles';
import type { Condition } from '../regulation/condition';
import type { Regulation } from '../regulation/regulation-schema';
import { isEarnedBy, isSupposedIn, type Supposed } from '../settlement/selection';
import type { CreditEntry } from '../settlement/settle';
import { daysInclusive } from '../value/calendar';
import type { Exact } from '../value/exact';
import type { Units } from '../value/measure';
import { oncePer } from '../value/once-per';
import { allLimits, contestedLimits } from './contested';
import { draftOf, type Draft } from './draft';
import { freeingOf } from './freed';
import { isShareOf, limitsOf, rollingMonths, type Limit } from './limit-rules';
import { isUnavoidable, LimitRoom, usesOf, type Use } from './limit-room';
import { beside, limited, type AfterLimits, type applyLimits, type InCycle } from './limits';
import { Placement, type Piece } from './placement';
import { draftsOf } from './roomless';
import { busyIn, spotsOf } from './spots';
import type { Relimited } from './tally';
import { stretchesOf, type Stretch } from './time-left';
import { Trials, type Spot } from './trials';

type Span = Pick<CycleRef, 'id' | 'from' | 'to'>;

/** Where no more days than these are left, another day may not do instead of one on which only the highest counts. */
const FEW_DAYS = 31;

/** Whether limits may take of what is earned yet. */
export const mayTake = oncePer(
  (regulation: Regulation): boolean =>
    isDisplaced(regulation) ||
    allLimits(regulation).some((limit) => isShareOf(limit.cap) || isUnavoidable(limit)),
);

/** Whether what counts already may be less when more is earned. */
export const isDisplaced = (regulation: Regulation): boolean => contestedLimits(regulation).length > 0;

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
  readonly #stretches = new Map<Span, readonly Stretch[]>();
  readonly #spots = new Map<Span, Map<string, readonly Spot[]>>();
  /** How many pieces were made, so that each is an activity of its own. */
  #pieces = 0;
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

  after(supposed: readonly Supposed[], span: Span, lacking: (after: AfterLimits) => Exact): AfterLimits {
    if (!this.#moves && this.#isFree(supposed)) return beside(this.#after, supposed);
    const [entries, regulation, times] = this.#limits;
    const isTried = (one: Supposed): boolean => one.amount > 0 && this.#isContested(one, span);
    const pieces = this.#piecesOf(
      supposed.filter((one) => !isTried(one)),
      span,
    );
    if (!this.#moves)
      return beside(
        this.#after,
        pieces.map((piece) => piece.supposed),
      );
    const avoids = this.#avoidedIn(span);
    const apply = (more: readonly Draft[]): AfterLimits =>
      limited(draftsOf(entries, times), [...this.#draftsOf(pieces, avoids), ...more], regulation, times);
    const tried = supposed.filter(isTried).map((one) => meetingAll(one, regulation));
    return tried.length === 0 ? apply([]) : this.#trying(tried, span, apply, lacking);
  }

  /** The same of what limits may let count instead of something else. */
  #trying(
    supposed: readonly Supposed[],
    span: Span,
    apply: (more: readonly Draft[]) => AfterLimits,
    lacking: (after: AfterLimits) => Exact,
  ): AfterLimits {
    const [entries, regulation] = this.#limits;
    const inSpan = (after: AfterLimits): InCycle => after.own.get(span.id) ?? after;
    const avoids = this.#passedOverIn(span);
    return new Trials(supposed, {
      regulation,
      spotsOf: (one) => this.#spotsIn(span, one),
      busy: busyIn(entries, { from: this.#firstDayIn(span), to: span.to }),
      apply: (pieces) => apply(this.#draftsOf(pieces, avoids)),
      countedIn: (after) => {
        const { counted, supposed: more = [] } = inSpan(after);
        const known = counted.filter(({ entry }) => isInCycle(entry.occurredOn, span));
        return (
          known.reduce((sum, one) => sum + one.counted, 0) + more.reduce((sum, { amount }) => sum + amount, 0)
        );
      },
      lastOf: (after) => inSpan(after).supposed?.at(-1)?.amount ?? 0,
      lacking,
    }).best();
  }

  /** Drafts of pieces, anew each time, since limits change them. */
  #draftsOf(pieces: readonly Piece[], avoids: NonNullable<Draft['avoids']>): Draft[] {
    return pieces.map((piece) => ({ ...draftOf(this.#entryOf(piece)), supposed: piece.supposed, avoids }));
  }

  /** What a piece would be entered as: one activity, whatever other pieces there are. */
  readonly #entryOf = oncePer(({ supposed: { way, amount }, day, about = {} }: Piece): CreditEntry => {
    const { id, version } = this.#limits[1];
    this.#pieces += 1;
    return {
      ...way,
      amount,
      occurredOn: day,
      regulation: { id, version },
      source: { kind: 'supposed', id: String(this.#pieces) },
      line: '',
      clause: '',
      about,
    };
  });

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

  #isContested(supposed: Supposed, span: Span): boolean {
    const [, regulation] = this.#limits;
    const one = meetingAll(supposed, regulation);
    return contestedLimits(regulation).some(
      (limit) =>
        isSupposedIn(one, limit.cap.counts) &&
        this.#holdsIn(limit, span) &&
        (limit.cap.per !== 'day' || daysInclusive(this.#firstDayIn(span), span.to) <= FEW_DAYS),
    );
  }

  #placementIn(span: Span): Placement {
    let known = this.#placements.get(span);
    if (!known) {
      const [, regulation, times] = this.#limits;
      const { everywhere, inCycles } = limitsOf(regulation);
      const all = [...everywhere, ...(inCycles.get(span.id) ?? [])];
      const limits = this.#limitsIn(span).filter(isUnavoidable);
      const stretches = this.#stretchesIn(span);
      const rooms = limits.map((limit) =>
        LimitRoom.of(limit, this.#usesOf(limit, span), stretches, regulation, times),
      );
      const { counted } = this.#after.own.get(span.id) ?? this.#after;
      known = new Placement(stretches, rooms, all, regulation, freeingOf(counted, regulation, times));
      this.#placements.set(span, known);
    }
    return known;
  }

  #stretchesIn(span: Span): readonly Stretch[] {
    let known = this.#stretches.get(span);
    if (!known) {
      const [, , times] = this.#limits;
      const limits = this.#limitsIn(span).filter((limit) => this.#moves || isUnavoidable(limit));
      const rolling = limits.filter((limit) => limit.rolling !== undefined);
      known = stretchesOf(
        limits,
        { from: this.#firstDayIn(span), to: span.to },
        rolling.flatMap((limit) => this.#usesOf(limit, span)).map(({ day }) => day),
        times,
      );
      this.#stretches.set(span, known);
    }
    return known;
  }

  /** Where something may be tried, which is the same for whatever is earned so. */
  #spotsIn(span: Span, supposed: Supposed): readonly Spot[] {
    const inSpan = this.#spots.get(span) ?? new Map<string, readonly Spot[]>();
    this.#spots.set(span, inSpan);
    const key = JSON.stringify([supposed.way, [...supposed.meets].map((one) => textOf(one))]);
    let known = inSpan.get(key);
    if (!known) {
      const [entries, regulation, times] = this.#limits;
      known = spotsOf(supposed, this.#stretchesIn(span), this.#limitsIn(span), entries, regulation, times);
      inSpan.set(key, known);
    }
    return known;
  }

  #usesOf(limit: Limit, span: Span): Use[] {
    const [, regulation, times] = this.#limits;
    const { own } = this.#after;
    const { counted } = (limit.cap.cycle === undefined ? undefined : own.get(span.id)) ?? this.#after;
    return usesOf(limit, counted, this.#firstDayIn(span), regulation, times);
  }

  /** The limits that what is earned in a span meets. */
  #limitsIn(span: Span): Limit[] {
    const { everywhere, inCycles } = limitsOf(this.#limits[1]);
    return [...everywhere, ...(inCycles.get(span.id) ?? [])].filter((limit) => this.#holdsIn(limit, span));
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
  #holdsIn({ cap, rolling }: Limit, span: Span): boolean {
    const isWithin = cap.per === undefined || cap.cycle === span.id;
    const moves = rolling !== undefined && rolling === rollingMonths({ per: span.id }, this.#limits[1]);
    return !this.#isRolling(span) || isWithin || moves;
  }

  /** Which limits leave what is laid into its room as it is: those that are met so, and those that it need not meet. */
  #avoidedIn(span: Span): NonNullable<Draft['avoids']> {
    const met = new Set(
      allLimits(this.#limits[1])
        .filter((limit) => isUnavoidable(limit) && this.#holdsIn(limit, span) && limit.cap.per !== 'day')
        .map(({ cap }) => cap),
    );
    return (cap) => !isShareOf(cap) && !met.has(cap);
  }

  /** Which limits leave what is tried as it is: those that do not hold it. */
  #passedOverIn(span: Span): NonNullable<Draft['avoids']> {
    const held = new Set(this.#limitsIn(span).map(({ cap }) => cap));
    return (cap) => !isShareOf(cap) && !held.has(cap);
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
