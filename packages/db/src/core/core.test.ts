import { grant, type Grant } from '@cadre/domain/access';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestIds, testGrant, type TestDatabase } from '../testing';
import { sessionOf } from './database';
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
