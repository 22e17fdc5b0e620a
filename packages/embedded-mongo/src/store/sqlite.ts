import { closeSync, existsSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A value SQLite stores: this package uses integers, texts and blobs only. */
export type SqlValue = number | string | Uint8Array | null;

/** One result row: its columns in order. */
export type SqlRow = SqlValue[];

/** A prepared statement; rows come back as arrays. */
export interface Statement {
  run(...parameters: SqlValue[]): unknown;
  get(...parameters: SqlValue[]): SqlRow | undefined;
  all(...parameters: SqlValue[]): SqlRow[];
}

/** The part of SQLite that the store needs; both `node:sqlite` and `@photostructure/sqlite` have it. */
export interface SqliteDatabase {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
  /** False when SQLite itself has rolled the transaction back, as it does on a full disk. */
  readonly isTransaction: boolean;
}

interface DriverStatement extends Statement {
  setReturnArrays(enabled: boolean): void;
}

interface DriverDatabase {
  exec(sql: string): void;
  prepare(sql: string): DriverStatement;
  close(): void;
  readonly isTransaction: boolean;
}

interface Driver {
  DatabaseSync: new (file: string, options?: { readOnly?: boolean }) => DriverDatabase;
}

let driver: Driver | undefined;

/** `node:sqlite` where it is mature (Node 24 and later), otherwise the package with prebuilt binaries. */
function loadDriver(): Driver {
  const major = Number(process.versions.node.split('.')[0]);
  const require = createRequire(import.meta.url);
  if (major < 24) return require('@photostructure/sqlite') as Driver;
  // Node announces its module as experimental on every start; the notice says nothing to an operator.
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return require('node:sqlite') as Driver;
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Opens a database file, or creates one that its owner alone may read; SQLite gives its log the same rights. */
export function openDatabase(file: string, options: { readOnly?: boolean } = {}): SqliteDatabase {
  driver ??= loadDriver();
  if (file !== ':memory:' && !existsSync(file)) createPrivate(file);
  const database = new driver.DatabaseSync(file, options);
  return {
    exec: (sql) => database.exec(sql),
    prepare: (sql) => {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    },
    close: () => database.close(),
    get isTransaction() {
      return database.isTransaction;
    },
  };
}

/** An empty file that its owner alone may read. */
export function createPrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}

/** The bytes of a blob column without copying them. */
export function blob(value: SqlValue | undefined): Buffer {
  const bytes = value as Uint8Array;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
