import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { MongoClient } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { backup, MaintenanceError, restore, startEmbeddedMongo, verify, verifyFile } from '../../src/index';
import { openDatabase } from '../../src/store/sqlite';
import { dataFile } from '../../src/store/store';
import { temporaryFolder } from '../support';

describe('maintenance', () => {
  const root = temporaryFolder();
  const filled = async (
    name: string,
  ): Promise<{ dbPath: string; stop: () => Promise<void>; client: MongoClient }> => {
    const dbPath = path.join(root(), name);
    const server = await startEmbeddedMongo({ dbPath, durability: 'relaxed' });
    const client = await new MongoClient(server.uri).connect();
    const c = client.db('t').collection('c');
    await c.createIndex({ k: 1 });
    await c.insertMany(Array.from({ length: 300 }, (_, i) => ({ k: i % 7, tags: [i, i + 1] })));
    await c.createIndex({ tags: -1 });
    const stop = async (): Promise<void> => {
      await client.close();
      await server.stop();
    };
    return { dbPath, stop, client };
  };

  it('backs up a running server, and restores', async () => {
    const { dbPath, stop, client } = await filled('source');
    const file = path.join(root(), 'copies', 'copy.db');
    expect(backup(dbPath, file)).toMatchObject({ collections: 1, documents: 300, problems: [] });
    await client.db('t').collection('c').deleteMany({});
    await stop();
    expect(() => backup(dbPath, file)).toThrow(MaintenanceError);
    const restored = path.join(root(), 'restored');
    expect(restore(file, restored).problems).toEqual([]);
    expect(() => restore(file, restored)).toThrow('holds data already');
    const server = await startEmbeddedMongo({ dbPath: restored, durability: 'relaxed' });
    const again = await new MongoClient(server.uri).connect();
    expect(await again.db('t').collection('c').countDocuments({ k: 3 })).toBe(43);
    await again.close();
    await server.stop();
  });

  it('says that a file is not there, and makes none', () => {
    const missing = path.join(root(), 'missing.db');
    expect(() => verifyFile(missing)).toThrow('does not exist');
    expect(() => restore(missing, path.join(root(), 'nowhere'))).toThrow('does not exist');
    expect(existsSync(missing)).toBe(false);
  });

  it('finds what is wrong in an index', async () => {
    const { dbPath, stop } = await filled('broken');
    await stop();
    expect(verify(dbPath).problems).toEqual([]);
    const database = openDatabase(dataFile(dbPath));
    const [name] =
      database.prepare("SELECT name FROM sqlite_master WHERE name GLOB 'i[0-9]*' ORDER BY name DESC").get() ??
      [];
    database.exec(`DELETE FROM ${String(name)} WHERE r = 5`);
    database.close();
    expect(verify(dbPath).problems.join('\n')).toContain('row 5 is missing in index');
  });

  it('finds every changed byte of a backup, by its digest', async () => {
    const { dbPath, stop } = await filled('sealed');
    const file = path.join(root(), 'sealed.db');
    expect(backup(dbPath, file).proof).toBe('digest');
    await stop();
    expect(verifyFile(file)).toMatchObject({ proof: 'digest', problems: [] });
    const bytes = readFileSync(file);
    const damaged = path.join(root(), 'changed.db');
    // Somewhere in the pages, in what they leave free, and in the digest itself.
    const places = Array.from({ length: 24 }, (_, i) => 100 + Math.floor((i * (bytes.length - 101)) / 23));
    for (const place of places) {
      const changed = Buffer.from(bytes);
      changed[place]! ^= 0x10;
      writeFileSync(damaged, changed);
      expect(verifyFile(damaged).problems.join('\n')).toContain('its digest differs');
    }
    expect(restore(damaged, path.join(root(), 'unrestored')).problems).not.toEqual([]);
    expect(existsSync(path.join(root(), 'unrestored'))).toBe(false);
    writeFileSync(damaged, bytes.subarray(0, -1));
    expect(verifyFile(damaged).problems.join('\n')).toContain('its digest differs');
    // The folder that is made from it holds the pages alone.
    const restored = path.join(root(), 'unsealed');
    restore(file, restored);
    expect(readFileSync(dataFile(restored)).equals(bytes.subarray(0, bytes.length - 88))).toBe(true);
    expect(verify(restored)).toMatchObject({ proof: 'checksums', problems: [] });
  });

  it('reads a backup of before there were digests, and says that it is unchecked', async () => {
    const file = path.join(root(), 'old.db');
    writeFileSync(file, gunzipSync(readFileSync(path.join(import.meta.dirname, '../store/format-1.db.gz'))));
    expect(verifyFile(file)).toMatchObject({ format: 1, documents: 21, proof: 'none', problems: [] });
    const restored = path.join(root(), 'old');
    expect(restore(file, restored)).toMatchObject({ proof: 'none', problems: [] });
    await (await startEmbeddedMongo({ dbPath: restored, durability: 'relaxed' })).stop();
    expect(verify(restored)).toMatchObject({ format: 2, documents: 21, proof: 'checksums', problems: [] });
  });

  it('finds a changed byte in a document, a collection or a record of a folder', async () => {
    const { dbPath, stop, client } = await filled('bit');
    const c = client.db('t').collection('c');
    await c.updateOne({ tags: 0 }, { $set: { balance: 1_000_000, name: 'IBAN-0123456789' } });
    await stop();
    const whole = readFileSync(dataFile(dbPath));
    const changing = (text: string, by: number): string[] => {
      const bytes = Buffer.from(whole);
      bytes[bytes.lastIndexOf(text) + by]! ^= 0x01;
      writeFileSync(dataFile(dbPath), bytes);
      return verify(dbPath).problems;
    };
    expect(changing('IBAN-0123', 5)).toEqual(['t.c: row 0 is not what was written: its checksum differs']);
    expect(changing('balance', 9)).toEqual(['t.c: row 0 is not what was written: its checksum differs']);
    expect(changing('tags_-1', 5)).toContain('a row of catalog is not what was written');
    writeFileSync(dataFile(dbPath), whole);
    expect(verify(dbPath)).toMatchObject({ proof: 'checksums', problems: [] });
    const database = openDatabase(dataFile(dbPath));
    database.exec('UPDATE session SET record = zeroblob(length(record))');
    database.close();
    expect(new Set(verify(dbPath).problems)).toEqual(new Set(['a row of session is not what was written']));
  });

  it('says that a damaged or foreign file cannot be used', async () => {
    const { dbPath, stop } = await filled('damaged');
    const file = path.join(root(), 'damaged.db');
    backup(dbPath, file);
    await stop();
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 8192, 8192 + 3000);
    writeFileSync(file, bytes);
    expect(verifyFile(file).problems.length).toBeGreaterThan(0);
    expect(restore(file, path.join(root(), 'refused')).problems.length).toBeGreaterThan(0);
    expect(existsSync(path.join(root(), 'refused'))).toBe(false);
    writeFileSync(
      path.join(root(), 'text.db'),
      'no database at all, but long enough to be looked at'.repeat(50),
    );
    expect(verifyFile(path.join(root(), 'text.db')).problems.length).toBeGreaterThan(0);
  });
});
