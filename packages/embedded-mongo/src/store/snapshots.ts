import { Connection } from './connection';
import { LiveView } from './live-view';

const POOLED = 16;

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
}

/** Hands out snapshots; each is a read transaction on a connection of its own, and connections are used again. */
export class Snapshots {
  readonly #file: string;
  readonly #pool: Reader[] = [];
  readonly #open = new Set<Reader>();

  constructor(file: string) {
    this.#file = file;
  }

  take(): Snapshot {
    const reader = this.#pool.pop() ?? this.#connect();
    const { connection, view } = reader;
    connection.statement('', 'BEGIN').run();
    // A read transaction begins with its first read.
    connection.statement('', 'SELECT count(*) FROM catalog').get();
    this.#open.add(reader);
    const known = new Map<string, boolean>();
    const has = (name: string): boolean => {
      let found = known.get(name);
      if (found === undefined) {
        found =
          connection.statement('', 'SELECT 1 FROM sqlite_master WHERE name = ?').get(name) !== undefined;
        known.set(name, found);
      }
      return found;
    };
    return {
      view,
      hasDocuments: (table) => has(`d${table}`),
      hasEntries: (index) => has(`i${index}`),
      release: () => this.#release(reader),
    };
  }

  close(): void {
    for (const reader of [...this.#pool, ...this.#open]) reader.connection.close();
    this.#pool.length = 0;
    this.#open.clear();
  }

  #connect(): Reader {
    const connection = new Connection(this.#file, READER_PRAGMAS);
    const refuse = (): never => {
      throw new Error('a snapshot cannot be written');
    };
    return { connection, view: new LiveView(connection, refuse) };
  }

  #release(reader: Reader): void {
    if (!this.#open.delete(reader)) return;
    reader.connection.statement('', 'COMMIT').run();
    if (this.#pool.length < POOLED) this.#pool.push(reader);
    else reader.connection.close();
  }
}
