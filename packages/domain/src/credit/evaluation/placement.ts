import type { CivilDate } from '../../core';
import type { Regulation } from '../regulation/regulation-schema';
import { isSupposedIn, type Supposed } from '../settlement/selection';
import type { CreditEntry } from '../settlement/settle';
import { mostWorthOf } from '../settlement/most-worth';
import type { Units } from '../value/measure';
import type { Freeing } from './freed';
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
  readonly #freeing: Freeing;

  /** @param stretches the time that is left, in order; not none. @param limits all that there are, also those that can be avoided. */
  constructor(
    stretches: readonly Stretch[],
    rooms: readonly LimitRoom[],
    limits: readonly Limit[],
    regulation: Regulation,
    freeing: Freeing,
  ) {
    this.#stretches = stretches;
    this.#limits = limits;
    this.#rooms = rooms;
    this.#regulation = regulation;
    this.#freeing = freeing;
  }

  /** Each after the other: the later one has the room that the earlier ones leave. */
  piecesOf(supposed: readonly Supposed[]): Piece[] {
    const copies = new Map<LimitRoom, LimitRoom>();
    const copyOf = (room: LimitRoom): LimitRoom => {
      const copy = copies.get(room) ?? room.copy();
      copies.set(room, copy);
      return copy;
    };
    const freed = new Map<Stretch, Units>();
    return supposed.flatMap((one) => {
      const rooms = this.#rooms.filter((room) => room.covers(one)).map(copyOf);
      return rooms.length === 0 ? this.#layFreely(one, freed) : this.#lay(one, rooms);
    });
  }

  /** What no limit holds lies where it lets count what shares have cut, and the rest at the beginning. */
  #layFreely(supposed: Supposed, freed: Map<Stretch, Units>): Piece[] {
    let { amount: left } = supposed;
    const pieces: Piece[] = [];
    for (const stretch of this.#stretches) {
      const known = freed.get(stretch) ?? 0;
      const amount = Math.min(left, Math.max(0, this.#freeing(supposed, stretch) - known));
      if (amount <= 0) continue;
      freed.set(stretch, known + amount);
      pieces.push({ supposed: { ...supposed, amount }, day: stretch.from });
      left -= amount;
    }
    const [first] = this.#stretches;
    return left > 0 && first
      ? [...pieces, { supposed: { ...supposed, amount: left }, day: first.from }]
      : pieces;
  }

  #lay(supposed: Supposed, rooms: readonly LimitRoom[]): Piece[] {
    const { way } = supposed;
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
