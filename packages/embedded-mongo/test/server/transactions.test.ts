import { setTimeout } from 'node:timers/promises';
import { MongoClient, type ClientSession } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { testServer } from '../support';

interface Row {
  _id: number;
  n?: number;
  k?: string;
}

const SNAPSHOT = { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } } as const;

describe('transactions', () => {
  const shared = testServer();
  const rows = (name: string) => shared.db.collection<Row>(name);
  const begin = (): ClientSession => {
    const session = shared.client.startSession();
    session.startTransaction(SNAPSHOT);
    return session;
  };

  it('read their snapshot and their own writes; others see them after the commit', async () => {
    const c = rows('snapshot');
    await c.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    const session = begin();
    await c.updateOne({ _id: 1 }, { $inc: { n: 10 } }, { session });
    await c.updateOne({ _id: 2 }, { $inc: { n: 100 } });
    expect(await c.find({}, { session }).sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, n: 11 },
      { _id: 2, n: 2 },
    ]);
    expect(await c.find({}).sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, n: 1 },
      { _id: 2, n: 102 },
    ]);
    await session.commitTransaction();
    expect(await c.find({}).sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, n: 11 },
      { _id: 2, n: 102 },
    ]);
    await session.endSession();
  });

  it('conflict on the same document: the first writer wins, the other is told to begin again', async () => {
    const c = rows('conflict');
    await c.insertOne({ _id: 1, n: 0 });
    const [first, second] = [begin(), begin()];
    await c.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: first });
    const error = await c
      .updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: second })
      .catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 112,
      codeName: 'WriteConflict',
      errorLabels: ['TransientTransactionError'],
    });
    await expect(c.findOne({ _id: 1 }, { session: second })).rejects.toMatchObject({ code: 251 });
    await first.commitTransaction();
    await second.abortTransaction();
    expect(await c.findOne({ _id: 1 })).toEqual({ _id: 1, n: 1 });
    await Promise.all([first.endSession(), second.endSession()]);
  });

  it('conflict on the same unique key, also when it was freed or taken after the snapshot', async () => {
    const c = rows('keys');
    await c.createIndex({ k: 1 }, { unique: true });
    const [first, second] = [begin(), begin()];
    await c.insertOne({ _id: 1, k: 'a' }, { session: first });
    await expect(c.insertOne({ _id: 2, k: 'a' }, { session: second })).rejects.toMatchObject({ code: 112 });
    await first.commitTransaction();
    const late = begin();
    await c.findOne({ _id: 1 }, { session: late });
    await c.insertOne({ _id: 5, k: 'b' });
    await expect(c.insertOne({ _id: 6, k: 'b' }, { session: late })).rejects.toMatchObject({ code: 112 });
    await Promise.all([first.endSession(), second.endSession(), late.endSession()]);
  });

  it('make single writes wait, up to their time limit', async () => {
    const c = rows('waiting');
    await c.insertOne({ _id: 1, n: 0 });
    const session = begin();
    await c.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
    await expect(c.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { maxTimeMS: 30 })).rejects.toMatchObject({
      code: 50,
    });
    const waiting = c.updateOne({ _id: 1 }, { $inc: { n: 10 } });
    await session.commitTransaction();
    expect((await waiting).modifiedCount).toBe(1);
    expect((await c.findOne({ _id: 1 }))?.n).toBe(11);
    await session.endSession();
  });

  it('are aborted by a failed statement', async () => {
    const c = rows('failing');
    await c.insertOne({ _id: 1 });
    const session = begin();
    await c.insertOne({ _id: 2 }, { session });
    await expect(c.insertOne({ _id: 1 }, { session })).rejects.toMatchObject({ code: 11000 });
    await expect(session.commitTransaction()).rejects.toMatchObject({ code: 251 });
    expect(await c.countDocuments()).toBe(1);
    await session.endSession();
  });

  it('create collections and indexes that exist after the commit only', async () => {
    const session = shared.client.startSession();
    session.startTransaction();
    await shared.db.createCollection('made', { session });
    await rows('made').createIndex({ k: 1 }, { unique: true, session });
    await rows('made').insertOne({ _id: 1, k: 'x' }, { session });
    await rows('implicit').insertOne({ _id: 1 }, { session });
    expect(await shared.db.listCollections({ name: /made|implicit/ }).toArray()).toEqual([]);
    expect(await rows('made').countDocuments()).toBe(0);
    await session.commitTransaction();
    expect((await rows('made').indexes()).map((index) => index.name)).toEqual(['_id_', 'k_1']);
    await expect(rows('made').insertOne({ _id: 2, k: 'x' })).rejects.toMatchObject({ code: 11000 });
    expect(await rows('implicit').countDocuments()).toBe(1);
    await session.endSession();
  });

  it('leave nothing behind when aborted', async () => {
    const session = begin();
    await rows('vanished').insertOne({ _id: 1 }, { session });
    await session.abortTransaction();
    expect(await shared.db.listCollections({ name: 'vanished' }).toArray()).toEqual([]);
    await rows('vanished').insertOne({ _id: 1 });
    expect(await rows('vanished').countDocuments()).toBe(1);
    await session.endSession();
  });

  it('hold up a drop of a collection they use', async () => {
    const c = rows('dropped');
    await c.insertOne({ _id: 1 });
    const session = begin();
    await c.findOne({}, { session });
    const order: string[] = [];
    const dropping = c.drop().then(() => order.push('dropped'));
    await c.findOne({ _id: 1 }, { session });
    order.push('still read');
    await session.commitTransaction();
    await dropping;
    expect(order).toEqual(['still read', 'dropped']);
    await session.endSession();
  });

  it('page through results that do not change', async () => {
    const c = rows('paging');
    await c.insertMany(Array.from({ length: 400 }, (_, _id) => ({ _id, n: 0 })));
    const session = begin();
    const cursor = c.find({}, { session, batchSize: 50 }).sort({ _id: 1 });
    expect(await cursor.next()).toEqual({ _id: 0, n: 0 });
    await c.updateMany({}, { $set: { n: 1 } });
    await c.deleteOne({ _id: 399 });
    let count = 1;
    for await (const row of cursor) {
      expect(row.n).toBe(0);
      count++;
    }
    expect(count).toBe(400);
    await session.commitTransaction();
    await session.endSession();
  });

  it('end when their client has gone', async () => {
    const c = rows('gone');
    await c.insertOne({ _id: 1, n: 0 });
    const other = await new MongoClient(shared.server.uri).connect();
    const session = other.startSession();
    session.startTransaction();
    await other
      .db('test')
      .collection<Row>('gone')
      .updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
    const waiting = c.updateOne({ _id: 1 }, { $inc: { n: 10 } });
    await other.close(true);
    expect((await waiting).modifiedCount).toBe(1);
    expect((await c.findOne({ _id: 1 }))?.n).toBe(10);
  });

  it('go on over another connection when the driver has closed an idle one', async () => {
    const c = rows('idle');
    await c.insertOne({ _id: 1, n: 0 });
    const other = await new MongoClient(shared.server.uri, { maxIdleTimeMS: 100 }).connect();
    const theirs = other.db('test').collection<Row>('idle');
    const session = other.startSession();
    session.startTransaction();
    await theirs.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
    await setTimeout(400);
    await theirs.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
    await session.commitTransaction();
    expect((await c.findOne({ _id: 1 }))?.n).toBe(2);
    await other.close();
  });

  it('may be committed twice, and not used after the end', async () => {
    const c = rows('twice');
    await c.insertOne({ _id: 1, n: 0 });
    const session = begin();
    await c.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session });
    await session.commitTransaction();
    await session.commitTransaction();
    expect((await c.findOne({ _id: 1 }))?.n).toBe(1);
    await session.endSession();
  });

  it('refuse what cannot be in them', async () => {
    const session = begin();
    await expect(shared.db.command({ count: 'any' }, { session })).rejects.toMatchObject({ code: 263 });
    await session.abortTransaction();
    session.startTransaction();
    await rows('existing').insertOne({ _id: 1 });
    await expect(rows('existing').createIndex({ n: 1 }, { session })).rejects.toMatchObject({ code: 263 });
    await session.abortTransaction();
    await session.endSession();
  });
});
