import { checksum } from './checksum';
import type { Connection } from './connection';
import { blob, type SqlRow, type SqlValue, type Statement } from './sqlite';
import type { DocumentRow, IndexEntry, KeyValueView } from './view';

const FIRST_PAGE_ROWS = 24;
const LARGEST_PAGE_ROWS = 1024;
const PAGE_BYTES = 1 << 20;

/** So many rows or entries are measured in one go. */
const MEASURED_ROWS = 10_000;

/** How much is stored, or in a part of it. */
export interface Size {
  /** Rows or entries. */
  count: number;
  bytes: number;
}

/** A document as a verification sees it. */
export interface CheckedRow extends DocumentRow {
  intact: boolean | undefined;
}

interface DocumentStatements {
  get: Statement;
  put: Statement;
  remove: Statement;
}

interface EntryStatements {
  add: Statement;
  remove: Statement;
  at: Statement;
}

/** The state on one connection: everything written so far, committed or not (main connection), or one snapshot (a reader). */
export class LiveView implements KeyValueView {
  readonly #connection: Connection;
  readonly #beforeWrite: (bytes: number) => void;
  readonly #documents = new Map<number, DocumentStatements>();
  readonly #entries = new Map<number, EntryStatements>();

  /** `beforeWrite` is told of each write and its bytes; it opens the transaction of the current batch when there is none. */
  constructor(connection: Connection, beforeWrite: (bytes: number) => void) {
    this.#connection = connection;
    this.#beforeWrite = beforeWrite;
  }

  /** Forgets the statements of a dropped table or index. */
  forgetDocuments(table: number): void {
    this.#documents.delete(table);
    this.#connection.forget(`d${table}`);
  }

  forgetEntries(index: number): void {
    this.#entries.delete(index);
    this.#connection.forget(`i${index}`);
  }

  /** Forgets all statements, after tables have vanished with a rolled-back batch. */
  forgetAll(): void {
    this.#documents.clear();
    this.#entries.clear();
  }

  get(table: number, row: number): Buffer | undefined {
    const found = this.#ofDocuments(table).get.get(row);
    return found && blob(found[0]);
  }

  put(table: number, row: number, bytes: Buffer): void {
    this.#beforeWrite(bytes.length);
    this.#ofDocuments(table).put.run(row, bytes, checksum(bytes));
  }

  remove(table: number, row: number): void {
    this.#beforeWrite(0);
    this.#ofDocuments(table).remove.run(row);
  }

  addEntry(index: number, key: Buffer, row: number): void {
    this.#beforeWrite(key.length);
    this.#ofEntries(index).add.run(key, row);
  }

  removeEntry(index: number, key: Buffer, row: number): void {
    this.#beforeWrite(key.length);
    this.#ofEntries(index).remove.run(key, row);
  }

  rowsAt(index: number, key: Buffer): number[] {
    return this.#ofEntries(index)
      .at.all(key)
      .map((found) => found[0] as number);
  }

  documentsAt(table: number, index: number, key: Buffer): (DocumentRow & IndexEntry)[] {
    return this.#connection
      .statement(`i${index}`, `SELECT i.r, d.v FROM i${index} i JOIN d${table} d ON d.k = i.r WHERE i.k = ?`)
      .all(key)
      .map(([row, value]) => ({ key, row: row as number, bytes: blob(value) }));
  }

