import type { SqliteDatabase } from './sqlite';

/** Marks a file as ours ("EMDB"). */
const APPLICATION_ID = 0x454d4442;

/** The layout that this version writes. Raise it together with a step in {@link MIGRATIONS}. */
const FORMAT_VERSION = 1;

/** Step n turns layout n into layout n + 1, inside one transaction. */
const MIGRATIONS: readonly ((database: SqliteDatabase) => void)[] = [
  (database) => {
    database.exec(`
      CREATE TABLE catalog(id INTEGER PRIMARY KEY, entry BLOB NOT NULL);
      CREATE TABLE session(id BLOB PRIMARY KEY, number INTEGER NOT NULL, record BLOB NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID;
    `);
  },
];

/** A folder written by a newer version, or a file that is not ours. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}

function pragma(database: SqliteDatabase, name: string): number {
  return database.prepare(`PRAGMA ${name}`).get()?.[0] as number;
}

/** The layout version of a file, 0 for a new one. */
export function formatVersion(database: SqliteDatabase): number {
  const application = pragma(database, 'application_id');
  const version = pragma(database, 'user_version');
  const tables = database.prepare('SELECT count(*) FROM sqlite_master').get()?.[0] as number;
  if (application !== APPLICATION_ID && tables > 0)
    throw new FormatError('the file is not an embedded database');
  return version;
}

/** Brings a file to the current layout, or creates it. */
export function migrate(database: SqliteDatabase): void {
  const version = formatVersion(database);
  if (version > FORMAT_VERSION) {
    throw new FormatError(`the data has format ${version}, this version reads up to ${FORMAT_VERSION}`);
  }
  if (version === FORMAT_VERSION) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of MIGRATIONS.slice(version)) step(database);
    database.exec(
      `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${FORMAT_VERSION}; COMMIT`,
    );
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
