import type { CivilDate } from '../../core';
import type { Regulation } from '../regulation/regulation-schema';
import { isSupposedIn, type Supposed } from '../settlement/selection';
import type { CreditEntry } from '../settlement/settle';
import { mostWorthOf } from '../settlement/most-worth';
import type { Units } from '../value/measure';
import { isUnavoidable, type LimitRoom } from './limit-room';
import { numberOf, type Limit } from './limit-rules';
import type { Stretch } from './time-left';

/** A part of what is supposed to be earned, as one activity on a day. */
export interface Piece {
  readonly supposed: Supposed;
  readonly day: CivilDate;
  /** What it is about, where that is not something new. */
  readonly about?: CreditEntry['about'];
}

/** Lays what is supposed to be earned where limits leave most room for it; what finds none does not count. */
export class Placement {
  readonly #stretches: readonly Stretch[];
  readonly #rooms: readonly LimitRoom[];
  readonly #limits: readonly Limit[];
  readonly #regulation: Regulation;

  /** @param stretches the time that is left, in order; not none. @param limits all that there are, also those that can be avoided. */
  constructor(
    stretches: readonly Stretch[],
    rooms: readonly LimitRoom[],
    limits: readonly Limit[],
    regulation: Regulation,
  ) {
    this.#stretches = stretches;
    this.#limits = limits;
    this.#rooms = rooms;
    this.#regulation = regulation;
  }

  /** Each after the other: the later one has the room that the earlier ones leave. */
  piecesOf(supposed: readonly Supposed[]): Piece[] {
    const copies = new Map<LimitRoom, LimitRoom>();
    const copyOf = (room: LimitRoom): LimitRoom => {
      const copy = copies.get(room) ?? room.copy();
      copies.set(room, copy);
      return copy;
    };
    return supposed.flatMap((one) =>
      this.#lay(one, this.#rooms.filter((room) => room.covers(one)).map(copyOf)),
    );
  }

  #lay(supposed: Supposed, rooms: readonly LimitRoom[]): Piece[] {
    const { way } = supposed;
    const [first] = this.#stretches;
    if (rooms.length === 0 && first) return [{ supposed, day: first.from }];
    const byItems = rooms.filter(({ isOfItems }) => isOfItems);
    const byAmount = rooms.filter(({ isOfItems }) => !isOfItems);
    const most = byItems.length > 0 ? this.#mostOfOne(supposed) : Infinity;
    const pieces: Piece[] = [];
    let { amount: left } = supposed;
    for (const stretch of this.#stretches) {
      const places = (): number => Math.min(...byItems.map((room) => room.leftIn(stretch, way)));
      while (left > 0 && places() > 0) {
        const room = Math.min(...byAmount.map((one) => one.leftIn(stretch, way)));
        const amount = Math.min(left, room, most);
        if (amount <= 0) break;
        for (const one of rooms) one.plan(stretch, way, amount);
        pieces.push({ supposed: { ...supposed, amount }, day: stretch.from });
        left -= amount;
      }
      if (left <= 0) break;
    }
    return pieces;
  }

  /**
   * The most that one activity may bring: what it may earn, and what counts of it on its day and of what it is about, which
   * is one subject, one organiser, ….
   */
  #mostOfOne(supposed: Supposed): Units {
    const { rule } = supposed.way;
    const isSpread = this.#regulation.earn.some(({ id, spread }) => id === rule && spread !== undefined);
    const most = this.#limits
      .filter(({ cap: { counts } }) => isSupposedIn(supposed, counts))
      .filter((limit) => (limit.cap.per === 'day' && !isSpread) || !isUnavoidable(limit))
      .flatMap(({ cap, items }) => (items ? [] : (numberOf(cap, '', { requiredOf: () => undefined }) ?? [])));
    return Math.min(mostWorthOf(this.#regulation)(supposed.way) ?? Infinity, ...most);
  }
}
