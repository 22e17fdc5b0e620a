import { grant, type Grant } from '@cadre/domain/access';
import { Schema, type mongo } from 'mongoose';
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
    const ledger = test.database.appendOnlyModel<Stored<Grant>>('auditEntries', schema);
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
    const ledger = test.database.appendOnlyModel<Stored<Grant>>('auditEntries', schema);
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
      () => ledger.aggregate([{ $match: filter }, { $merge: { into: 'auditEntries' } }]),
      () => elsewhere().aggregate([{ $match: filter }, { $out: 'auditEntries' }]),
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
      () => ledger.db.collection('auditEntries').updateOne(filter as never, change),
      () => ledger.db.dropCollection('auditEntries'),
      () => ledger.db.dropDatabase(),
      () => ledger.db.useDb(native().databaseName).collection('auditEntries').deleteMany({}),
      async () => (await ledger.db.createCollection('auditEntries')).deleteMany({}),
      // The driver behind them.
      () => native().collection('auditEntries').updateMany({}, change),
      () => native().collection('auditEntries').deleteMany({}),
      () => native().collection('auditEntries').findOneAndReplace({}, {}),
      () => native().collection('auditEntries').rename('elsewhere'),
      () => native().collection('coreGrants').rename('auditEntries', { dropTarget: true }),
      () =>
        native()
          .collection('coreGrants')
          .aggregate([{ $out: 'auditEntries' }])
          .toArray(),
      () => native().collection('coreGrants').aggregate([]).out({ db: 'x', coll: 'auditEntries' }).toArray(),
      () =>
        native()
          .collection('coreGrants')
          .aggregate([])
          .addStage({ $merge: { into: { db: native().databaseName, coll: 'auditEntries' } } })
          .next(),
      async () => {
        const pipeline: object[] = [{ $match: {} }];
        const cursor = native().aggregate(pipeline);
        pipeline.push({ $merge: 'auditEntries' });
        await cursor.toArray();
      },
      async () => {
        const all = await native().collections();
        await all.find(({ collectionName }) => collectionName === 'auditEntries')!.deleteMany({});
      },
      async () => (await native().createCollection('auditEntries')).updateMany({}, change),
      () => native().createIndex('auditEntries', { from: 1 }, { expireAfterSeconds: 1 }),
      () => native().dropCollection('auditEntries'),
      () => native().renameCollection('auditEntries', 'elsewhere'),
      () => native().dropDatabase(),
      () => client().db(native().databaseName).collection('auditEntries').deleteOne({}),
      () => client().db(native().databaseName).dropDatabase(),
      () => client().bulkWrite([{ namespace: 'x.auditEntries', name: 'deleteMany', filter: {} }]),
      () =>
        client().bulkWrite([
          { namespace: 'x.auditEntries', name: 'insertOne', document: {} },
          { namespace: 'x.auditEntries', name: 'updateOne', filter: {}, update: change },
        ]),
      () =>
        client().withSession((session) =>
          (session as unknown as { client: mongo.MongoClient }).client
            .db('x')
            .collection('auditEntries')
            .deleteOne({}),
        ),
      async () => {
        // A method as the driver made it, before anybody put a check in front of it.
        const driver = Object.getPrototypeOf(native()) as mongo.Db;
        await driver.collection.call(native(), 'auditEntries').deleteMany({});
      },
      // Commands.
      () => native().command({ update: 'auditEntries', updates: [{ q: {}, u: change, multi: true }] }),
      () => native().command({ delete: 'auditEntries', deletes: [{ q: {}, limit: 0 }] }),
      () => native().command({ findAndModify: 'auditEntries', query: {}, remove: true }),
      () => native().command({ findandmodify: 'auditEntries', query: {}, update: change }),
      () => native().command({ drop: 'auditEntries' }),
      () => native().command({ dropIndexes: 'auditEntries', index: '*' }),
      () => native().command({ collMod: 'auditEntries', validator: {} }),
      () => native().command({ convertToCapped: 'auditEntries', size: 1 }),
      () => native().command({ dropDatabase: 1 }),
      () => native().command({ aggregate: 'coreGrants', pipeline: [{ $out: 'auditEntries' }], cursor: {} }),
      () =>
        native().command({ mapReduce: 'coreGrants', map: '', reduce: '', out: { replace: 'auditEntries' } }),
      () =>
        native()
          .runCursorCommand({ delete: 'auditEntries', deletes: [{ q: {}, limit: 0 }] })
          .next(),
      () => native().admin().command({ renameCollection: 'x.auditEntries', to: 'x.elsewhere' }),
      () => native().admin().command({ renameCollection: 'x.coreGrants', to: 'x.auditEntries' }),
      () =>
        native()
          .admin()
          .command({ applyOps: [{ op: 'd', ns: 'x.auditEntries', o: { _id: value.id } }] }),
      () =>
        native()
          .admin()
          .command({
            bulkWrite: 1,
            ops: [{ delete: 0, filter: {}, multi: true }],
            nsInfo: [{ ns: `${native().databaseName}.auditEntries` }],
          }),
    ];
    for (const way of ways) {
      await expect((async () => way())(), way.toString()).rejects.toThrow(AppendOnlyError);
    }
    expect(fromStored<Grant>((await ledger.findById(value.id).lean<Stored<Grant>>())!)).toEqual(value);
  });
});

