import { randomBytes } from 'node:crypto';
import { createIdGenerator } from '@cadre/domain/core';
import { grant, type Grant } from '@cadre/domain/access';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing';
import { AppendOnlyError } from './append-only';
import { isDuplicateKey, sessionOf } from './database';
import { fromStored, toStored, type Stored } from './document';
import { schemaFromZod } from './schema-from-zod';

const newId = createIdGenerator(
  () => Date.now(),
  (count) => randomBytes(count),
);

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const grantOf = (changes: Partial<Grant> = {}): Grant => ({
  id: newId(),
  personId: newId(),
  role: 'base-admin',
  scope: { kind: 'bases', baseIds: [newId()] },
  from: '2026-01-01',
  to: null,
  grantedBy: null,
  delegatedFrom: null,
  revokedAt: null,
  ...changes,
});

describe('a model made from a zod schema', () => {
  it('gives back exactly what was stored, nulls and unions included', async () => {
    const model = test.database.model<Stored<Grant>>('coreGrants', schemaFromZod(grant));
    const value = grantOf({ revokedAt: new Date('2026-02-03T04:05:06Z') });
    await model.create([toStored(value)]);
    expect(fromStored<Grant>((await model.findById(value.id).lean<Stored<Grant>>())!)).toEqual(value);
  });

  it('refuses a field that the entity does not have', async () => {
    const model = test.database.model<Stored<Grant>>('coreGrants', schemaFromZod(grant));
    await expect(model.create([{ ...toStored(grantOf()), nickname: 'x' } as never])).rejects.toThrow(
      /nickname/,
    );
    await expect(model.updateOne({ _id: 'x' }, { $set: { nickname: 'x' } })).rejects.toThrow(/nickname/);
  });
});

describe('a transaction', () => {
  it('leaves nothing behind when its work throws', async () => {
    const model = test.database.model<Stored<Grant>>('coreGrants', schemaFromZod(grant));
    await test.database.ensureIndexes();
    const value = grantOf();
    await expect(
      test.database.transaction(async (tx) => {
        await model.create([toStored(value)], sessionOf(tx));
        throw new Error('halfway');
      }),
    ).rejects.toThrow('halfway');
    expect(await model.findById(value.id).lean()).toBeNull();
  });
});

describe('an append-only model', () => {
  const schema = schemaFromZod(grant);
  schema.index({ personId: 1 }, { unique: true });

  it('inserts, and tells a duplicate by its field', async () => {
    const ledger = test.database.appendOnlyModel<Stored<Grant>>('coreLedger', schema);
    await test.database.ensureIndexes();
    const value = grantOf();
    await ledger.create([toStored(value)]);
    const duplicate: unknown = await ledger
      .create([toStored(grantOf({ personId: value.personId }))])
      .catch((error: unknown) => error);
    expect(isDuplicateKey(duplicate, 'personId')).toBe(true);
    expect(isDuplicateKey(duplicate, 'role')).toBe(false);
  });

  it('throws on every way to change or remove an entry, and the entry stays as it was', async () => {
    const ledger = test.database.appendOnlyModel<Stored<Grant>>('coreLedger', schema);
    const value = grantOf();
    await ledger.create([toStored(value)]);
    const filter = { _id: value.id };
    const change = { $set: { role: 'auditor' as const } };
    const native = () => ledger.db.db!;
    const client = () => ledger.db.getClient();
    const ways: (() => unknown)[] = [
      () => ledger.updateOne(filter, change),
      () => ledger.updateOne(filter, change, { strict: false }),
      () => ledger.updateMany(filter, change),
      () => ledger.replaceOne(filter, toStored(value)),
      () => ledger.findOneAndUpdate(filter, change),
      () => ledger.findByIdAndUpdate(value.id, change),
      () => ledger.findOneAndReplace(filter, toStored(value)),
      () => ledger.deleteOne(filter),
      () => ledger.deleteMany(filter),
      () => ledger.findOneAndDelete(filter),
      () => ledger.findByIdAndDelete(value.id),
      () => ledger.bulkWrite([{ updateOne: { filter, update: change } }]),
      () => ledger.bulkWrite([{ deleteOne: { filter } }]),
      () => ledger.collection.updateOne(filter as never, change),
      () => ledger.collection.deleteMany({}),
      () => ledger.collection.bulkWrite([{ deleteOne: { filter: filter as never } }]),
      () => ledger.collection.findOneAndUpdate(filter as never, change),
      () => ledger.collection.drop(),
      () => ledger.collection.initializeOrderedBulkOp().find(filter).deleteOne(),
      () => ledger.collection.initializeUnorderedBulkOp().raw({ deleteOne: { filter: filter as never } }),
      () => ledger.collection.createIndex({ from: 1 }, { expireAfterSeconds: 1 }),
      () => ledger.aggregate([{ $match: filter }, { $merge: { into: 'coreLedger' } }]),
      () => ledger.bulkSave([ledger.hydrate(toStored(value))]),
      () => ledger.hydrate(toStored(value)).set('role', 'auditor').save(),
      () => ledger.hydrate(toStored(value)).updateOne(change),
      () => ledger.db.collection('coreLedger').updateOne(filter as never, change),
      () => ledger.db.dropCollection('coreLedger'),
      () => ledger.db.dropDatabase(),
      () => native().collection('coreLedger').updateMany({}, change),
      () => native().collection('coreLedger').deleteMany({}),
      () => native().collection('coreLedger').findOneAndReplace({}, {}),
      () => native().collection('coreLedger').rename('elsewhere'),
      () => native().collection('coreGrants').rename('coreLedger', { dropTarget: true }),
      () =>
        native()
          .collection('coreGrants')
          .aggregate([{ $out: 'coreLedger' }])
          .toArray(),
      () => native().dropCollection('coreLedger'),
      () => native().renameCollection('coreLedger', 'elsewhere'),
      () => native().dropDatabase(),
      () => native().command({ update: 'coreLedger', updates: [{ q: {}, u: change, multi: true }] }),
      () => native().command({ delete: 'coreLedger', deletes: [{ q: {}, limit: 0 }] }),
      () => native().command({ findAndModify: 'coreLedger', query: {}, remove: true }),
      () => native().command({ drop: 'coreLedger' }),
      () => native().command({ collMod: 'coreLedger', validator: {} }),
      () => native().command({ aggregate: 'coreGrants', pipeline: [{ $out: 'coreLedger' }], cursor: {} }),
      () => native().admin().command({ renameCollection: 'x.coreLedger', to: 'x.elsewhere' }),
      () => client().db(native().databaseName).collection('coreLedger').deleteOne({}),
      () => client().bulkWrite([{ namespace: 'x.coreLedger', name: 'deleteMany', filter: {} }]),
      () => ledger.db.useDb(native().databaseName).collection('coreLedger').deleteMany({}),
      async () => {
        const document = (await ledger.findById(value.id))!;
        document.set('role', 'auditor');
        await document.save();
      },
      async () => (await ledger.findById(value.id))!.deleteOne(),
    ];
    for (const way of ways) {
      await expect((async () => way())(), way.toString()).rejects.toThrow(AppendOnlyError);
    }
    expect(fromStored<Grant>((await ledger.findById(value.id).lean<Stored<Grant>>())!)).toEqual(value);
  });
});
