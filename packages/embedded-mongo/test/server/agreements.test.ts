import { Binary, Double, Long, MongoClient, type Document } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { testServer } from '../support';

type Numbered = { _id: number } & Document;

const FACET = [{ $facet: { a: [{ $match: {} }] } }];

/** What MongoDB answers where a lenient server would shrug. */
describe('like MongoDB', () => {
  const s = testServer();
  const failure = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      (answer) => (answer as { writeErrors?: unknown[] } | null)?.writeErrors?.[0] ?? answer,
      (error: unknown) => error,
    );
  const command = (document: Document, database = 'test'): Promise<Document> =>
    s.client.db(database).command(document);
  const nested = (levels: number): Document => (levels === 1 ? { x: 1 } : { a: nested(levels - 1) });

  it.each<[string, Document, number]>([
    ['a let that looks at a document', { find: 'c', let: { x: '$a' } }, 4890500],
    ['a let that looks at the whole document', { find: 'c', let: { x: { $add: [1, '$$ROOT.a'] } } }, 4890500],
    ['a let that looks with $getField', { find: 'c', let: { x: { $getField: 'a' } } }, 4890500],
    ['constants of an update that is no pipeline', update({ $set: { x: 1 } }), 51198],
    ['an unknown read preference', { find: 'c', $readPreference: { mode: 'foo' } }, 2],
    ['a read preference without a mode', { find: 'c', $readPreference: { tags: [] } }, 4],
    ['a database dropped with another number', { dropDatabase: 5 }, 5255100],
    ['documents of its own for a collection', aggregate('c', [{ $documents: [{ z: 1 }] }]), 73],
    ['an index of a version there is not', index({ v: 3 }), 67],
    ['a variable there is not', aggregate('c', [{ $set: { x: '$$NAMES' } }]), 17276],
    ['a variable with a name that none can have', aggregate('c', [{ $set: { x: '$$1' } }]), 16870],
    ['a $lookup from nowhere', aggregate('c', [{ $lookup: { as: 'x', pipeline: [] } }]), 9],
    ['a $lookup from a name that none can have', aggregate('c', [{ $lookup: lookingIn('') }]), 73],
    ['a $lookup from another', aggregate('c', [{ $lookup: lookingIn('.c') }]), 73],
    ['a $unionWith with a name that none can have', aggregate('c', [{ $unionWith: '' }]), 73],
    ['a $unionWith with nothing', aggregate('c', [{ $unionWith: { pipeline: [] } }]), 9],
    ['a limit that is not a number', aggregate('c', [{ $limit: Number.NaN }]), 15958],
    ['a target with an unknown field', aggregate('c', [{ $merge: { into: { coll: 'd', x: 1 } } }]), 40415],
    ['results among the users', aggregate('c', [{ $merge: { into: { db: 'admin', coll: 'd' } } }]), 31320],
    ['results among the settings', aggregate('c', [{ $out: { db: 'config', coll: 'd' } }]), 31321],
    ['a simple collation with an option', { find: 'c', collation: { locale: 'simple', strength: 2 } }, 9],
    ['a simple collation with an unknown field', { find: 'c', collation: { locale: 'simple', x: 1 } }, 9],
    ['an index with an option of the simple collation', index({ collation: { locale: 'simple', x: 1 } }), 9],
    ['an index with an empty collation', index({ collation: {} }), 2],
    ['a collection with an empty collation', { create: 'no', collation: {} }, 2],
    ['a collection without an _id index', { create: 'no', autoIndexId: false }, 238],
    ['a collection whose view is false', { create: 'no', viewOn: false }, 238],
    ['a facet of nothing', aggregate('c', [{ $facet: { a: [] } }]), 2],
    [
      'a facet in a $lookup in a facet',
      facetWith({ $lookup: { from: 'c', as: 'x', pipeline: FACET } }),
      40600,
    ],
    ['a facet in a $unionWith in a facet', facetWith({ $unionWith: { coll: 'c', pipeline: FACET } }), 40600],
    [
      'documents of its own in a $lookup in a facet',
      facetWith({ $lookup: { as: 'x', pipeline: [{ $documents: [{}] }] } }),
      40600,
    ],
    ['an unknown field of a cursor', { listIndexes: 'c', cursor: { x: 1 } }, 40415],
    ['an unknown field of the cursor of a list', { listCollections: 1, cursor: { x: 1 } }, 40415],
    ['settings of the storage', { create: 'no', storageEngine: { wiredTiger: {} } }, 238],
    ['defaults of the storage', { create: 'no', indexOptionDefaults: { storageEngine: {} } }, 238],
    ['an index for the natural order', { find: 'c', sort: { $natural: 1 }, hint: { _id: 1 } }, 2],
    ['tags of the primary', { find: 'c', $readPreference: { mode: 'primary', tags: [{ a: 'b' }] } }, 2],
    [
      'staleness of a second',
      { find: 'c', $readPreference: { mode: 'nearest', maxStalenessSeconds: 1 } },
      160,
    ],
    [
      'staleness of the primary',
      { find: 'c', $readPreference: { mode: 'primary', maxStalenessSeconds: 120 } },
      2,
    ],
    ['an update by $natural through an index', natural({ hint: { _id: 1 } }), 2],
    ['a collection whose name begins with a dot', { find: '.c' }, 73],
    ['a key of distinct with a zero byte', { distinct: 'c', key: 'a\0b' }, 31032],
    ['an upsert with an array for _id', upsert({ _id: [1] }), 53],
    ['an upsert with a regular expression for _id', upsert({ k: 1 }, { $set: { _id: /a/ } }), 53],
    ['an inserted array for _id', { insert: 'c', documents: [{ _id: [1] }] }, 2],
  ])('%s is refused', async (_, asked, code) => {
    await s.db.collection('c').insertOne({ a: 1 });
    expect(await failure(command(asked))).toMatchObject({ code });
  });

  it('a mistake in the form of one operation is one of a whole bulk write', async () => {
    const bulk = (...ops: Document[]): Promise<unknown> =>
      failure(command({ bulkWrite: 1, ops, nsInfo: [{ ns: 'test.bulk' }], ordered: false }, 'admin'));
    const good = { insert: 0, document: {} };
    expect(await bulk(good, { insert: 1, document: {} })).toMatchObject({ code: 2 });
    expect(await bulk(good, { insert: -1, document: {} })).toMatchObject({ code: 2 });
    expect(await bulk(good, { insert: 0, document: {}, x: 1 })).toMatchObject({ code: 40415 });
    expect(await bulk(good, { upsert: 0, document: {} })).toMatchObject({ code: 9 });
    expect(await s.db.collection('bulk').countDocuments()).toBe(0);
    expect(await bulk(good)).toMatchObject({ nInserted: 1 });
  });

  it('the natural order is one for findAndModify too', async () => {
    const c = s.db.collection<Numbered>('naturals');
    await c.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
    const last = { sort: { $natural: -1 } as const };
    expect(await c.findOneAndUpdate({}, { $set: { x: 1 } }, last)).toEqual({ _id: 3 });
    expect(await c.findOneAndDelete({}, last)).toEqual({ _id: 3, x: 1 });
    expect(await c.updateOne({}, { $set: { x: 2 } }, last)).toMatchObject({ modifiedCount: 1 });
    expect(await c.find().toArray()).toEqual([{ _id: 1 }, { _id: 2, x: 2 }]);
  });

  it('collMod lets documents expire only by an index that can, and changes all or nothing', async () => {
    const c = s.db.collection('expiring');
    await c.createIndexes([
      { key: { at: 1 }, name: 'at' },
      { key: { at: 1, by: 1 }, name: 'both' },
    ]);
    const change = (index: Document, more: Document = {}): Promise<unknown> =>
      failure(command({ collMod: 'expiring', index, ...more }));
    for (const index of [
      { name: '_id_', expireAfterSeconds: 5 },
      { name: 'both', expireAfterSeconds: 5 },
      { name: 'at', expireAfterSeconds: -5 },
      { name: 'at', expireAfterSeconds: NaN },
      { name: 'at', keyPattern: { at: 1 }, expireAfterSeconds: 5 },
      { expireAfterSeconds: 5 },
      { name: 'at', hidden: true, expireAfterSeconds: -5 },
    ])
      expect(await change(index)).toMatchObject({ code: 72 });
    const index = { name: 'at', expireAfterSeconds: 5 };
    expect(await change(index, { validationLevel: 'x' })).toMatchObject({ code: 2 });
    expect((await c.indexes())[1]).toEqual({ v: 2, key: { at: 1 }, name: 'at' });
    expect(await change(index)).toMatchObject({ expireAfterSeconds_new: 5 });
  });

  it('what is switched off may be named', async () => {
    const changeStreamPreAndPostImages = { enabled: false };
    expect(await command({ create: 'off', capped: false, changeStreamPreAndPostImages })).toMatchObject({
      ok: 1,
    });
    expect(await command({ find: 'off', tailable: false, returnKey: false })).toMatchObject({ ok: 1 });
  });

  function natural(more: Document): Document {
    return { findAndModify: 'c', sort: { $natural: -1 }, update: { $set: { x: 1 } }, ...more };
  }

  function upsert(q: Document, u: Document = { $set: { x: 1 } }): Document {
    return { update: 'c', updates: [{ q, u, upsert: true }] };
  }

  function facetWith(stage: Document): Document {
    return aggregate('c', [{ $facet: { a: [stage] } }]);
  }

  function update(u: Document): Document {
    return { update: 'c', updates: [{ q: {}, u, c: { v: 1 } }] };
  }

  function lookingIn(from: string): Document {
    return { from, localField: 'a', foreignField: 'a', as: 'x' };
  }

  function aggregate(name: string | number, pipeline: Document[]): Document {
    return { aggregate: name, pipeline, cursor: {} };
  }

  function index(options: Document): Document {
    return { createIndexes: 'c', indexes: [{ key: { q: 1 }, name: 'q', ...options }] };
  }

  it('a let may compute, and the pipeline behind it looks at documents as ever', async () => {
    const c = s.db.collection<{ _id: number; a: number }>('lets');
    await c.insertMany([
      { _id: 1, a: 3 },
      { _id: 2, a: 4 },
    ]);
    const x = {
      $let: { vars: { y: 1 }, in: { $add: ['$$y', { $size: { $map: { input: [1, 2], in: '$$this' } } }] } },
    };
    expect(await c.find({ $expr: { $eq: ['$a', '$$x'] } }, { let: { x } }).toArray()).toEqual([
      { _id: 1, a: 3 },
    ]);
    expect(await c.find({ $expr: { $eq: ['$$ROOT.a', '$$x'] } }, { let: { x: 4 } }).toArray()).toHaveLength(
      1,
    );
  });

  it('a pipeline update takes constants', async () => {
    const c = s.db.collection('constants');
    await c.insertOne({ n: 1 });
    const updates = [{ q: {}, u: [{ $set: { n: '$$v' } }], c: { v: 7 } }];
    expect(await command({ update: 'constants', updates })).toMatchObject({ nModified: 1 });
  });

  it('180 levels of nesting are stored, 181 are not', async () => {
    const c = s.db.collection<Numbered>('levels');
    await c.insertOne({ _id: 1, ...nested(180) });
    expect(await failure(c.insertOne({ _id: 2, ...nested(181) }))).toMatchObject({ code: 15 });
    expect(await failure(c.updateOne({ _id: 1 }, { $set: { b: nested(180) } }))).toMatchObject({ code: 15 });
    expect(await failure(c.updateOne({ _id: 1 }, { $set: { b: [nested(178)] } }))).toMatchObject({
      modifiedCount: 1,
    });
  });

  it('a database with an impossible name cannot be asked', async () => {
    expect(await failure(command({ find: 'c' }, 'a b'))).toMatchObject({ code: 73 });
  });

  it('maxTimeMS belongs to the command that opened the cursor, and holds for all its batches', async () => {
    await s.db.collection('batches').insertMany(Array.from({ length: 5 }, (_, i) => ({ i })));
    const first = await command({ find: 'batches', batchSize: 1, maxTimeMS: 60_000 });
    const more = { getMore: (first.cursor as Document).id as Long, collection: 'batches' };
    expect(await failure(command({ ...more, maxTimeMS: 5 }))).toMatchObject({ code: 2 });
    expect(await failure(command({ ...more, batchSize: 1 }))).toMatchObject({ ok: 1 });
    const slow = await command({
      aggregate: 'batches',
      pipeline: [{ $set: { list: { $range: [0, 400_000] } } }, { $unwind: '$list' }],
      cursor: { batchSize: 1 },
      maxTimeMS: 1_000,
    });
    const rest = { getMore: (slow.cursor as Document).id as Long, collection: 'batches', batchSize: 500_000 };
    let last: unknown;
    for (let i = 0; i < 20 && !(last instanceof Error); i++) last = await failure(command(rest));
    expect(last).toMatchObject({ code: 50 });
  });

  it('signing in and out is a matter of the database admin', async () => {
    const elsewhere = new MongoClient(s.server.uri.replace('authSource=admin', 'authSource=foo'));
    expect(await failure(elsewhere.connect())).toMatchObject({ code: 18 });
    await elsewhere.close();
    const client = await new MongoClient(s.server.uri, { maxPoolSize: 1 }).connect();
    await client.db('other').command({ logout: 1 });
    expect(await failure(client.db('test').collection('c').findOne())).not.toMatchObject({ code: 13 });
    await client.db('admin').command({ logout: 1 });
    expect(await failure(client.db('test').collection('c').findOne())).toMatchObject({ code: 13 });
    await client.close();
  });

  it('the databases of the server itself are not dropped, and not written to in a transaction', async () => {
    for (const name of ['admin', 'local'])
      expect(await failure(command({ dropDatabase: 1 }, name))).toMatchObject({ code: 20 });
    for (const name of ['admin', 'config', 'local']) {
      const session = s.client.startSession();
      session.startTransaction();
      const insert = s.client.db(name).collection('q').insertOne({}, { session });
      expect(await failure(insert)).toMatchObject({ code: 263 });
      await session.abortTransaction();
      session.startTransaction();
      const ops = [{ insert: 0, document: {} }];
      const bulk = { bulkWrite: 1, ops, nsInfo: [{ ns: `${name}.q` }] };
      const written = s.client.db('admin').command(bulk, { session });
      expect(await failure(written)).toMatchObject({ code: 263 });
      await session.abortTransaction();
      await session.endSession();
    }
  });

  it('dropping what is not there fails, which the driver passes over', async () => {
    expect(await failure(command({ drop: 'nothing' }))).toMatchObject({ code: 26, message: 'ns not found' });
    expect(await s.db.collection('nothing').drop()).toBe(false);
  });

  it('a hinted partial index that need not hold every match is read whole all the same', async () => {
    const c = s.db.collection<Numbered>('partly');
    await c.insertMany(Array.from({ length: 10 }, (_, _id) => ({ _id, a: _id, b: _id % 3 })));
    await c.createIndex({ b: 1 }, { name: 'bp', partialFilterExpression: { a: { $gt: 5 } } });
    expect(await c.find({}).hint('bp').toArray()).toHaveLength(4);
    expect(await c.find({ b: 0 }).hint('bp').toArray()).toHaveLength(2);
    expect((await c.find({}).hint('bp').sort({ b: -1 }).toArray()).map(({ b }) => b as number)).toEqual([
      2, 1, 0, 0,
    ]);
    expect(
      await c
        .find({ a: { $gt: 7 } })
        .hint('bp')
        .toArray(),
    ).toHaveLength(2);
    expect(await c.countDocuments({}, { hint: 'bp' })).toBe(4);
  });

  it('a transaction does not write into a collection that is younger than it', async () => {
    const young = s.db.collection<Numbered>('young');
    await s.db.collection('old').insertOne({});
    const attempts: ((session: ReturnType<typeof s.client.startSession>) => Promise<unknown>)[] = [
      (session) => young.updateOne({ _id: 1 }, { $set: { by: 'txn' } }, { session }),
      (session) => young.insertOne({ _id: 2 }, { session }),
      (session) => young.deleteMany({}, { session }),
      (session) => young.findOneAndDelete({ _id: 1 }, { session }),
    ];
    for (const attempt of attempts) {
      await young.drop();
      const session = s.client.startSession();
      session.startTransaction();
      await s.db.collection('old').findOne({}, { session });
      await young.insertOne({ _id: 1, by: 'other' });
      expect(await young.find({}, { session }).toArray()).toEqual([]);
      expect(await failure(attempt(session))).toMatchObject({
        code: 112,
        errorLabels: ['TransientTransactionError'],
      });
      await session.abortTransaction();
      session.startTransaction();
      await attempt(session);
      await session.commitTransaction();
      await session.endSession();
    }
  });

  it('an index is told from another by its numbers too, not by their signs alone', async () => {
    const c = s.db.collection('numbers');
    await c.createIndex({ a: 1 });
    expect(await c.createIndex({ a: 2 })).toBe('a_2');
    expect(await c.createIndex({ a: new Double(1) as unknown as 1 })).toBe('a_1');
    expect(await c.indexes()).toHaveLength(3);
    expect(await c.find({ a: 1 }).hint({ a: 2 }).toArray()).toEqual([]);
    await expect(c.find({ a: 1 }).hint({ a: 3 }).toArray()).rejects.toMatchObject({ code: 2 });
  });

  it('an aggregation explains itself', async () => {
    await s.db.collection('explained').insertOne({ a: 1 });
    const told = await command({ aggregate: 'explained', pipeline: [{ $match: { a: 1 } }], explain: true });
    expect(told).toMatchObject({ queryPlanner: { winningPlan: { stage: 'COLLSCAN' } } });
    expect(told.command).toEqual({ aggregate: 'explained', pipeline: [{ $match: { a: 1 } }] });
    await command({ ...aggregate('explained', [{ $out: 'unwritten' }]), explain: true });
    expect(await s.db.listCollections({ name: 'unwritten' }).toArray()).toEqual([]);
  });

  it('$lookup may join documents of its own', async () => {
    await s.db.collection('joining').insertOne({ a: 2 });
    const pipeline = [{ $documents: [{ k: 1 }, { k: 2 }] }, { $match: { $expr: { $eq: ['$k', '$$a'] } } }];
    const $lookup = { let: { a: '$a' }, pipeline, as: 'found' };
    expect(
      await s.db
        .collection('joining')
        .aggregate([{ $lookup }, { $unset: '_id' }])
        .toArray(),
    ).toEqual([{ a: 2, found: [{ k: 2 }] }]);
    const both = { $lookup: { ...$lookup, localField: 'a', foreignField: 'k' } };
    expect(await failure(command(aggregate('joining', [both])))).toMatchObject({ code: 238 });
  });

  it('$merge shows the incoming document beside its own variables to what may have to be inserted', async () => {
    const name = 'merged';
    await s.db.collection<Numbered>(name).insertOne({ _id: 1, a: 1 });
    const $merge = { into: name, let: { b: '$a' }, whenMatched: [{ $set: { seen: ['$$b', '$$new.a'] } }] };
    await command(aggregate(name, [{ $merge }]));
    expect(await s.db.collection(name).findOne()).toEqual({ _id: 1, a: 1, seen: [1, 1] });
    const discarding = { ...$merge, whenNotMatched: 'discard' };
    expect(await failure(command(aggregate(name, [{ $merge: discarding }])))).toMatchObject({ code: 17276 });
    const renamed = { ...$merge, let: { new: '$a' } };
    expect(await failure(command(aggregate(name, [{ $merge: renamed }])))).toMatchObject({ code: 51273 });
  });

  it('$$USER_ROLES are the roles of who asks', async () => {
    const [told] = await s.db.aggregate([{ $documents: [{ roles: '$$USER_ROLES' }] }]).toArray();
    expect(told).toEqual({ roles: [{ _id: 'admin.root', role: 'root', db: 'admin' }] });
  });

  it('findAndModify shows the element that matched, of the document as it was', async () => {
    await s.db.collection<Numbered>('positions').insertOne({ _id: 1, a: [1, 2, 3] });
    const findAndModify = { findAndModify: 'positions', query: { a: 2 }, fields: { 'a.$': 1 } };
    const update = { update: { $set: { 'a.$': 9 } } };
    expect(await failure(command({ ...findAndModify, ...update, new: true }))).toMatchObject({ code: 2 });
    expect(await command({ ...findAndModify, ...update })).toMatchObject({ value: { _id: 1, a: [2] } });
    const removal = { ...findAndModify, query: { a: 9 }, remove: true };
    expect(await command(removal)).toMatchObject({ value: { _id: 1, a: [9] } });
  });

  it('a findAndModify that is sent again must ask for what was done', async () => {
    const c = s.db.collection<{ _id: number; n: number }>('again');
    await c.insertOne({ _id: 1, n: 0 });
    let number = 0;
    const lsid = { id: new Binary(Buffer.alloc(16, 7), Binary.SUBTYPE_UUID) };
    const both = async (first: Document, second: Document): Promise<unknown> => {
      number++;
      const session = { lsid, txnNumber: Long.fromNumber(number) };
      const findAndModify = 'again';
      await sent({ findAndModify, ...first, ...session });
      return failure(sent({ findAndModify, ...second, ...session }));
    };
    const client = await new MongoClient(s.server.uri, { retryWrites: false }).connect();
    const sent = (document: Document): Promise<Document> =>
      client.withSession((session) => {
        session.serverSession.id = lsid;
        return client.db('test').command(document, { session });
      });
    const after = { query: { _id: 1 }, update: { $inc: { n: 1 } }, new: true };
    const before = { query: { _id: 1 }, update: { $inc: { n: 1 } } };
    expect(await both(after, after)).toMatchObject({ value: { n: 1 } });
    expect(await both(after, { query: { _id: 1 }, remove: true })).toMatchObject({ code: 40612 });
    expect(await both(before, after)).toMatchObject({ code: 40611 });
    const upsert = { query: { _id: 9 }, update: { $set: { n: 1 } }, upsert: true };
    expect(await both(upsert, before)).toMatchObject({ code: 40608 });
    expect(await both({ query: { _id: 1 }, remove: true }, before)).toMatchObject({ code: 40606 });
    expect((await c.find().toArray()).map(({ _id }) => _id)).toEqual([9]);
    await client.close();
  });
});
