import { Connection } from './connection';
import { LiveView } from './live-view';

/** As many as clients that commonly run transactions at once: opening a connection costs more than the transaction. */
const POOLED = 64;

const READER_PRAGMAS = 'PRAGMA cache_size = -2048; PRAGMA busy_timeout = 5000;';

/** The committed state at one moment, readable until released. */
export interface Snapshot {
  readonly view: LiveView;
  hasDocuments(table: number): boolean;
  hasEntries(index: number): boolean;
  release(): void;
}

interface Reader {
  connection: Connection;
  view: LiveView;
  /** Which tables it has, as far as anybody has asked. */
  tables: Map<string, boolean>;
  users: number;
}

/**
 * Hands out snapshots. Each is a read transaction on a connection of its own, shared by all who ask between two commits;
 * connections are used again.
 */
export class Snapshots {
  readonly #file: string;
  readonly #onNone: () => void;
  readonly #pool: Reader[] = [];
  readonly #open = new Set<Reader>();
  /** Shows the latest commit. */
  #latest: Reader | undefined;

  /** `onNone` is told when the last open snapshot has been given back. */
  constructor(file: string, onNone: () => void) {
    this.#file = file;
    this.#onNone = onNone;
  }

  /** How many are open, those shared counted once. */
  get open(): number {
    return this.#open.size;
  }

  take(): Snapshot {
    const reader = (this.#latest ??= this.#begin());
    reader.users++;
    let held = true;
    return {
      view: reader.view,
      hasDocuments: (table) => this.#has(reader, `d${table}`),
      hasEntries: (index) => this.#has(reader, `i${index}`),
      release: () => {
        if (!held) return;
        held = false;
        if (--reader.users === 0) this.#end(reader);
      },
    };
  }

  /** After a commit: whoever asks now sees it. */
  moveOn(): void {
    this.#latest = undefined;
  }

  close(): void {
    for (const reader of [...this.#pool, ...this.#open]) reader.connection.close();
    this.#pool.length = 0;
    this.#open.clear();
    this.#latest = undefined;
  }

  #begin(): Reader {
    const reader = this.#pool.pop() ?? this.#connect();
    const { connection, tables } = reader;
    tables.clear();
    connection.statement('', 'BEGIN').run();
    // A read transaction begins with its first read.
    connection.statement('', 'SELECT count(*) FROM catalog').get();
    this.#open.add(reader);
    return reader;
  }

  #end(reader: Reader): void {
    if (this.#latest === reader) this.#latest = undefined;
    if (!this.#open.delete(reader)) return;
    reader.connection.statement('', 'COMMIT').run();
    if (this.#pool.length < POOLED) this.#pool.push(reader);
    else reader.connection.close();
    if (this.#open.size === 0) this.#onNone();
  }

  #has({ connection, tables }: Reader, name: string): boolean {
    let found = tables.get(name);
    if (found === undefined) {
      found = connection.statement('', 'SELECT 1 FROM sqlite_master WHERE name = ?').get(name) !== undefined;
      tables.set(name, found);
    }
    return found;
  }

  #connect(): Reader {
    const connection = new Connection(this.#file, READER_PRAGMAS);
    const refuse = (): never => {
      throw new Error('a snapshot cannot be written');
    };
    return { connection, view: new LiveView(connection, refuse), tables: new Map(), users: 0 };
  }
}
