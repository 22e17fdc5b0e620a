/** One document row: its number inside the collection and its BSON bytes. */
export interface DocumentRow {
  row: number;
  bytes: Buffer;
}

/** One index entry. */
export interface IndexEntry {
  key: Buffer;
  row: number;
}

/**
 * Ordered key-value access to documents and index entries. There are two of them: the live state, and the state as a
 * transaction sees it. Generators read in pages and may be resumed in a later event-loop turn; they then continue
 * behind the last key they returned.
 */
export interface KeyValueView {
  get(table: number, row: number): Buffer | undefined;
  put(table: number, row: number, bytes: Buffer): void;
  remove(table: number, row: number): void;
  addEntry(index: number, key: Buffer, row: number): void;
  removeEntry(index: number, key: Buffer, row: number): void;
  /** The rows that stand under exactly this key. */
  rowsAt(index: number, key: Buffer): number[];
  /** Like {@link rowsAt}, with the documents. */
  documentsAt(table: number, index: number, key: Buffer): (DocumentRow & IndexEntry)[];
  scan(table: number, reverse: boolean): Generator<DocumentRow, void>;
  /** Entries with `from ≤ key < to` (null: no upper bound), in key order or reversed. */
  range(index: number, from: Buffer, to: Buffer | null, reverse: boolean): Generator<IndexEntry, void>;
  /** Like {@link range}, with the documents. */
  rangeDocuments(
    table: number,
    index: number,
    from: Buffer,
    to: Buffer | null,
    reverse: boolean,
  ): Generator<DocumentRow & IndexEntry, void>;
  /** How many entries lie in the range, counted up to `limit`. */
  countRange(index: number, from: Buffer, to: Buffer | null, limit: number): number;
  count(table: number): number;
}