  /**
   * A page of documents comes as one blob, which its documents share: a blob for each costs more than reading it.
   * `group_concat` takes bytes as they are.
   */
  *scan(table: number, reverse: boolean): Generator<DocumentRow, void> {
    const statement = this.#connection.statement(
      `d${table}`,
      `SELECT CAST(group_concat(v, '') AS BLOB), group_concat(k), group_concat(length(v)) FROM
        (SELECT k, v FROM d${table} WHERE k ${reverse ? '<' : '>'} ? ORDER BY k ${reverse ? 'DESC' : ''} LIMIT ?)`,
    );
    let last = reverse ? Number.MAX_SAFE_INTEGER : -1;
    for (let size = FIRST_PAGE_ROWS; ;) {
      const [documents, numbers, lengths] = statement.get(last, size) ?? [];
      if (typeof numbers !== 'string' || typeof lengths !== 'string') return; // no row left: all are null
      const bytes = blob(documents);
      const rows = numbers.split(',');
      let from = 0;
      for (const [i, length] of lengths.split(',').entries()) {
        const to = from + Number(length);
        yield { row: (last = Number(rows[i])), bytes: bytes.subarray(from, to) };
        from = to;
      }
      if (rows.length < size) return;
      size = nextPage(size, bytes.length);
    }
  }

  *range(index: number, from: Buffer, to: Buffer | null, reverse: boolean): Generator<IndexEntry, void> {
    for (const [key, row] of this.#pages(
      `i${index}`,
      `SELECT i.k, i.r FROM i${index} i`,
      from,
      to,
      reverse,
    )) {
      yield { key: blob(key), row: row as number };
    }
  }

  *rangeDocuments(
    table: number,
    index: number,
    from: Buffer,
    to: Buffer | null,
    reverse: boolean,
  ): Generator<DocumentRow & IndexEntry, void> {
    const select = `SELECT i.k, i.r, d.v FROM i${index} i JOIN d${table} d ON d.k = i.r`;
    for (const [key, row, value] of this.#pages(`i${index}`, select, from, to, reverse)) {
      yield { key: blob(key), row: row as number, bytes: blob(value) };
    }
  }

  countRange(index: number, from: Buffer, to: Buffer | null, limit: number): number {
    const upper = to ? 'AND k < ?' : '';
    const sql = `SELECT count(*) FROM (SELECT 1 FROM i${index} WHERE k >= ? ${upper} LIMIT ?)`;
    const statement = this.#connection.statement(`i${index}`, sql);
    return (to ? statement.get(from, to, limit) : statement.get(from, limit))?.[0] as number;
  }

  count(table: number): number {
    return this.#connection.statement(`d${table}`, `SELECT count(*) FROM d${table}`).get()?.[0] as number;
  }

  /** What the documents of a table take, piece by piece; they themselves are not read. */
  *sizesOfDocuments(table: number): Generator<Size, void> {
    const statement = this.#connection.statement(
      `d${table}`,
      `SELECT count(*), sum(n), max(k) FROM (SELECT k, length(v) n FROM d${table} WHERE k > ? ORDER BY k LIMIT ?)`,
    );
    for (let last = -1; ;) {
      const [count, bytes, end] = statement.get(last, MEASURED_ROWS) as [number, number | null, number];
      yield { count, bytes: bytes ?? 0 };
      if (count < MEASURED_ROWS) return;
      last = end;
    }
  }

  /** What the keys of an index take, piece by piece. */
  *sizesOfEntries(index: number): Generator<Size, void> {
    let size: Size = { count: 0, bytes: 0 };
    for (const { key } of this.range(index, Buffer.alloc(0), null, false)) {
      size.count++;
      size.bytes += key.length;
      if (size.count < MEASURED_ROWS) continue;
      yield size;
      size = { count: 0, bytes: 0 };
    }
    yield size;
  }

  /** The documents of a table, each with whether it still has its checksum; undefined in a layout without them. */
  *checkedScan(table: number, checksums: boolean): Generator<CheckedRow, void> {
    const statement = this.#connection.statement(
      `d${table}`,
      `SELECT k, v, ${checksums ? 'c' : 'NULL'} FROM d${table} WHERE k > ? ORDER BY k LIMIT ?`,
    );
    for (let last = -1, size = FIRST_PAGE_ROWS; ;) {
      const page = statement.all(last, size);
      let read = 0;
      for (const [row, value, sum] of page) {
        const bytes = blob(value);
        read += bytes.length;
        yield {
          row: (last = row as number),
          bytes,
          intact: sum === null ? undefined : sum === checksum(bytes),
        };
      }
      if (page.length < size) return;
      size = nextPage(size, read);
    }
  }

  /** The largest row number in use, -1 when there is none. */
  lastRow(table: number): number {
    const found = this.#connection.statement(`d${table}`, `SELECT max(k) FROM d${table}`).get()?.[0];
    return typeof found === 'number' ? found : -1;
  }

  *#pages(
    name: string,
    select: string,
    from: Buffer,
    to: Buffer | null,
    reverse: boolean,
  ): Generator<SqlRow, void> {
    const order = reverse ? 'ORDER BY i.k DESC, i.r DESC' : 'ORDER BY i.k, i.r';
    const upper = to ? 'AND i.k < ?' : '';
    const bounds: SqlValue[] = to ? [to] : [];
    let size = FIRST_PAGE_ROWS;
    let page = this.#connection
      .statement(name, `${select} WHERE i.k >= ? ${upper} ${order} LIMIT ?`)
      .all(from, ...bounds, size);
    for (;;) {
      let bytes = 0;
      for (const found of page) {
        bytes += found[2] === undefined ? 64 : (found[2] as Uint8Array).length;
        yield found;
      }
      const last = page[page.length - 1];
      if (!last || page.length < size) return;
      size = nextPage(size, bytes);
      // Behind the first page the last entry bounds one side, and the range the other.
      const next = this.#connection.statement(
        name,
        reverse
          ? `${select} WHERE (i.k, i.r) < (?, ?) AND i.k >= ? ${order} LIMIT ?`
          : `${select} WHERE (i.k, i.r) > (?, ?) ${upper} ${order} LIMIT ?`,
      );
      page = next.all(last[0] as Uint8Array, last[1] as number, ...(reverse ? [from] : bounds), size);
    }
  }

  #ofDocuments(table: number): DocumentStatements {
    let statements = this.#documents.get(table);
    if (!statements) {
      const prepare = (sql: string): Statement => this.#connection.statement(`d${table}`, sql);
      statements = {
        get: prepare(`SELECT v FROM d${table} WHERE k = ?`),
        put: prepare(`INSERT OR REPLACE INTO d${table}(k, v, c) VALUES (?, ?, ?)`),
        remove: prepare(`DELETE FROM d${table} WHERE k = ?`),
      };
      this.#documents.set(table, statements);
    }
    return statements;
  }

  #ofEntries(index: number): EntryStatements {
    let statements = this.#entries.get(index);
    if (!statements) {
      const prepare = (sql: string): Statement => this.#connection.statement(`i${index}`, sql);
      statements = {
        add: prepare(`INSERT OR IGNORE INTO i${index}(k, r) VALUES (?, ?)`),
        remove: prepare(`DELETE FROM i${index} WHERE k = ? AND r = ?`),
        at: prepare(`SELECT r FROM i${index} WHERE k = ?`),
      };
      this.#entries.set(index, statements);
    }
    return statements;
  }
}

/** Pages grow, but never to more than about a megabyte of documents. */
function nextPage(rows: number, bytes: number): number {
  const average = Math.max(16, bytes / rows);
  return Math.max(1, Math.min(LARGEST_PAGE_ROWS, rows * 4, Math.floor(PAGE_BYTES / average)));
}
