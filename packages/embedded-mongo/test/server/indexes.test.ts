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
