import { calculateObjectSize } from 'bson';
import { MongoClient, type Document } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { startEmbeddedMongo } from '../../src/index';
import { temporaryFolder, testServer } from '../support';

describe('figures about what is stored', () => {
  const shared = testServer();
  const DOCUMENTS: Document[] = Array.from({ length: 25_000 }, (_, i) => ({
    _id: i,
    text: 'x'.repeat(i % 50),
  }));
  const BYTES = DOCUMENTS.reduce((sum, doc) => sum + calculateObjectSize(doc), 0);

  const figures = async (name: string, spec: Document): Promise<Document> => {
    const [found] = await shared.db
      .collection(name)
      .aggregate([{ $collStats: spec }])
      .toArray();
    return found as Document;
  };

  it('sizes are bytes, of databases, collections and indexes', async () => {
    const c = shared.db.collection('sized');
    await c.insertMany(DOCUMENTS);
    await c.createIndex({ text: 1 });
    const told = await shared.db.command({ collStats: 'sized' });
    expect(told).toMatchObject({
      ns: 'test.sized',
      count: DOCUMENTS.length,
      size: BYTES,
      avgObjSize: Math.floor(BYTES / DOCUMENTS.length),
      nindexes: 2,
    });
    const sizes = told['indexSizes'] as Record<string, number>;
    expect(Object.keys(sizes)).toEqual(['_id_', 'text_1']);
    const texts = DOCUMENTS.reduce((sum, doc) => sum + String(doc['text']).length, 0);
    expect(sizes['text_1']).toBeGreaterThan(texts);
    expect(sizes['text_1']).toBeLessThan(texts + 10 * DOCUMENTS.length);
    expect(told['totalSize']).toBe(BYTES + Number(told['totalIndexSize']));
    const listed = await shared.client.db('admin').admin().listDatabases();
    expect(listed.databases.find(({ name }) => name === 'test')?.sizeOnDisk).toBe(Number(told['totalSize']));
    expect(listed.totalSize).toBe(Number(told['totalSize']));
    expect(await shared.db.stats()).toMatchObject({
      objects: DOCUMENTS.length,
      dataSize: BYTES,
      indexes: 2,
      totalSize: Number(told['totalSize']),
    });
  });

  it('databases are found by their size, and their names need no measuring', async () => {
    await shared.client
      .db('other')
      .collection('c')
      .insertOne({ _id: 1 as never });
    const admin = shared.client.db('admin').admin();
    const names = async (filter: Document): Promise<string[]> =>
      (await admin.listDatabases({ filter })).databases.map(({ name }) => name);
    expect(await names({ sizeOnDisk: { $lt: 100 } })).toEqual(['other']);
    expect((await admin.listDatabases({ nameOnly: true })).databases).toEqual([
      { name: 'other' },
      { name: 'test' },
    ]);
  });

  it('a shell gets them by $collStats', async () => {
    const c = shared.db.collection('shell');
    await c.insertMany([{ _id: 1 as never }, { _id: 2 as never }]);
    const size = 2 * calculateObjectSize({ _id: 1 });
    expect(await figures('shell', { storageStats: { scale: 1 }, count: {} })).toMatchObject({
      ns: 'test.shell',
      host: expect.any(String) as string,
      localTime: expect.any(Date) as Date,
      storageStats: { size, count: 2, avgObjSize: size / 2, capped: false, nindexes: 1, scaleFactor: 1 },
      count: 2,
    });
    expect((await figures('shell', { storageStats: { scale: 10 } }))['storageStats']).toMatchObject({
      size: Math.floor(size / 10),
      scaleFactor: 10,
    });
    expect(Object.keys(await figures('shell', {}))).toEqual(['ns', 'host', 'localTime']);
    expect((await figures('missing', { storageStats: {} }))['storageStats']).toMatchObject({
      size: 0,
      count: 0,
    });
    const doubled = [
      { $collStats: { count: {} } },
      { $project: { _id: 0, n: { $add: ['$count', '$count'] } } },
    ];
    expect(await c.aggregate(doubled).toArray()).toEqual([{ n: 4 }]);
  });

  it.each<[string, Document[], number]>([
    ['not an object', [{ $collStats: 1 }], 5447000],
    ['an unknown part', [{ $collStats: { nonsense: {} } }], 40415],
    ['an unknown option', [{ $collStats: { storageStats: { nonsense: 1 } } }], 40415],
    ['a part of the wrong type', [{ $collStats: { count: 1 } }], 14],
    ['a scale of the wrong type', [{ $collStats: { storageStats: { scale: 'x' } } }], 14],
    ['a scale of nothing', [{ $collStats: { storageStats: { scale: 0 } } }], 2],
    ['latencies', [{ $collStats: { latencyStats: {} } }], 238],
    ['a later place', [{ $match: {} }, { $collStats: { count: {} } }], 40602],
    ['a facet', [{ $facet: { a: [{ $collStats: { count: {} } }] } }], 40600],
    ['a join', [{ $unionWith: { coll: 'd', pipeline: [{ $collStats: { count: {} } }] } }], 238],
    ['no collection to count', [{ $collStats: { count: {} } }], 26],
  ])('$collStats is refused with %s', async (_, pipeline, code) => {
    await expect(shared.db.collection('nowhere').aggregate(pipeline).toArray()).rejects.toMatchObject({
      code,
    });
  });

  it('$collStats needs a collection and no transaction', async () => {
    const pipeline = [{ $collStats: { count: {} } }];
    await expect(shared.db.aggregate(pipeline).toArray()).rejects.toMatchObject({ code: 73 });
    await shared.client.withSession(async (session) => {
      session.startTransaction();
      const c = shared.db.collection('shell');
      await expect(c.aggregate(pipeline, { session }).toArray()).rejects.toMatchObject({ code: 263 });
      await session.abortTransaction();
    });
  });
});

describe('the users', () => {
  const open = testServer();
  const root = temporaryFolder();

  it('there are none without a password', async () => {
    expect(await open.db.command({ usersInfo: 1 })).toMatchObject({ users: [] });
    await expect(open.db.command({ usersInfo: 1, showCredentials: true })).rejects.toMatchObject({
      code: 238,
    });
    await expect(open.db.command({ usersInfo: 2 })).rejects.toMatchObject({ code: 2 });
  });

  it('the only one is shown in its database', async () => {
    const server = await startEmbeddedMongo({ dbPath: root(), durability: 'relaxed' });
    const client = await new MongoClient(server.uri).connect();
    const user = new URL(server.uri).username;
    const shown = [
      {
        _id: `admin.${user}`,
        user,
        db: 'admin',
        roles: [{ role: 'root', db: 'admin' }],
        mechanisms: ['SCRAM-SHA-256'],
      },
    ];
    const users = async (database: string, usersInfo: unknown): Promise<unknown> =>
      (await client.db(database).command({ usersInfo }))['users'];
    expect(await users('admin', 1)).toEqual(shown);
    expect(await users('admin', user)).toEqual(shown);
    expect(await users('test', { forAllDBs: true })).toEqual(shown);
    expect(await users('test', ['x', { user, db: 'admin' }])).toEqual(shown);
    expect(await users('test', 1)).toEqual([]);
    expect(await users('admin', 'x')).toEqual([]);
    await client.close();
    await server.stop();
  });
});