describe('a connection that nobody has defined a model on', () => {
  const loose = new Schema({ _id: String }, { strict: false });

  it('guards the ledgers from its first command on, and gives no other model of them', async () => {
    await using own = await createTestDatabase();
    const { database } = own;
    const entries = await own.around('creditEntries');
    await entries.insertOne({ _id: 'one', amount: 1 });
    const native = () => database.model('themes', loose).db.db!;
    const ways: (() => unknown)[] = [
      () => database.model('creditEntries', loose),
      () =>
        native()
          .collection('creditEntries')
          .updateMany({}, { $set: { amount: 2 } }),
      () => native().collection('creditEntries').deleteMany({}),
      () => native().dropCollection('creditEntries'),
      () => database.model('themes', loose).db.model('creditEntries', loose, 'creditEntries').deleteMany({}),
      () => native().collection('ledgerRoots').deleteMany({}),
    ];
    for (const way of ways)
      await expect((async () => way())(), way.toString()).rejects.toThrow(AppendOnlyError);
    expect(await entries.find({}).toArray()).toEqual([{ _id: 'one', amount: 1 }]);
  });

  it('lets nothing into the credit ledger but what settlement admits', async () => {
    await using own = await createTestDatabase();
    const { database } = own;
    const entry = () => ({ _id: 'forged', personId: 'p', seq: 1 }) as never;
    const native = () => database.model('themes', loose).db.db!;
    const ledger = () => database.appendOnlyModel<{ _id: string }>('creditEntries', loose.clone());
    const name = native().databaseName;
    const ways: (() => unknown)[] = [
      () => ledger().create([entry()]),
      () => ledger().insertMany([entry()]),
      () => ledger().insertMany([entry()], { lean: true }),
      () => ledger().bulkWrite([{ insertOne: { document: entry() } }]),
      () => new (ledger())(entry()).save(),
      () => native().collection('creditEntries').insertOne(entry()),
      () => native().collection('creditSettlements').insertMany([entry()]),
      () => native().collection('creditEntries').initializeOrderedBulkOp().insert(entry()).execute(),
      () => native().command({ insert: 'creditEntries', documents: [entry()] }),
      () =>
        native()
          .admin()
          .command({
            bulkWrite: 1,
            ops: [{ insert: 0, document: entry() }],
            nsInfo: [{ ns: `${name}.creditEntries` }],
          }),
      () =>
        database
          .model('themes', loose)
          .db.getClient()
          .bulkWrite([{ namespace: `${name}.creditEntries`, name: 'insertOne', document: entry() }]),
    ];
    for (const way of ways)
      await expect((async () => way())(), way.toString()).rejects.toThrow(AppendOnlyError);
    expect(await (await own.around('creditEntries')).countDocuments({})).toBe(0);
    expect(await (await own.around('creditSettlements')).countDocuments({})).toBe(0);

    const admitted = entry();
    database.admit([admitted]);
    await ledger().insertMany([admitted], { lean: true });
    expect(await (await own.around('creditEntries')).countDocuments({})).toBe(1);
  });
});
