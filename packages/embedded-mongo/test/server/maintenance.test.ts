import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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
