import { checksum } from './checksum';
import { blob, type SqliteDatabase } from './sqlite';

/** Marks a file as ours ("EMDB"). */
const APPLICATION_ID = 0x454d4442;

/** One step from a layout to the next. */
type Migration = (database: SqliteDatabase) => void;

/** Step n turns layout n into layout n + 1. A new layout is a new step and a fixture beside `test/store/format.test.ts`. */
const MIGRATIONS: readonly Migration[] = [
  (database) => {
    database.exec(`
      CREATE TABLE catalog(id INTEGER PRIMARY KEY, entry BLOB NOT NULL);
      CREATE TABLE session(id BLOB PRIMARY KEY, number INTEGER NOT NULL, record BLOB NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID;
    `);
  },
  (database) => {
    addChecksums(database, 'catalog', 'id', 'entry');
    addChecksums(database, 'session', 'id', 'record');
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE name GLOB 'd[0-9]*'").all();
    for (const [name] of tables) addChecksums(database, name as string, 'k', 'v');
  },
];

/** The first layout whose rows have checksums. */
export const CHECKSUMS_SINCE = 2;

const ROWS_AT_ONCE = 1000;

/** A column `c` with the sum of another one. */
function addChecksums(database: SqliteDatabase, table: string, key: string, column: string): void {
  database.exec(`ALTER TABLE ${table} ADD COLUMN c INTEGER NOT NULL DEFAULT 0`);
  const first = database.prepare(`SELECT ${key}, ${column} FROM ${table} ORDER BY ${key} LIMIT ?`);
  const next = database.prepare(
    `SELECT ${key}, ${column} FROM ${table} WHERE ${key} > ? ORDER BY ${key} LIMIT ?`,
  );
  const update = database.prepare(`UPDATE ${table} SET c = ? WHERE ${key} = ?`);
  let rows = first.all(ROWS_AT_ONCE);
  while (rows.length > 0) {
    for (const [id, bytes] of rows) update.run(checksum(blob(bytes)), id as number | Uint8Array);
    rows = next.all(rows[rows.length - 1]![0]!, ROWS_AT_ONCE);
  }
}

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

/** The layout version of a file that these migrations know, 0 for a new one. Changes nothing. */
export function knownVersion(
  database: SqliteDatabase,
  migrations: readonly Migration[] = MIGRATIONS,
): number {
  const version = formatVersion(database);
  const current = migrations.length;
  if (version > current) {
    throw new FormatError(
      `the data was written by a newer version: it has format ${version}, this version reads up to ${current}`,
    );
  }
  return version;
}

/** Brings a file to the current layout, or creates it: every step that is missing, or none. */
export function migrate(database: SqliteDatabase, migrations: readonly Migration[] = MIGRATIONS): void {
  const version = knownVersion(database, migrations);
  const current = migrations.length;
  if (version === current) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of migrations.slice(version)) step(database);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${current}; COMMIT`);
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
