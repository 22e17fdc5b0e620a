import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openDatabase, type SqliteDatabase } from './sqlite';

/** What the owner of a folder tells others who come to it. */
export interface Owner {
  pid: number;
  uri: string;
}

/**
 * Makes one process the owner of a database folder. The lock is the operating system's (through SQLite), so it ends with
 * its process, however that ends; the file beside it only says who owns the folder and how to reach him.
 */
export class OwnerLock {
  readonly #database: SqliteDatabase;
  readonly #note: string;

  private constructor(database: SqliteDatabase, note: string) {
    this.#database = database;
    this.#note = note;
  }

  /** The lock, or undefined when another process (or another server in this one) holds it. */
  static tryAcquire(folder: string): OwnerLock | undefined {
    const database = openDatabase(path.join(folder, 'owner.lock'));
    try {
      database.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    } catch {
      database.close();
      return undefined;
    }
    // The note of an owner that was killed leads nowhere, or to somebody else.
    rmSync(noteFile(folder), { force: true });
    return new OwnerLock(database, noteFile(folder));
  }

  /** Tells others where the server answers. The note contains the credential, so only its owner may read it. */
  announce(owner: Owner): void {
    const draft = `${this.#note}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 });
    renameSync(draft, this.#note);
  }

  release(): void {
    rmSync(this.#note, { force: true });
    this.#database.close();
  }
}

/** Who owns the folder, as far as he has said. */
export function readOwner(folder: string): Owner | undefined {
  const note = noteFile(folder);
  if (!existsSync(note)) return undefined;
  return JSON.parse(readFileSync(note, 'utf8')) as Owner;
}

function noteFile(folder: string): string {
  return path.join(folder, 'owner.json');
}
