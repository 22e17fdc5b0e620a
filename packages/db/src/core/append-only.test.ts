import { grant, type Grant } from '@cadre/domain/access';
import type { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestIds, testGrant, type TestDatabase } from '../testing';
import { AppendOnlyError } from './append-only';
import { isDuplicateKey } from './database';
import { fromStored, toStored, type Stored } from './document';
import { schemaFromZod } from './schema-from-zod';

const newId = createTestIds();

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const grantOf = (changes: Partial<Grant> = {}): Grant => testGrant(newId, changes);

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
    const elsewhere = () => test.database.model<Stored<Grant>>('coreGrants', schemaFromZod(grant));
    const ways: (() => unknown)[] = [
      // The model.
      () => ledger.updateOne(filter, change),
      () => ledger.updateOne(filter, change, { strict: false }),
      () => ledger.updateOne(filter, change, { upsert: true, overwriteImmutable: true }),
      () => ledger.updateOne(filter, [change], { updatePipeline: true }),
      () => ledger.updateMany(filter, change),
      () => ledger.where(filter).updateMany({}, change),
      () => ledger.find(filter).updateOne({}, change),
      () => ledger.replaceOne(filter, toStored(value)),
      () => ledger.findOneAndUpdate(filter, change),
      () => ledger.findByIdAndUpdate(value.id, change),
      () => ledger.findOneAndReplace(filter, toStored(value)),
      () => ledger.deleteOne(filter),
      () => ledger.deleteMany(filter),
      () => ledger.find(filter).deleteMany(),
      () => ledger.findOneAndDelete(filter),
      () => ledger.findByIdAndDelete(value.id),
      () => ledger.bulkWrite([{ updateOne: { filter, update: change } }]),
      () => ledger.bulkWrite([{ updateMany: { filter, update: change } }], { strict: false }),
      () => ledger.bulkWrite([{ replaceOne: { filter, replacement: toStored(value) } }]),
      () => ledger.bulkWrite([{ deleteOne: { filter } }]),
      () => ledger.bulkWrite([{ insertOne: { document: toStored(grantOf()) } }, { deleteMany: { filter } }]),
      () => ledger.bulkSave([ledger.hydrate(toStored(value))]),
      () => ledger.hydrate(toStored(value)).set('role', 'auditor').save(),
      () => ledger.hydrate(toStored(value)).updateOne(change),
      () => ledger.hydrate(toStored(value)).replaceOne(toStored(value)),
      () => ledger.aggregate([{ $match: filter }, { $merge: { into: 'coreLedger' } }]),
      () => elsewhere().aggregate([{ $match: filter }, { $out: 'coreLedger' }]),
      async () => {
        const document = (await ledger.findById(value.id))!;
        document.set('role', 'auditor');
        await document.save();
      },
      async () => {
        const document = (await ledger.findById(value.id))!;
        document.set('nickname', 'x', { strict: false });
        await document.save({ validateBeforeSave: false });
      },
      async () => (await ledger.findById(value.id))!.deleteOne(),
      async () => {
        const document = (await ledger.findById(value.id))!;
        document.isNew = true;
        document.set('role', 'auditor');
        document.isNew = false;
        await ledger.bulkSave([document]);
      },
      // The model's collection, and mongoose's connection.
      () => ledger.collection.updateOne(filter as never, change),
      () => ledger.collection.replaceOne(filter as never, {}),
      () => ledger.collection.deleteMany({}),
      () => ledger.collection.bulkWrite([{ deleteOne: { filter: filter as never } }]),
      () => ledger.collection.findOneAndUpdate(filter as never, change),
      () => ledger.collection.findOneAndDelete(filter as never),
      () => ledger.collection.drop(),
      () => ledger.collection.dropIndexes(),
      () => ledger.collection.initializeOrderedBulkOp().find(filter).deleteOne(),
      () => ledger.collection.initializeUnorderedBulkOp().raw({ deleteOne: { filter: filter as never } }),
      () => ledger.collection.createIndex({ from: 1 }, { expireAfterSeconds: 1 }),
      () => ledger.db.collection('coreLedger').updateOne(filter as never, change),
      () => ledger.db.dropCollection('coreLedger'),
      () => ledger.db.dropDatabase(),
      () => ledger.db.useDb(native().databaseName).collection('coreLedger').deleteMany({}),
      async () => (await ledger.db.createCollection('coreLedger')).deleteMany({}),
      // The driver behind them.
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
      () => native().collection('coreGrants').aggregate([]).out({ db: 'x', coll: 'coreLedger' }).toArray(),
      () =>
        native()
          .collection('coreGrants')
          .aggregate([])
          .addStage({ $merge: { into: { db: native().databaseName, coll: 'coreLedger' } } })
          .next(),
      async () => {
        const pipeline: object[] = [{ $match: {} }];
        const cursor = native().aggregate(pipeline);
        pipeline.push({ $merge: 'coreLedger' });
        await cursor.toArray();
      },
      async () => {
        const all = await native().collections();
        await all.find(({ collectionName }) => collectionName === 'coreLedger')!.deleteMany({});
      },
      async () => (await native().createCollection('coreLedger')).updateMany({}, change),
      () => native().createIndex('coreLedger', { from: 1 }, { expireAfterSeconds: 1 }),
      () => native().dropCollection('coreLedger'),
      () => native().renameCollection('coreLedger', 'elsewhere'),
      () => native().dropDatabase(),
      () => client().db(native().databaseName).collection('coreLedger').deleteOne({}),
      () => client().db(native().databaseName).dropDatabase(),
      () => client().bulkWrite([{ namespace: 'x.coreLedger', name: 'deleteMany', filter: {} }]),
      () =>
        client().bulkWrite([
          { namespace: 'x.coreLedger', name: 'insertOne', document: {} },
          { namespace: 'x.coreLedger', name: 'updateOne', filter: {}, update: change },
        ]),
      () =>
        client().withSession((session) =>
          (session as unknown as { client: mongo.MongoClient }).client
            .db('x')
            .collection('coreLedger')
            .deleteOne({}),
        ),
      async () => {
        // A method as the driver made it, before anybody put a check in front of it.
        const driver = Object.getPrototypeOf(native()) as mongo.Db;
        await driver.collection.call(native(), 'coreLedger').deleteMany({});
      },
      // Commands.
      () => native().command({ update: 'coreLedger', updates: [{ q: {}, u: change, multi: true }] }),
      () => native().command({ delete: 'coreLedger', deletes: [{ q: {}, limit: 0 }] }),
      () => native().command({ findAndModify: 'coreLedger', query: {}, remove: true }),
      () => native().command({ findandmodify: 'coreLedger', query: {}, update: change }),
      () => native().command({ drop: 'coreLedger' }),
      () => native().command({ dropIndexes: 'coreLedger', index: '*' }),
      () => native().command({ collMod: 'coreLedger', validator: {} }),
      () => native().command({ convertToCapped: 'coreLedger', size: 1 }),
      () => native().command({ dropDatabase: 1 }),
      () => native().command({ aggregate: 'coreGrants', pipeline: [{ $out: 'coreLedger' }], cursor: {} }),
      () =>
        native().command({ mapReduce: 'coreGrants', map: '', reduce: '', out: { replace: 'coreLedger' } }),
      () =>
        native()
          .runCursorCommand({ delete: 'coreLedger', deletes: [{ q: {}, limit: 0 }] })
          .next(),
      () => native().admin().command({ renameCollection: 'x.coreLedger', to: 'x.elsewhere' }),
      () => native().admin().command({ renameCollection: 'x.coreGrants', to: 'x.coreLedger' }),
      () =>
        native()
          .admin()
          .command({ applyOps: [{ op: 'd', ns: 'x.coreLedger', o: { _id: value.id } }] }),
      () =>
        native()
          .admin()
          .command({
            bulkWrite: 1,
            ops: [{ delete: 0, filter: {}, multi: true }],
            nsInfo: [{ ns: `${native().databaseName}.coreLedger` }],
          }),
    ];
    for (const way of ways) {
      await expect((async () => way())(), way.toString()).rejects.toThrow(AppendOnlyError);
    }
    expect(fromStored<Grant>((await ledger.findById(value.id).lean<Stored<Grant>>())!)).toEqual(value);
  });
});
