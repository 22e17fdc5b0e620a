import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedMongo, verify } from '../../src/index';
import { dataFile } from '../../src/store/store';
import { temporaryFolder } from '../support';

const PAGE = 4096;
const LOG_HEADER = 32;
const FRAME = 24 + PAGE;
const ACKNOWLEDGED = 60;
const BATCH = 40;

interface Row {
  _id: number;
  n: number;
  pad: string;
}

const rows = (from: number, count: number): Row[] =>
  Array.from({ length: count }, (_, i) => ({ _id: from + i, n: i % 7, pad: 'x'.repeat(500) }));

/** What a folder's files hold at one moment. */
interface Files {
  data: Buffer;
  log: Buffer;
}

const filesOf = (dbPath: string): Files => ({
  data: readFileSync(dataFile(dbPath)),
  log: readFileSync(`${dataFile(dbPath)}-wal`),
});

/** Half of a page is new, half is what the disk made of it. */
function torn(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0xa5, at, Math.min(copy.length, at + PAGE / 2));
  return copy;
}

describe('a folder that a power cut has left with a torn page', () => {
  const root = temporaryFolder();
  /** After an acknowledged write, and after one more that nobody was told of. */
  let before: Files;
  let after: Files;

  const folderOf = ({ data, log }: Files): string => {
    const folder = mkdtempSync(path.join(root(), 'copy-'));
    writeFileSync(dataFile(folder), data);
    writeFileSync(`${dataFile(folder)}-wal`, log);
    return folder;
  };
  const withClient = async <T>(dbPath: string, work: (client: MongoClient) => Promise<T>): Promise<T> => {
    const server = await startEmbeddedMongo({ dbPath, durability: 'relaxed' });
    const client = await new MongoClient(server.uri).connect();
    try {
      return await work(client);
    } finally {
      await client.close();
      await server.stop();
    }
  };
  /** How many documents a folder has; what was acknowledged must be among them, with its index. */
  const counted = async (folder: string): Promise<number> => {
    const found = await withClient(folder, async (client) => {
      const c = client.db('t').collection<Row>('c');
      expect(await c.countDocuments({ _id: { $lt: ACKNOWLEDGED } })).toBe(ACKNOWLEDGED);
      expect(await c.countDocuments({ n: { $gte: 0 } })).toBe(await c.countDocuments());
      return c.countDocuments();
    });
    expect(verify(folder).problems).toEqual([]);
    return found;
  };

  beforeAll(async () => {
    const dbPath = path.join(root(), 'source');
    mkdirSync(dbPath);
    await withClient(dbPath, async (client) => {
      const c = client.db('t').collection<Row>('c');
      await c.createIndex({ n: 1 });
      await c.insertMany(rows(0, ACKNOWLEDGED / 2));
    });
    // Stopped and started: the first half stands in the data file, what follows in the log.
    await withClient(dbPath, async (client) => {
      const c = client.db('t').collection<Row>('c');
      await c.insertMany(rows(ACKNOWLEDGED / 2, ACKNOWLEDGED / 2));
      before = filesOf(dbPath);
      await client.withSession((session) =>
        session.withTransaction(() => c.insertMany(rows(1000, BATCH), { session })),
      );
      after = filesOf(dbPath);
    });
    expect(after.log.length).toBeGreaterThan(before.log.length + 3 * FRAME);
  });

  it('at the end of its log has all that was acknowledged, and the write that was cut off not at all', async () => {
    expect(await counted(folderOf(before))).toBe(ACKNOWLEDGED);
    expect(await counted(folderOf(after))).toBe(ACKNOWLEDGED + BATCH);
    const frames = (after.log.length - before.log.length) / FRAME;
    for (let frame = 0; frame < frames; frame++) {
      const at = before.log.length + frame * FRAME + 24 + 1000;
      // Every second time the page has its length, with something else in it.
      const log = frame % 2 === 0 ? after.log.subarray(0, at) : torn(after.log, at);
      expect(await counted(folderOf({ ...after, log }))).toBe(ACKNOWLEDGED);
    }
  });

  it('in the data file, while the log was being written back, is mended from the log', async () => {
    const logged = new Set<number>();
    for (let at = LOG_HEADER; at < after.log.length; at += FRAME) logged.add(after.log.readUInt32BE(at));
    const pages = [...logged].filter((page) => page * PAGE <= after.data.length);
    expect(pages.length).toBeGreaterThan(2);
    let data: Buffer = after.data;
    for (const page of pages) data = torn(data, (page - 1) * PAGE + 100);
    expect(await counted(folderOf({ ...after, data }))).toBe(ACKNOWLEDGED + BATCH);
  });

  it('for which there is no log says so, in the answers and in a verification', async () => {
    const dbPath = path.join(root(), 'rotten');
    await withClient(dbPath, (client) => client.db('t').collection<Row>('c').insertMany(rows(0, 400)));
    const data = readFileSync(dataFile(dbPath));
    let damaged: Buffer = data;
    for (let page = 8; page < data.length / PAGE; page++) damaged = torn(damaged, page * PAGE);
    writeFileSync(dataFile(dbPath), damaged);
    await withClient(dbPath, async (client) => {
      await expect(client.db('t').collection('c').find().toArray()).rejects.toMatchObject({
        code: 1,
        message: expect.stringContaining('the data is damaged') as string,
      });
      expect(await client.db('t').command({ ping: 1 })).toMatchObject({ ok: 1 });
    });
    expect(verify(dbPath).problems.length).toBeGreaterThan(0);
    writeFileSync(dataFile(dbPath), torn(data, 0));
    await expect(startEmbeddedMongo({ dbPath })).rejects.toThrow(`${dataFile(dbPath)} cannot be opened`);
  });
});
