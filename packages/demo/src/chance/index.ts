/** Repeatable chance: the same seed gives the same demonstration, everywhere. */
export interface Chance {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** So many different items, in the order of chance. */
  sample<Item>(items: readonly Item[], count: number): Item[];
  bytes(count: number): Uint8Array;
}

/** Mulberry32: small, fast, good enough for data that looks natural. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    pick<Item>(items: readonly Item[]): Item {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    sample<Item>(items: readonly Item[], count: number): Item[] {
      const rest = [...items];
      const chosen: Item[] = [];
      while (chosen.length < count && rest.length > 0) {
        const [item] = rest.splice(between(0, rest.length - 1), 1);
        if (item !== undefined) chosen.push(item);
      }
      return chosen;
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => between(0, 255)),
  };
}
