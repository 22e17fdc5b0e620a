import type { IndexEntry } from './view';

/** Index entries in key order: what a transaction has added to one index. */
export class SortedEntries {
  readonly #entries: IndexEntry[] = [];

  add(key: Buffer, row: number): void {
    const at = this.#position(key, row);
    const found = this.#entries[at];
    if (found && found.row === row && found.key.equals(key)) return;
    this.#entries.splice(at, 0, { key, row });
  }

  /** Whether the entry was there. */
  remove(key: Buffer, row: number): boolean {
    const at = this.#position(key, row);
    const found = this.#entries[at];
    if (!found || found.row !== row || !found.key.equals(key)) return false;
    this.#entries.splice(at, 1);
    return true;
  }

  /** A copy of the entries with `from ≤ key < to`, so that later changes do not disturb its reader. */
  between(from: Buffer, to: Buffer | null): IndexEntry[] {
    return this.#entries.slice(this.#position(from, -1), to ? this.#position(to, -1) : undefined);
  }

  #position(key: Buffer, row: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareEntries(this.#entries[middle] as IndexEntry, { key, row }) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** By key bytes, then by row: the order in which an index is stored. */
export function compareEntries(a: IndexEntry, b: IndexEntry): number {
  return Buffer.compare(a.key, b.key) || a.row - b.row;
}
