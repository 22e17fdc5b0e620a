import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { startEmbeddedMongo, verify } from '../../src/index';
import { FormatError, formatVersion, migrate } from '../../src/store/format';
import { openDatabase, type SqliteDatabase } from '../../src/store/sqlite';
import { dataFile } from '../../src/store/store';
import { temporaryFolder } from '../support';

/** Data files as versions of this package wrote them, by `make-fixture.ts`; a new layout gets a new one, none is ever changed. */
const FORMATS = ['format-1.db.gz', 'format-2.db.gz'];

describe('the layout of a data file', () => {
  const root = temporaryFolder();
  const unpacked = (name: string, fixture: string): string => {
    const folder = path.join(root(), name);
    mkdirSync(folder);
    writeFileSync(dataFile(folder), gunzipSync(readFileSync(path.join(import.meta.dirname, fixture))));
    return folder;
  };
  const addingNames = (database: SqliteDatabase): void =>
    database.exec("ALTER TABLE catalog ADD COLUMN name TEXT; UPDATE catalog SET name = 'collection ' || id");
  const first = (database: SqliteDatabase): void => database.exec('CREATE TABLE catalog(id, entry)');

  it.each(FORMATS)('of every version is read and written: %s', async (fixture) => {
    const folder = unpacked(fixture, fixture);
    const server = await startEmbeddedMongo({ dbPath: folder, durability: 'relaxed' });
    const client = await new MongoClient(server.uri).connect();
    const people = client.db('fixture').collection<{ _id: number; name: string }>('people');
    expect(await people.find({ name: { $gte: 'person 8' } }).toArray()).toHaveLength(2);
    expect((await people.indexes()).map((index) => index.name)).toEqual(['_id_', 'name_1', 'tags_1__id_-1']);
    await expect(people.insertOne({ _id: 100, name: 'person 1' })).rejects.toMatchObject({ code: 11000 });
    await people.insertOne({ _id: 100, name: 'person 100' });
    expect(await client.db('fixture').collection('kinds').countDocuments()).toBe(1);
    await client.close();
    await server.stop();
    expect(verify(folder)).toMatchObject({ collections: 2, documents: 22, problems: [] });
  });

  it('of an older version is brought to the newest, with what it holds', () => {
    const database = openDatabase(':memory:');
    migrate(database, [first]);
    database.exec('INSERT INTO catalog VALUES (7, NULL)');
    migrate(database, [first, addingNames]);
    expect(formatVersion(database)).toBe(2);
    expect(database.prepare('SELECT name FROM catalog').all()).toEqual([['collection 7']]);
    database.close();
  });

  it('stays as it was when one of the steps fails', () => {
    const database = openDatabase(':memory:');
    migrate(database, [first]);
    database.exec('INSERT INTO catalog VALUES (7, NULL)');
    const failing = (): void => database.exec('no SQL');
    expect(() => migrate(database, [first, addingNames, failing])).toThrow();
    expect(formatVersion(database)).toBe(1);
    expect(database.prepare('SELECT * FROM catalog').all()).toEqual([[7, null]]);
    database.close();
  });

  it('of a newer version is refused with a sentence, and left alone', async () => {
    const folder = unpacked('newer', FORMATS[0]!);
    const database = openDatabase(dataFile(folder));
    database.exec('PRAGMA user_version = 99');
    database.close();
    const copy = path.join(root(), 'copy');
    copyFileSync(dataFile(folder), copy);
    const starting = startEmbeddedMongo({ dbPath: folder });
    await expect(starting).rejects.toThrow(FormatError);
    await expect(starting).rejects.toThrow(/written by a newer version: it has format 99/);
    expect(readFileSync(dataFile(folder)).equals(readFileSync(copy))).toBe(true);
  });

  it('of another program is refused', async () => {
    const folder = path.join(root(), 'foreign');
    mkdirSync(folder);
    const database = openDatabase(dataFile(folder));
    database.exec('CREATE TABLE t(x)');
    database.close();
    await expect(startEmbeddedMongo({ dbPath: folder })).rejects.toThrow('is not an embedded database');
    writeFileSync(dataFile(folder), 'no database at all, but long enough to be looked at'.repeat(100));
    await expect(startEmbeddedMongo({ dbPath: folder })).rejects.toThrow(
      `${dataFile(folder)} cannot be opened`,
    );
  });
});
