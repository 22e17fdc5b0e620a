import { MongoClient } from 'mongodb';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startEmbeddedMongo } from '../../src/index';
import { EmbeddedServer } from '../../src/server';
import { verify } from '../../src/maintenance';
import { temporaryFolder, testServer } from '../support';

describe('limits', () => {
  const folder = temporaryFolder();
  const guarded = testServer({ failOnCollScanOver: 20 });

  it('fail a query that scans too much, in test mode', async () => {
    const c = guarded.db.collection<{ _id: number; n: number }>('scanned');
    await c.insertMany(Array.from({ length: 21 }, (_, _id) => ({ _id, n: _id })));
    await expect(c.find({ n: 3 }).toArray()).rejects.toMatchObject({ code: 291 });
    await expect(c.updateMany({ n: { $gt: 100 } }, { $set: { n: 0 } })).rejects.toMatchObject({ code: 291 });
    // Found by luck at the front, or sorted as a whole: a scan all the same.
    await expect(c.findOne({ n: 0 })).rejects.toMatchObject({ code: 291 });
    await expect(c.find({}).sort({ n: 1 }).limit(1).toArray()).rejects.toMatchObject({ code: 291 });
    // Who asks for everything gets everything.
    expect(await c.find({}).toArray()).toHaveLength(21);
    expect(await c.find({}).limit(5).toArray()).toHaveLength(5);
    expect(await c.find({ n: 3 }).hint({ $natural: 1 }).toArray()).toHaveLength(1);
    await c.createIndex({ n: 1 });
    expect(await c.find({ n: 3 }).toArray()).toHaveLength(1);
  });

  it('stop an operation at its time limit, and keep serving others meanwhile', async () => {
    const c = guarded.db.collection('slow');
    await c.insertMany(Array.from({ length: 20 }, (_, i) => ({ i })));
    const bomb = c.aggregate(
      [
        { $set: { list: { $range: [0, 200000] } } },
        { $unwind: '$list' },
        { $group: { _id: '$list', n: { $sum: 1 } } },
      ],
      {
        maxTimeMS: 1000,
      },
    );
    let pings = 0;
    const failed = expect(bomb.toArray()).rejects.toMatchObject({ code: 50 });
    let running = true;
    void failed.finally(() => (running = false));
    while (running) {
      await guarded.db.command({ ping: 1 });
      pings++;
    }
    await failed;
    expect(pings).toBeGreaterThan(1);
  });

  it('refuse results that unfold without end, and go on serving', async () => {
    const unfolding = {
      $reduce: { input: { $range: [0, 40] }, initialValue: { a: 1 }, in: { a: '$$value', b: '$$value' } },
    };
    const all = guarded.db.aggregate([{ $documents: [{}] }, { $set: { unfolding } }]).toArray();
    await expect(all).rejects.toMatchObject({ code: 10334 });
    const c = guarded.db.collection('unfolding');
    await c.insertOne({});
    await expect(c.updateOne({}, [{ $set: { unfolding } }])).rejects.toMatchObject({ code: 10334 });
    const grouped = c.aggregate([{ $group: { _id: null, all: { $push: unfolding } } }]).toArray();
    await expect(grouped).rejects.toMatchObject({ code: 292 });
    expect(await c.countDocuments({ unfolding: { $exists: true } })).toBe(0);
  });

  it('stop what takes too long for one document, without any time limit', async () => {
    const hasty = await startEmbeddedMongo({ longestStretchMs: 0 });
    const client = await new MongoClient(hasty.uri).connect();
    const square = { $map: { input: '$a', in: { $map: { input: '$a', in: '$$this' } } } };
    const c = client.db('t').collection('c');
    await c.insertOne({ a: Array.from({ length: 100 }, (_, i) => i) });
    await expect(c.aggregate([{ $set: { square } }]).toArray()).rejects.toMatchObject({
      code: 96,
      message: expect.stringContaining('one document needs more than') as string,
    });
    expect(await c.countDocuments()).toBe(1);
    await client.close();
    await hasty.stop();
  });

  it('let others be served while $out writes, who see the old collection until all of the new one is there', async () => {
    const from = guarded.db.collection<{ _id: number }>('out_from');
    const to = guarded.db.collection<{ _id: number; n?: number }>('out_to');
    await from.insertMany(Array.from({ length: 5000 }, (_, _id) => ({ _id })));
    await to.insertMany([{ _id: -1 }, { _id: -2 }]);
    await to.createIndex({ n: 1 }, { name: 'kept' });
    const counts = new Set<number>();
    let rounds = 0;
    const whileRunning = async (stages: object[]): Promise<unknown> => {
      let running = true;
      const out = from.aggregate([...stages, { $out: 'out_to' }]).toArray();
      const settled = out.then(
        () => undefined,
        (error: unknown) => error,
      );
      void settled.finally(() => (running = false));
      for (; running; rounds++) counts.add(await to.countDocuments({}, { hint: '_id_' }));
      return settled;
    };
    // The last document fails: nothing is changed, and nothing left behind.
    const failure = await whileRunning([{ $set: { _id: { $cond: [{ $eq: ['$_id', 4999] }, 0, '$_id'] } } }]);
    expect(failure).toMatchObject({ code: 11000 });
    expect([...counts]).toEqual([2]);
    expect(await whileRunning([{ $set: { n: '$_id' } }])).toBe(undefined);
    expect(rounds).toBeGreaterThan(4);
    expect([...counts].filter((count) => count !== 2 && count !== 5000)).toEqual([]);
    expect(await to.findOne({ n: 4999 }, { hint: 'kept' })).toEqual({ _id: 4999, n: 4999 });
    const names = (await guarded.db.listCollections().toArray()).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('tmp'))).toEqual([]);
  });

  it('are far away for an indexed array of 60,000 elements that gets one more and loses one', async () => {
    const c = guarded.db.collection<{ _id: number; a: number[] }>('long_array');
    await c.createIndex({ a: 1 });
    await c.insertOne({ _id: 1, a: Array.from({ length: 60_000 }, (_, i) => i) });
    await c.updateOne({ _id: 1 }, { $push: { a: 60_000 } });
    await c.updateOne({ _id: 1 }, { $pull: { a: 7 } });
    const find = (a: number) => c.findOne({ a }, { projection: { _id: 1 }, hint: 'a_1' });
    expect([await find(60_000), await find(6), await find(7)]).toEqual([{ _id: 1 }, { _id: 1 }, null]);
  });

  it('refuse documents over 16 MB and deep nesting', async () => {
    const c = guarded.db.collection('large');
    const half = 'x'.repeat(9 * 1024 * 1024);
    await c.insertOne({ _id: 1 as never, half });
    await expect(c.updateOne({ _id: 1 as never }, { $set: { other: half } })).rejects.toMatchObject({
      code: 10334,
    });
    let nested: object = {};
    for (let i = 0; i < 250; i++) nested = { nested };
    await expect(c.insertOne(nested)).rejects.toThrow();
    expect(await guarded.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('answer a full disk with an error, keep what was acknowledged and go on when there is room', async () => {
    const dbPath = path.join(folder(), 'full');
    const server = await startEmbeddedMongo({ dbPath, sizeLimit: 2 * 1024 * 1024, durability: 'relaxed' });
    const client = await new MongoClient(server.uri).connect();
    const c = client.db('t').collection<{ _id: number; pad: string }>('c');
    const acknowledged: number[] = [];
    let failure: unknown;
    for (let _id = 0; !failure && _id < 1000; _id++) {
      await c.insertOne({ _id, pad: 'x'.repeat(20_000) }).then(
        () => acknowledged.push(_id),
        (error: unknown) => (failure = error),
      );
    }
    expect(failure).toMatchObject({ code: 14031 });
    expect(acknowledged.length).toBeGreaterThan(20);
    expect(await c.countDocuments()).toBe(acknowledged.length);
    await c.deleteMany({ _id: { $lt: 50 } });
    await c.insertOne({ _id: 5000, pad: 'fits' });
    await client.close();
    await server.stop();
    expect(verify(dbPath).problems).toEqual([]);
  });

  it('are kept by the server itself: documents expire, and transactions end, after a minute', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    let now = 1_000_000_000_000;
    const own = path.join(folder(), 'by-itself');
    mkdirSync(own);
    const server = new EmbeddedServer({ folder: own, durability: 'none', port: 0, now: () => now });
    await server.listen();
    const client = await new MongoClient(server.uri).connect();
    const c = client.db('t').collection<{ _id: number; at: Date }>('c');
    await c.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    await c.insertOne({ _id: 1, at: new Date(now) });
    const session = client.startSession();
    session.startTransaction();
    await c.insertOne({ _id: 2, at: new Date(now + 600_000) }, { session });
    now += 59_000;
    vi.advanceTimersByTime(59_000);
    expect(server.sessions.openTransactions).toBe(1);
    now += 2_000;
    vi.advanceTimersByTime(6_000);
    expect(server.sessions.openTransactions).toBe(0);
    await expect(c.findOne({}, { session })).rejects.toMatchObject({ code: 251 });
    await vi.waitFor(async () => expect(await c.countDocuments()).toBe(0));
    vi.useRealTimers();
    await session.endSession();
    await client.close();
    await server.close();
  });

  it('remove expired documents', async () => {
    let now = 1_000_000_000_000;
    const server = new EmbeddedServer({ folder: folder(), durability: 'none', port: 0, now: () => now });
    await server.listen();
    const client = await new MongoClient(server.uri).connect();
    const c = client
      .db('t')
      .collection<{ _id: number; at?: Date | Date[] | string; keep?: boolean }>('expiring');
    await c.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    await c.insertMany([
      { _id: 1, at: new Date(now - 61_000) },
      { _id: 2, at: new Date(now) },
      { _id: 3, at: 'never' },
      { _id: 4 },
      { _id: 5, at: [new Date(now + 60_000), new Date(now - 70_000)] },
    ]);
    expect(await server.removeExpired()).toBe(2);
    expect((await c.find().sort({ _id: 1 }).toArray()).map((one) => one._id)).toEqual([2, 3, 4]);
    now += 61_000;
    expect(await server.removeExpired()).toBe(1);

    // A hidden index goes on expiring, and stands in nobody's way.
    const other = client.db('t').collection<{ _id: number; at: Date }>('other');
    await other.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    await client.db('t').command({ collMod: 'expiring', index: { name: 'at_1', hidden: true } });
    await c.insertOne({ _id: 6, at: new Date(now - 61_000) });
    await other.insertOne({ _id: 1, at: new Date(now - 61_000) });
    expect(await server.removeExpired()).toBe(2);
    await client.close();
    await server.close();
  });
});
