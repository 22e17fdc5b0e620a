import type { CivilDate } from '../../core';
import type { Units } from '../value/measure';
import { piecesOf, type Cut, type Draft } from './draft';
import { NEVER, type LimitTimes, type NamedLimit } from './limit-rules';

/**
 * Keeps the items with the highest amounts (of equals the earlier), whole. What lies in a cycle that ended before a higher
 * one came has counted and stays: then only the difference is added. What is spread over days or years comes as one.
 */
export class Highest {
  readonly #items: number;
  readonly #itemOf: (draft: Draft) => string;
  readonly #named: NamedLimit;
  readonly #amounts = new Map<string, Units>();
  readonly #cuts = new Map<Draft, Cut>();
  readonly #wholes = new Map<Draft, Units>();
  readonly #closed: Draft[] = [];
  #open: Draft[] = [];

  constructor(items: number, itemOf: (draft: Draft) => string, named: NamedLimit) {
    this.#items = items;
    this.#itemOf = itemOf;
    this.#named = named;
  }

  keepOf(bucket: readonly Draft[], { openUntil }: LimitTimes): void {
    const ends = new Map<Draft, CivilDate>();
    let soonest: CivilDate = NEVER;
    for (const pieces of piecesOf(bucket)) {
      const on = pieces[0]?.entry.occurredOn ?? '';
      if (soonest < on) {
        this.#rank();
        const isOpen = (draft: Draft): boolean => (ends.get(draft) ?? NEVER) >= on;
        this.#closed.push(...this.#open.filter((draft) => !isOpen(draft)));
        this.#open = this.#open.filter(isOpen);
        soonest = this.#open.reduce((end, draft) => earlier(end, ends.get(draft) ?? NEVER), NEVER);
      }
      for (const draft of pieces) {
        const item = this.#itemOf(draft);
        this.#amounts.set(item, (this.#amounts.get(item) ?? 0) + draft.counted);
        this.#wholes.set(draft, draft.counted);
        this.#open.push(draft);
        const end = openUntil(draft.entry.occurredOn) ?? NEVER;
        ends.set(draft, end);
        soonest = earlier(soonest, end);
      }
    }
    this.#rank();
    for (const [draft, cut] of this.#cuts) draft.cuts.push(cut);
  }

  /** Lets count, of what is open, the highest without what closed cycles have counted of others. */
  #rank(): void {
    const ranked = [...this.#amounts].sort(([, a], [, b]) => b - a).slice(0, this.#items);
    const kept = new Set(ranked.map(([item]) => item));
    const highest = ranked.reduce((sum, [, amount]) => sum + amount, 0);
    const before = this.#closed.reduce((sum, { counted }) => sum + counted, 0);
    const isKept = (draft: Draft): boolean => kept.has(this.#itemOf(draft));
    const whole = (draft: Draft): Units => this.#wholes.get(draft) ?? 0;
    const open = this.#open.filter(isKept).reduce((sum, draft) => sum + whole(draft), 0);
    let above = Math.max(0, before + open - highest);
    const lowestFirst = ranked.map(([item]) => item).reverse();
    const place = (draft: Draft): number => lowestFirst.indexOf(this.#itemOf(draft));
    for (const draft of [...this.#open].sort((a, b) => place(a) - place(b))) {
      const room = isKept(draft) ? whole(draft) - Math.min(whole(draft), above) : 0;
      const cut = whole(draft) - Math.max(room, Math.min(draft.kept, whole(draft)));
      if (isKept(draft)) above -= cut;
      draft.counted = whole(draft) - cut;
      const taken = isKept(draft)
        ? { limit: highest, used: before, cut }
        : { limit: highest, used: highest, cut, items: this.#items };
      if (cut > 0) this.#cuts.set(draft, { ...this.#named, ...taken });
      else this.#cuts.delete(draft);
    }
  }
}

const earlier = (a: CivilDate, b: CivilDate): CivilDate => (a < b ? a : b);
