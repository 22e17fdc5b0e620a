import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { checksum } from './checksum';
import { Checkpoints } from './checkpoints';
import { Connection } from './connection';
import { FormatError, knownVersion, migrate } from './format';
import { GroupCommit, type Durability } from './group-commit';
import { LiveView } from './live-view';
import { Snapshots } from './snapshots';
import { blob } from './sqlite';
import { TransactionView } from './transaction-view';

/** SQLite's default. */
const PAGE_BYTES = 4096;

/** The data file inside a database folder. */
export function dataFile(folder: string): string {
  return path.join(folder, 'data.sqlite');
}

/** What a client session must still know after a crash: its latest write or transaction number and what came of it. */
export interface StoredSession {
  number: bigint;
  record: Buffer;
}

/**
 * One database folder as ordered key-value tables: `d<id>` holds the documents of a collection by row number, `i<id>` the
 * entries of an index by key bytes, `catalog` the collections, `session` the replies of retryable writes. Beside each document,
 * catalog entry and record stands its checksum (`c`).
 */
export class Store {
  readonly live: LiveView;
  readonly commits: GroupCommit;
  readonly #main: Connection;
  readonly #snapshots: Snapshots;
  readonly #checkpoints: Checkpoints;

  constructor(o: {
    folder: string;
    durability: Durability;
    /** Writes beyond this size fail as on a full disk. */
    sizeLimit?: number | undefined;
    /** Told when snapshots show what has been written. */
    onCommit?: () => void;
    onRollback: (error: Error) => void;
  }) {
    const file = dataFile(o.folder);
    this.#main = openMain(file, o.durability);
    if (o.sizeLimit)
      this.#main.database.exec(`PRAGMA max_page_count = ${Math.ceil(o.sizeLimit / PAGE_BYTES)}`);
    this.commits = new GroupCommit({
      connection: this.#main,
      durability: o.durability,
      walFile: `${file}-wal`,
      onCommit: () => {
        this.#snapshots.moveOn();
        o.onCommit?.();
        this.#checkpoints.afterCommit();
      },
      onRollback: (error) => {
        this.#main.forgetAll();
        this.live.forgetAll();
        o.onRollback(error);
      },
    });
    this.live = new LiveView(this.#main, (bytes) => this.#beforeWrite(bytes));
    this.#snapshots = new Snapshots(file, () => this.#checkpoints.noneIsOpen());
    this.#checkpoints = new Checkpoints({
      connection: this.#main,
      commits: this.commits,
      snapshots: this.#snapshots,
    });
  }

  /** Resolves when a transaction may begin; undefined: at once. */
  beforeTransaction(): Promise<void> | undefined {
    return this.#checkpoints.beforeSnapshot();
  }

  /** The state as of the last commit, for one transaction: what this turn has written nobody has been told yet. */
  beginTransaction(): TransactionView {
    return new TransactionView(this.#snapshots.take());
  }

  catalog(): { id: number; entry: Buffer }[] {
    const rows = this.#main.statement('', 'SELECT id, entry FROM catalog ORDER BY id').all();
    return rows.map(([id, entry]) => ({ id: id as number, entry: blob(entry) }));
  }

  saveEntry(id: number, entry: Buffer): void {
    this.#beforeWrite(entry.length);
    this.#main
      .statement('', 'INSERT OR REPLACE INTO catalog(id, entry, c) VALUES (?, ?, ?)')
      .run(id, entry, checksum(entry));
  }

  removeEntry(id: number): void {
    this.#beforeWrite(0);
    this.#main.statement('', 'DELETE FROM catalog WHERE id = ?').run(id);
  }

  createDocuments(table: number): void {
    this.#execute(`CREATE TABLE d${table}(k INTEGER PRIMARY KEY, v BLOB NOT NULL, c INTEGER NOT NULL)`);
  }

  createEntries(index: number): void {
    this.#execute(`CREATE TABLE i${index}(k BLOB, r INTEGER, PRIMARY KEY(k, r)) WITHOUT ROWID`);
  }

  dropDocuments(table: number): void {
    this.live.forgetDocuments(table);
    this.#execute(`DROP TABLE IF EXISTS d${table}`);
  }

  dropEntries(index: number): void {
    this.live.forgetEntries(index);
    this.#execute(`DROP TABLE IF EXISTS i${index}`);
  }

  /** Drops tables of documents (`d`) and entries (`i`) that are not wanted. */
  removeTablesExcept(wanted: (kind: 'd' | 'i', id: number) => boolean): void {
    for (const [name] of this.#main
      .statement('', "SELECT name FROM sqlite_master WHERE type = 'table'")
      .all()) {
      const match = /^([di])(\d+)$/.exec(name as string);
      if (match && !wanted(match[1] as 'd' | 'i', Number(match[2])))
        this.#execute(`DROP TABLE ${name as string}`);
    }
  }

  session(id: Buffer): StoredSession | undefined {
    const found = this.#main.statement('', 'SELECT number, record FROM session WHERE id = ?').get(id);
    return found && { number: BigInt(found[0] as number), record: blob(found[1]) };
  }

  /** Written in the same batch as the documents it speaks of. `used` in milliseconds. */
  saveSession(id: Buffer, session: StoredSession, used: number): void {
    this.#beforeWrite(session.record.length);
    this.#main
      .statement('', 'INSERT OR REPLACE INTO session(id, number, record, used, c) VALUES (?, ?, ?, ?, ?)')
      .run(id, Number(session.number), session.record, used, checksum(session.record));
  }

  removeSessionsBefore(used: number): void {
    const old = this.#main.statement('', 'SELECT 1 FROM session WHERE used < ? LIMIT 1').get(used);
    if (!old) return;
    this.#beforeWrite(0);
    this.#main.statement('', 'DELETE FROM session WHERE used < ?').run(used);
  }

  async close(): Promise<void> {
    this.#checkpoints.close();
    await this.commits.close();
    this.#snapshots.close();
    this.#writeBack();
    this.#main.close();
  }

  /** So that the data file alone is the whole of a stopped folder. */
  #writeBack(): void {
    try {
      this.#main.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // A full disk: the log keeps what could not be written back, and the next start reads it.
    }
  }

  #beforeWrite(bytes: number): void {
    this.commits.begin();
    this.#checkpoints.count(bytes);
  }

  #execute(sql: string): void {
    this.#beforeWrite(0);
    this.#main.database.exec(sql);
  }
}

/** The connection that writes. What cannot be opened is left as it is, and said with its file's name. */
function openMain(file: string, durability: Durability): Connection {
  let connection: Connection | undefined;
  try {
    // A folder of before may have been made readable to others.
    for (const part of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(part)) chmodSync(part, 0o600);
    connection = new Connection(file, 'PRAGMA busy_timeout = 5000');
    const { database } = connection;
    knownVersion(database);
    // WAL with NORMAL never syncs at commit; GroupCommit does, outside the event loop.
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability === 'none' ? 'OFF' : 'NORMAL'};
      PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 0; PRAGMA foreign_keys = OFF;`);
    migrate(database);
    return connection;
  } catch (error) {
    connection?.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new FormatError(`${file} cannot be opened: ${reason}`, { cause: error });
  }
}
