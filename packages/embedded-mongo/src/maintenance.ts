import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { decode } from './bson';
import { Collection } from './engine/collection';
import { checkCollection } from './engine/verify';
import { Connection } from './store/connection';
import { checksum } from './store/checksum';
import { CHECKSUMS_SINCE, knownVersion } from './store/format';
import { LiveView } from './store/live-view';
import { OwnerLock } from './store/owner-lock';
import { readSeal, seal, unseal } from './store/seal';
import { blob, createPrivate, openDatabase } from './store/sqlite';
import { dataFile } from './store/store';

/** What a verification has found. */
export interface Verification {
  format: number;
  collections: number;
  documents: number;
  /**
   * What would have shown a changed byte: the digest of a backup, the checksum beside each document, or nothing, in a file
   * that was made before there were any.
   */
  proof: 'digest' | 'checksums' | 'none';
  /** Empty: everything is as it must be. */
  problems: string[];
}

/** A backup, restore or verification that cannot be done, with the reason. */
export class MaintenanceError extends Error {
  override readonly name = 'MaintenanceError';
}

/** Writes a compact copy of a folder's data into a new file. The server may be running; it is not held up. */
export function backup(dbPath: string, file: string): Verification {
  const source = existingData(dbPath);
  if (existsSync(file)) throw new MaintenanceError(`${file} exists already`);
  const draft = `${file}.partial`;
  rmSync(draft, { force: true });
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  createPrivate(draft);
  const database = openDatabase(source);
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    database.prepare('VACUUM INTO ?').run(draft);
  } finally {
    database.close();
  }
  const verification = verifyFile(draft);
  if (verification.problems.length > 0) return verification;
  seal(draft);
  renameSync(draft, file);
  return { ...verification, proof: 'digest' };
}

/** Makes a database folder from a backup, after checking it. The folder must not hold data. */
export function restore(file: string, dbPath: string): Verification {
  const verification = verifyFile(file);
  if (verification.problems.length > 0) return verification;
  mkdirSync(dbPath, { recursive: true, mode: 0o700 });
  const lock = OwnerLock.tryAcquire(dbPath);
  if (!lock) throw new MaintenanceError(`${dbPath} is in use by another process`);
  try {
    const target = dataFile(dbPath);
    if (existsSync(target)) throw new MaintenanceError(`${dbPath} holds data already`);
    const draft = `${target}.partial`;
    createPrivate(draft);
    copyFileSync(file, draft);
    chmodSync(draft, 0o600);
    if (readSeal(draft) === 'broken') throw new MaintenanceError(`${file} was not copied as it is`);
    unseal(draft);
    renameSync(draft, target);
  } finally {
    lock.release();
  }
  return verification;
}

/** Checks the pages, every document with its checksum and every index entry of a folder; its server may be running. */
export function verify(dbPath: string): Verification {
  return verifyContent(existingData(dbPath));
}

/** Checks a data file: a backup with its digest, or the file of a folder. */
export function verifyFile(file: string): Verification {
  if (!existsSync(file)) throw new MaintenanceError(`${file} does not exist`);
  const sealed = readSeal(file);
  const broken = sealed === 'broken' ? [`${file} is not what was written: its digest differs`] : [];
  const verification = verifyContent(file);
  return {
    ...verification,
    proof: sealed === 'intact' ? 'digest' : verification.proof,
    problems: [...broken, ...verification.problems],
  };
}

function verifyContent(file: string): Verification {
  const connection = new Connection(file, 'PRAGMA busy_timeout = 5000');
  try {
    const { database } = connection;
    const format = knownVersion(database);
    const checksums = format >= CHECKSUMS_SINCE;
    // One read transaction: a running server may go on writing, this sees one moment.
    database.exec('BEGIN');
    const problems = database
      .prepare('PRAGMA integrity_check')
      .all()
      .map(([text]) => String(text))
      .filter((text) => text !== 'ok');
    const view = new LiveView(connection, () => undefined);
    let documents = 0;
    if (checksums) {
      for (const [table, column] of [
        ['catalog', 'entry'],
        ['session', 'record'],
      ] as const)
        for (const [bytes, sum] of database.prepare(`SELECT ${column}, c FROM ${table}`).all())
          if (checksum(blob(bytes)) !== sum) problems.push(`a row of ${table} is not what was written`);
    }
    const entries = database.prepare('SELECT id, entry FROM catalog').all();
    for (const [id, entry] of entries) {
      const collection = Collection.fromEntry(id as number, decode(blob(entry)));
      for (const step of checkCollection(collection, view, checksums)) {
        if (step.kind === 'problem') problems.push(step.text);
        else documents++;
      }
    }
    database.exec('COMMIT');
    return {
      format,
      collections: entries.length,
      documents,
      proof: checksums ? 'checksums' : 'none',
      problems,
    };
  } catch (error) {
    return {
      format: 0,
      collections: 0,
      documents: 0,
      proof: 'none',
      problems: [error instanceof Error ? error.message : String(error)],
    };
  } finally {
    connection.close();
  }
}

/** Whether there is a database in a folder. */
export const holdsData = (dbPath: string): boolean => existsSync(dataFile(dbPath));

function existingData(dbPath: string): string {
  const file = dataFile(dbPath);
  if (!holdsData(dbPath)) throw new MaintenanceError(`${dbPath} holds no data`);
  return file;
}
