import { Decimal128, Long, MongoServerError, ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { testServer } from '../support';

interface Item {
  _id: number;
  n?: number;
  tags?: string[];
  q?: number;
}

describe('the official driver', () => {
  const shared = testServer();
  const items = (name: string) => shared.db.collection<Item>(name);

  it('sees the primary of a replica set', async () => {
    const hello = await shared.db.admin().command({ hello: 1 });
    expect(hello).toMatchObject({ isWritablePrimary: true, setName: 'rs0', ok: 1 });
    expect(shared.server.uri).toContain(String(hello['me']));
  });

  it('inserts, finds, sorts, projects and counts', async () => {
    const c = items('crud');
    await c.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 2, tags: ['a', 'b'] },
      { _id: 3, n: 3, tags: ['b'] },
    ]);
    expect(
      await c
        .find({ n: { $gte: 2 } })
        .sort({ n: -1 })
        .toArray(),
    ).toEqual([
      { _id: 3, n: 3, tags: ['b'] },
      { _id: 2, n: 2, tags: ['a', 'b'] },
    ]);
    expect(await c.findOne({ tags: 'a' }, { projection: { n: 1 } })).toEqual({ _id: 2, n: 2 });
    expect(await c.countDocuments({ tags: 'b' })).toBe(2);
    expect(await c.estimatedDocumentCount()).toBe(3);
    expect(await c.distinct('tags')).toEqual(['a', 'b']);
  });

  it('keeps BSON types', async () => {
    const c = shared.db.collection('types');
    const doc = {
      _id: new ObjectId(),
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('0.10'),
      date: new Date(0),
      nested: { 10: 'b', 2: 'a' },
      binary: new Uint8Array([1, 2]),
      missing: null,
      expression: /^a/i,
    };
    await c.insertOne(doc);
    const found = await c.findOne({ _id: doc._id }, { promoteLongs: false });
    expect(found?.['long']).toEqual(doc.long);
    expect(String(found?.['decimal'])).toBe('0.10');
    expect(found?.['date']).toEqual(doc.date);
    expect(found?.['expression']).toEqual(/^a/i);
    expect(found?.['missing']).toBeNull();
  });

  it('updates, upserts, replaces and deletes', async () => {
    const c = items('updates');
    await c.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 1 },
    ]);
    expect(await c.updateMany({ n: 1 }, { $inc: { n: 1 }, $push: { tags: 'x' } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 2,
    });
    expect(await c.updateOne({ _id: 1 }, { $set: { n: 2 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 0,
    });
    expect(await c.updateOne({ _id: 9 }, { $set: { n: 9 } }, { upsert: true })).toMatchObject({
      upsertedId: 9,
      upsertedCount: 1,
    });
    expect(await c.findOneAndUpdate({ _id: 9 }, { $inc: { n: 1 } }, { returnDocument: 'after' })).toEqual({
      _id: 9,
      n: 10,
    });
    expect(await c.findOneAndDelete({ n: 10 })).toEqual({ _id: 9, n: 10 });
    await c.replaceOne({ _id: 2 }, { q: 1 });
    expect(await c.findOne({ _id: 2 })).toEqual({ _id: 2, q: 1 });
    expect((await c.deleteMany({})).deletedCount).toBe(2);
  });

  it('refuses duplicates with the code, the key and the text of MongoDB', async () => {
    const c = items('duplicates');
    await c.createIndex({ n: 1, tags: -1 }, { unique: true, name: 'pair' });
    await c.insertOne({ _id: 1, n: 1, tags: ['x', 'y'] });
    const error = await c.insertOne({ _id: 2, n: 1, tags: ['y'] }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(MongoServerError);
    expect(error).toMatchObject({
      code: 11000,
      keyPattern: { n: 1, tags: -1 },
      keyValue: { n: 1, tags: 'y' },
      message:
        'E11000 duplicate key error collection: test.duplicates index: pair dup key: { n: 1, tags: "y" }',
    });
  });

  it('goes through large results in batches', async () => {
    const c = items('many');
    await c.insertMany(Array.from({ length: 2500 }, (_, i) => ({ _id: i, n: i % 7 })));
    const seen: number[] = [];
    for await (const doc of c.find({}).sort({ _id: 1 }).batchSize(300)) seen.push(doc._id);
    expect(seen).toEqual(Array.from({ length: 2500 }, (_, i) => i));
    expect((await c.find({}).limit(1000).toArray()).length).toBe(1000);
  });

  it('writes in bulk, ordered and unordered', async () => {
    const c = items('bulk');
    const result = await c.bulkWrite([
      { insertOne: { document: { _id: 1, n: 1 } } },
      { updateOne: { filter: { _id: 1 }, update: { $set: { n: 5 } } } },
      { updateOne: { filter: { _id: 2 }, update: { $set: { n: 6 } }, upsert: true } },
      { deleteOne: { filter: { _id: 1 } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 1, upsertedCount: 1, deletedCount: 1 });
    const unordered = await c
      .insertMany([{ _id: 2 }, { _id: 3 }, { _id: 2 }, { _id: 4 }], { ordered: false })
      .catch((error: unknown) => error);
    expect(unordered).toMatchObject({ code: 11000, insertedCount: 2 });
    const client = await shared.client.bulkWrite<{ 'test.bulk': Item }>(
      [
        { name: 'insertOne', namespace: 'test.bulk', document: { _id: 50 } },
        {
          name: 'updateMany',
          namespace: 'test.bulk',
          filter: { _id: { $gte: 3 } },
          update: { $set: { q: 1 } },
        },
        { name: 'deleteOne', namespace: 'test.bulk', filter: { _id: 50 } },
      ],
      { verboseResults: true },
    );
    expect(client).toMatchObject({ insertedCount: 1, matchedCount: 3, deletedCount: 1 });
  });

  it('aggregates with groups and joins', async () => {
    const orders = shared.db.collection('orders');
    await orders.insertMany([
      { by: 1, sum: 5 },
      { by: 1, sum: 7 },
      { by: 2, sum: 1 },
    ]);
    await shared.db.collection<Item>('buyers').insertMany([
      { _id: 1, n: 10 },
      { _id: 2, n: 20 },
    ]);
    const rows = await orders
      .aggregate([
        { $group: { _id: '$by', total: { $sum: '$sum' } } },
        { $sort: { _id: 1 } },
        { $lookup: { from: 'buyers', localField: '_id', foreignField: '_id', as: 'buyer' } },
        { $set: { buyer: { $first: '$buyer.n' } } },
      ])
      .toArray();
    expect(rows).toEqual([
      { _id: 1, total: 12, buyer: 10 },
      { _id: 2, total: 1, buyer: 20 },
    ]);
    await orders.aggregate([{ $match: { by: 1 } }, { $out: 'copied' }]).toArray();
    expect(await shared.db.collection('copied').countDocuments()).toBe(2);
    await orders
      .aggregate([{ $group: { _id: '$by', n: { $sum: 1 } } }, { $merge: { into: 'buyers' } }])
      .toArray();
    expect(await shared.db.collection<Item>('buyers').find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, n: 2 },
      { _id: 2, n: 1 },
    ]);
  });

  it('tells the plan', async () => {
    const c = items('plans');
    await c.insertMany(Array.from({ length: 50 }, (_, i) => ({ _id: i, n: i % 5, q: i })));
    await c.createIndex({ n: 1, q: -1 });
    const indexed = await c.find({ n: 3 }).sort({ q: -1 }).explain('executionStats');
    expect(indexed['queryPlanner']).toMatchObject({
      winningPlan: { stage: 'FETCH', inputStage: { stage: 'IXSCAN', indexName: 'n_1_q_-1' } },
    });
    expect(indexed['executionStats']).toMatchObject({ nReturned: 10, totalDocsExamined: 10 });
    const scanned = await c.find({ tags: 'x' }).explain('executionStats');
    expect(scanned['queryPlanner']).toMatchObject({ winningPlan: { stage: 'COLLSCAN' } });
    expect(scanned['executionStats']).toMatchObject({ nReturned: 0, totalDocsExamined: 50 });
  });

  it('manages collections and indexes', async () => {
    const c = await shared.db.createCollection('managed', { validator: { n: { $type: 'int' } } });
    await expect(c.insertOne({ n: 'x' })).rejects.toMatchObject({ code: 121 });
    await c.createIndexes([{ key: { n: 1 } }, { key: { at: 1 }, expireAfterSeconds: 60, name: 'expiry' }]);
    expect((await c.indexes()).map((index) => index.name)).toEqual(['_id_', 'n_1', 'expiry']);
    await c.dropIndex('n_1');
    await expect(c.dropIndex('n_1')).rejects.toMatchObject({ code: 27 });
    await c.rename('renamed');
    expect(
      (await shared.db.listCollections({}, { nameOnly: true }).toArray()).map((one) => one.name),
    ).toContain('renamed');
    expect(await shared.db.dropCollection('renamed')).toBe(true);
  });
});
