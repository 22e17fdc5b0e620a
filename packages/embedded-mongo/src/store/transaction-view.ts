import { compareEntries, SortedEntries } from './sorted-entries';
import type { Snapshot } from './snapshots';
import type { DocumentRow, IndexEntry, KeyValueView } from './view';

type Change =
  | { kind: 'put'; table: number; row: number; bytes: Buffer }
  | { kind: 'remove'; table: number; row: number }
  | { kind: 'addEntry' | 'removeEntry'; index: number; key: Buffer; row: number };

interface IndexOverlay {
  added: SortedEntries;
  removed: Set<string>;
}

/**
 * What a transaction sees: the snapshot it began with, and its own writes in memory above it. The writes are kept as a
 * log too, which {@link applyTo} replays on the live state at commit. Tables younger than the snapshot read as empty.
 */
export class TransactionView implements KeyValueView {
  readonly #snapshot: Snapshot;
  readonly #documents = new Map<number, Map<number, Buffer | null>>();
  readonly #indexes = new Map<number, IndexOverlay>();
  readonly #log: Change[] = [];
  #bytes = 0;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  /** Bytes written so far: a transaction lives in memory and is bounded. */
  get size(): number {
    return this.#bytes;
  }

  get hasWrites(): boolean {
    return this.#log.length > 0;
  }

  get(table: number, row: number): Buffer | undefined {
    const own = this.#documents.get(table)?.get(row);
    if (own !== undefined) return own ?? undefined;
    return this.#snapshot.hasDocuments(table) ? this.#snapshot.view.get(table, row) : undefined;
  }

  put(table: number, row: number, bytes: Buffer): void {
    this.#overlay(table).set(row, bytes);
    this.#log.push({ kind: 'put', table, row, bytes });
    this.#bytes += bytes.length;
  }

  remove(table: number, row: number): void {
    this.#overlay(table).set(row, null);
    this.#log.push({ kind: 'remove', table, row });
  }

  addEntry(index: number, key: Buffer, row: number): void {
    const overlay = this.#indexOverlay(index);
    if (!overlay.removed.delete(entryName(key, row))) overlay.added.add(key, row);
    this.#log.push({ kind: 'addEntry', index, key, row });
    this.#bytes += key.length;
  }

  removeEntry(index: number, key: Buffer, row: number): void {
    const overlay = this.#indexOverlay(index);
    if (!overlay.added.remove(key, row)) overlay.removed.add(entryName(key, row));
    this.#log.push({ kind: 'removeEntry', index, key, row });
  }

  rowsAt(index: number, key: Buffer): number[] {
    const overlay = this.#indexes.get(index);
    const stored = this.#snapshot.hasEntries(index) ? this.#snapshot.view.rowsAt(index, key) : [];
    if (!overlay) return stored;
    const kept = stored.filter((row) => !overlay.removed.has(entryName(key, row)));
    // The key followed by a zero byte is the next key there can be.
    const own = overlay.added.between(key, Buffer.concat([key, Buffer.of(0)]));
    return [...new Set([...kept, ...own.map((entry) => entry.row)])];
  }

  documentsAt(table: number, index: number, key: Buffer): (DocumentRow & IndexEntry)[] {
    return this.rowsAt(index, key).flatMap((row) => {
      const bytes = this.get(table, row);
      return bytes ? [{ key, row, bytes }] : [];
    });
  }

  *scan(table: number, reverse: boolean): Generator<DocumentRow, void> {
    const overlay = this.#documents.get(table);
    const stored = this.#snapshot.hasDocuments(table) ? this.#snapshot.view.scan(table, reverse) : [];
    if (!overlay) return yield* stored;
    const before = (a: number, b: number): boolean => (reverse ? a > b : a < b);
    const own = [...overlay.keys()].sort((a, b) => (reverse ? b - a : a - b));
    let next = 0;
    for (const found of stored) {
      for (let row = own[next]; row !== undefined && before(row, found.row); row = own[++next]) {
        const bytes = overlay.get(row);
        if (bytes) yield { row, bytes };
      }
      const written = overlay.get(found.row);
      if (written === undefined) yield found;
      else {
        if (own[next] === found.row) next++;
        if (written) yield { row: found.row, bytes: written };
      }
    }
    for (; next < own.length; next++) {
      const row = own[next] as number;
      const bytes = overlay.get(row);
      if (bytes) yield { row, bytes };
    }
  }

  *range(index: number, from: Buffer, to: Buffer | null, reverse: boolean): Generator<IndexEntry, void> {
    const overlay = this.#indexes.get(index);
    const stored = this.#snapshot.hasEntries(index)
      ? this.#snapshot.view.range(index, from, to, reverse)
      : [];
    if (!overlay) return yield* stored;
    const own = overlay.added.between(from, to);
    if (reverse) own.reverse();
    let next = 0;
    for (const found of stored) {
      if (overlay.removed.has(entryName(found.key, found.row))) continue;
      for (let entry = own[next]; entry; entry = own[++next]) {
        const order = compareEntries(entry, found);
        if (reverse ? order < 0 : order > 0) break;
        // Adding what the snapshot holds already changes nothing.
        if (order !== 0) yield entry;
      }
      yield found;
    }
    for (; next < own.length; next++) yield own[next] as IndexEntry;
  }

  *rangeDocuments(
    table: number,
    index: number,
    from: Buffer,
    to: Buffer | null,
    reverse: boolean,
  ): Generator<DocumentRow & IndexEntry, void> {
    for (const { key, row } of this.range(index, from, to, reverse)) {
      const bytes = this.get(table, row);
      if (bytes) yield { key, row, bytes };
    }
  }

  countRange(index: number, from: Buffer, to: Buffer | null, limit: number): number {
    const stored = this.#snapshot.hasEntries(index)
      ? this.#snapshot.view.countRange(index, from, to, limit)
      : 0;
    const own = this.#indexes.get(index)?.added.between(from, to).length ?? 0;
    return Math.min(limit, stored + own);
  }

  count(table: number): number {
    const overlay = this.#documents.get(table);
    const known = this.#snapshot.hasDocuments(table);
    let total = known ? this.#snapshot.view.count(table) : 0;
    for (const [row, bytes] of overlay ?? []) {
      const was = known && this.#snapshot.view.get(table, row) !== undefined;
      if (bytes && !was) total++;
      if (!bytes && was) total--;
    }
    return total;
  }

  /** Replays the writes on the live state. */
  applyTo(target: KeyValueView): void {
    for (const change of this.#log) {
      if (change.kind === 'put') target.put(change.table, change.row, change.bytes);
      else if (change.kind === 'remove') target.remove(change.table, change.row);
      else target[change.kind](change.index, change.key, change.row);
    }
  }

  /** Gives the snapshot back; the view must not be used afterwards. */
  release(): void {
    this.#snapshot.release();
  }

  #overlay(table: number): Map<number, Buffer | null> {
    let overlay = this.#documents.get(table);
    if (!overlay) this.#documents.set(table, (overlay = new Map<number, Buffer | null>()));
    return overlay;
  }

  #indexOverlay(index: number): IndexOverlay {
    let overlay = this.#indexes.get(index);
    if (!overlay) this.#indexes.set(index, (overlay = { added: new SortedEntries(), removed: new Set() }));
    return overlay;
  }
}

function entryName(key: Buffer, row: number): string {
  return `${key.toString('latin1')}\0${row}`;
}
