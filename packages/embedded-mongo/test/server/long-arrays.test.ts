import { describe, expect, it } from 'vitest';
import { testServer } from '../support';

/** More than a call may have arguments. */
const MANY = 200_000;

describe('arrays of any length', () => {
  const s = testServer();
  const numbers = Array.from({ length: MANY }, (_, i) => i);
  type Listed = { _id: number; k?: number; list?: number[] };

  it('are taken in conditions, with and without an index', async () => {
    const c = s.db.collection<Listed>('conditions');
    await c.insertMany([{ _id: 1, k: 7 }, { _id: 2, k: 8 }, { _id: -1 }]);
    await c.createIndex({ k: 1 });
    expect(await c.find({ _id: { $in: numbers } }).toArray()).toHaveLength(2);
    expect(await c.countDocuments({ k: { $in: numbers } })).toBe(2);
    expect((await c.deleteMany({ _id: { $in: numbers } })).deletedCount).toBe(2);
  });

  it('are pushed, listed and joined', async () => {
    const c = s.db.collection<Listed>('lists');
    const f = s.db.collection<Listed>('foreign');
    await c.insertOne({ _id: 1, list: [-1] });
    await f.insertMany([{ _id: 5 }, { _id: MANY + 5 }]);
    await c.updateOne({ _id: 1 }, { $push: { list: { $each: numbers } } });
    await c.updateOne({ _id: 1 }, { $push: { list: { $each: numbers, $position: 0, $slice: MANY + 1 } } });
    const [{ list }] = (await c.find().toArray()) as [Required<Listed>];
    expect([list.length, list[0], list[MANY - 1], list[MANY]]).toEqual([MANY + 1, 0, MANY - 1, -1]);
    expect(await c.distinct('list')).toHaveLength(MANY + 1);
    const joined = await c
      .aggregate<{ found: Listed[] }>([
        { $lookup: { from: 'foreign', localField: 'list', foreignField: '_id', as: 'found' } },
        { $project: { found: 1 } },
      ])
      .toArray();
    expect(joined).toEqual([{ _id: 1, found: [{ _id: 5 }] }]);
  });

  it('are inputs of $zip', async () => {
    const inputs = numbers.map(() => []);
    const zipped = await s.db.aggregate([{ $documents: [{ a: { $zip: { inputs } } }] }]).toArray();
    expect(zipped).toEqual([{ a: [] }]);
  });

  it('may fail a validator, which shows ten of the values', async () => {
    await s.db.createCollection('validated', { validator: { list: { $eq: -1 } } });
    await expect(s.db.collection('validated').insertOne({ list: numbers })).rejects.toMatchObject({
      errInfo: { details: { consideredValuesTruncated: true } },
    });
  });
});
