import type { Document } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { testServer } from '../support';

describe('indexes beside each other', () => {
  const shared = testServer();

  const UNIQUE = { key: { k: 1 }, name: 'uq', unique: true };

  it.each<[string, Document, Document, { code: number; message: RegExp }]>([
    [
      'the name of another kind of index',
      { key: { k: 1 }, name: 'k_1' },
      { key: { k: 1 }, name: 'k_1', unique: true },
      {
        code: 85,
        message:
          /^An equivalent index already exists with the same name but different options\. .*existing index: /,
      },
    ],
    [
      'the name of an index of other fields',
      UNIQUE,
      { key: { l: 1 }, name: 'uq', unique: true },
      {
        code: 86,
        message: /^An existing index has the same name as the requested index\. .*existing index: /,
      },
    ],
    [
      'another name for the same index',
      UNIQUE,
      { ...UNIQUE, name: 'second' },
      { code: 85, message: /^Index already exists with a different name: uq$/ },
    ],
    [
      'another expiry under the same name',
      { key: { at: 1 }, name: 'at', expireAfterSeconds: 60 },
      { key: { at: 1 }, name: 'at', expireAfterSeconds: 90 },
      { code: 85, message: /^An equivalent index already exists with the same name but different options\./ },
    ],
    [
      'another expiry under another name',
      { key: { at: 1 }, name: 'at', expireAfterSeconds: 60 },
      { key: { at: 1 }, name: 'at2' },
      { code: 85, message: /^An equivalent index already exists with a different name and options\./ },
    ],
  ])('%s is refused', async (what, first, second, error) => {
    const name = what.replaceAll(' ', '-');
    await shared.db.command({ createIndexes: name, indexes: [first] });
    await expect(shared.db.command({ createIndexes: name, indexes: [second] })).rejects.toMatchObject({
      code: error.code,
      message: expect.stringMatching(error.message) as string,
    });
    expect(await shared.db.command({ createIndexes: name, indexes: [first] })).toMatchObject({
      note: 'all indexes already exist',
    });
  });

  it.each<[unknown, number | null]>([
    [0, null],
    [1, null],
    ['majority', null],
    ['votingMembers', null],
    [2, 278],
    [51, 9],
    [-1, 9],
    ['everywhere', 79],
    [true, 9],
    [{ w: 1 }, 9],
  ])('commitQuorum %j is asked of the one member there is: %j', async (commitQuorum, code) => {
    const name = `quorum-${JSON.stringify(commitQuorum)}`;
    const asked = shared.db.command({
      createIndexes: name,
      indexes: [{ key: { k: 1 }, name: 'k_1' }],
      commitQuorum,
    });
    if (code === null) await expect(asked).resolves.toMatchObject({ numIndexesAfter: 2 });
    else await expect(asked).rejects.toMatchObject({ code });
    expect(await shared.db.listCollections({ name }).toArray()).toHaveLength(code === null ? 1 : 0);
  });

  it('unique, sparse and partial ones over the same key stand side by side', async () => {
    const c = shared.db.collection('several');
    await c.createIndex({ k: 1 }, { unique: true, name: 'uq' });
    await c.createIndex({ k: 1 }, { sparse: true, name: 'sp' });
    await c.createIndex({ k: 1 }, { partialFilterExpression: { k: { $gt: 5 } }, name: 'big' });
    await c.createIndex({ k: 1 });
    expect((await c.indexes()).map((index) => index.name)).toEqual(['_id_', 'uq', 'sp', 'big', 'k_1']);
    await c.insertMany([{ k: 1 }, { k: 9 }]);
    await expect(c.insertOne({ k: 9 })).rejects.toMatchObject({ code: 11000, keyPattern: { k: 1 } });
    for (const hint of ['uq', 'sp', 'big', 'k_1'])
      expect(await c.find({ k: 9 }).hint(hint).toArray()).toHaveLength(1);
  });

  it('only their names tell them apart', async () => {
    const c = shared.db.collection('ambiguous');
    await c.createIndex({ k: 1 }, { unique: true, name: 'uq' });
    await c.createIndex({ k: 1 }, { sparse: true, name: 'sp' });
    await expect(c.find({ k: 1 }).hint({ k: 1 }).toArray()).rejects.toMatchObject({ code: 27 });
    const byKey = { collMod: 'ambiguous', index: { keyPattern: { k: 1 }, hidden: true } };
    await expect(shared.db.command(byKey)).rejects.toMatchObject({ code: 181 });
    await expect(shared.db.command({ dropIndexes: 'ambiguous', index: { k: 1 } })).rejects.toMatchObject({
      code: 181,
      codeName: 'AmbiguousIndexKeyPattern',
    });
    await c.dropIndex('sp');
    await shared.db.command({ dropIndexes: 'ambiguous', index: { k: 1 } });
    expect((await c.indexes()).map((index) => index.name)).toEqual(['_id_']);
  });
});

describe('indexes that are built', () => {
  const shared = testServer();
  const names = async (collection: string): Promise<string[]> =>
    (await shared.db.collection(collection).indexes()).map((index) => String(index.name));

  it('are there for all who asked, or for none of them', async () => {
    const c = shared.db.collection('asked');
    await c.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ n: n === 19_999 ? 0 : n })));
    const unique = Array.from({ length: 3 }, () => c.createIndex({ n: 1 }, { unique: true }));
    for (const asked of await Promise.allSettled(unique))
      expect(asked).toMatchObject({ status: 'rejected', reason: { code: 11000 } });
    expect(await names('asked')).toEqual(['_id_']);
    const plain = Array.from({ length: 3 }, () => c.createIndex({ n: 1 }).then(() => names('asked')));
    expect(await Promise.all(plain)).toEqual(Array(3).fill(['_id_', 'n_1']));
  });

  it('by one command stand all, or none', async () => {
    const c = shared.db.collection('together');
    await c.insertMany([{ a: 1 }, { a: 1 }]);
    const create = (...indexes: Document[]): Promise<Document> =>
      shared.db.command({ createIndexes: 'together', indexes });
    const [b, d] = [
      { key: { b: 1 }, name: 'b_1' },
      { key: { d: 1 }, name: 'd_1' },
    ];
    const unique = { key: { a: 1 }, name: 'a_1', unique: true };
    await expect(create(b, unique)).rejects.toMatchObject({ code: 11000, keyPattern: { a: 1 } });
    await expect(create(b, b)).rejects.toMatchObject({ code: 68, codeName: 'IndexAlreadyExists' });
    await expect(create(b, { ...b, name: 'other' })).rejects.toMatchObject({ code: 85 });
    expect(await names('together')).toEqual(['_id_']);
    await expect(create(b, d)).resolves.toMatchObject({ numIndexesBefore: 1, numIndexesAfter: 3 });
    await expect(create(b, b)).resolves.toMatchObject({ note: 'all indexes already exist' });
    await c.insertOne({ b: 2, d: 3 });
    for (const hint of ['b_1', 'd_1']) expect(await c.find({}).hint(hint).toArray()).toHaveLength(3);
  });
});
