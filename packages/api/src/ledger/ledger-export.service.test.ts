import { generateKeyPairSync, sign } from 'node:crypto';
import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import type { Person } from '@cadre/domain/identity';
import { countersignatureMessage, keyIdOf, rootHashOf, type LedgerEntry } from '@cadre/domain/ledger';
import { LedgerVerifier, nodeCrypto, parseRootFile } from '@cadre/ledger-verifier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addLiveScene, createTestApi, lessonFacts, type TestApi } from '../testing';

let api: TestApi;
let people: Person[];
/** The newest signed root, kept apart. */
let root: string;

beforeAll(async () => {
  api = await createTestApi();
  const unit = await api.addUnit();
  await api.services.regulation.importApproved(DEMO_REGULATION_TEXT, unit.id);
  people = await Promise.all(Array.from({ length: 4 }, () => api.addPerson(unit)));
  const ids = people.map(({ id }) => id);
  for (let lesson = 1; lesson <= 5; lesson += 1)
    await api.services.settlement.settleSources([lessonFacts(`L${lesson}`, ids)]);
  await api.services.settlement.settleSources([lessonFacts('L2', ids, { playedMinutes: 5 })]);
  await api.services.settlement.settleSources([lessonFacts('R1', ids, { playedMinutes: 5 })]);
  await api.services.seal.seal();
  root = (await api.services.ledgerExport.newestRoot())!;
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

const verify = async (kept = [parseRootFile(root)]) => {
  const verifier = new LedgerVerifier(nodeCrypto, kept);
  for await (const line of api.services.ledgerExport.lines()) verifier.push(Buffer.from(line));
  return verifier.finish();
};

describe('the exported ledger', () => {
  it('verifies, and tells what is newer than the root', async () => {
    expect(await verify()).toMatchObject({
      faults: [],
      entries: 24,
      settlements: 28,
      unsealed: { entries: 0, settlements: 0, people: 0 },
    });
    await api.services.settlement.settleSources([lessonFacts('L9', [people[3]!.id])]);
    expect(await verify()).toMatchObject({
      faults: [],
      entries: 25,
      settlements: 29,
      unsealed: { entries: 1, settlements: 1, people: 1 },
    });
  });

  it('goes to auditors, assessment officers and the alliance office alone, and each time is noted', async () => {
    const [person] = people;
    const refused = [
      api.actorOf(person!),
      api.actorOf(person!, { role: 'system-admin', scope: { kind: 'network' } }),
    ];
    for (const actor of refused)
      await expect(api.services.ledgerExport.download(actor)).rejects.toThrow('NOT_ALLOWED');
    const acts = async () =>
      (await api.repositories.audit.list({ action: 'ledger:exported' }, { page: 1, pageSize: 5 })).total;
    expect(await acts()).toBe(0);
    const auditor = api.actorOf(person!, { role: 'auditor', scope: { kind: 'network' } });
    const first = await (await api.services.ledgerExport.download(auditor)).next();
    expect(first.value).toContain('{"export"');
    expect(await acts()).toBe(1);
  });
});

describe('a countersignature of a base', () => {
  it('is reported under the base’s name', async () => {
    const { base } = await addLiveScene(api.repositories, api.newId);
    const { privateKey } = generateKeyPairSync('ed25519');
    const x = privateKey.export({ format: 'jwk' }).x!;
    const newest = (await api.repositories.seals.newestRoot())!;
    const content = {
      rootNumber: newest.number,
      rootHash: rootHashOf(newest),
      role: 'base' as const,
      baseId: base.id,
      keyId: keyIdOf(x),
      signedAt: api.clock.now(),
    };
    const signature = sign(null, Buffer.from(countersignatureMessage(content)), privateKey);
    await api.test.database.transaction((tx) =>
      api.repositories.seals.insertCountersignature(
        {
          ...content,
          x,
          signature: signature.toString('base64url'),
          id: api.newId(),
          by: people[0]!.id,
          recordedAt: api.clock.now(),
        },
        tx,
      ),
    );
    const { faults, countersignatures } = await verify();
    expect(faults).toEqual([]);
    expect(countersignatures.by).toEqual([
      { role: 'base', base: { name: base.name.zh }, keyId: content.keyId, count: 1 },
    ]);
  });
});

describe('the file of a root', () => {
  it('is given to those who read the ledger, of any root, and verifies what came after it', async () => {
    const [person] = people;
    const base = api.actorOf(person!, {
      role: 'base-admin',
      scope: { kind: 'bases', baseIds: [api.newId()] },
    });
    expect(await api.services.ledgerExport.downloadRoot(base, 1)).toBe(root);
    expect(await api.services.ledgerExport.downloadRoot(base, null)).toBe(root);
    await expect(api.services.ledgerExport.downloadRoot(base, 9)).rejects.toThrow('NOT_FOUND');
    await expect(api.services.ledgerExport.downloadRoot(api.actorOf(person!), 1)).rejects.toThrow(
      'NOT_ALLOWED',
    );
  });
});

type Around = Awaited<ReturnType<TestApi['test']['around']>>;

describe('what somebody does to the database behind the product’s back', () => {
  const entriesOf = async () => {
    const entries = await api.test.around('creditEntries');
    const personId = people[1]!.id;
    const before = await entries.find({ personId }).sort({ seq: 1 }).toArray();
    return { entries, personId, before };
  };
  type Scene = Awaited<ReturnType<typeof entriesOf>>;
  const WAYS: [string, string, number, (scene: Scene) => Promise<unknown>][] = [
    [
      'a changed amount',
      'changed',
      3,
      ({ entries, before }) => entries.updateOne({ _id: before[2]!._id }, { $set: { amount: 90_000 } }),
    ],
    [
      'a changed date',
      'changed',
      2,
      ({ entries, before }) =>
        entries.updateOne({ _id: before[1]!._id }, { $set: { occurredOn: '2026-01-01' } }),
    ],
    [
      'an amount that is no whole number',
      'changed',
      3,
      ({ entries, before }) => entries.updateOne({ _id: before[2]!._id }, { $set: { amount: 0.5 } }),
    ],
    [
      'an amount that is no number',
      'changed',
      3,
      ({ entries, before }) => entries.updateOne({ _id: before[2]!._id }, { $set: { amount: NaN } }),
    ],
    [
      'a moment that is none',
      'changed',
      3,
      ({ entries, before }) => entries.updateOne({ _id: before[2]!._id }, { $set: { recordedAt: null } }),
    ],
    ['a removed entry', 'missing', 4, ({ entries, before }) => entries.deleteOne({ _id: before[3]!._id })],
    [
      'a cut-off end',
      'missing',
      5,
      ({ entries, before }) => entries.deleteMany({ _id: { $in: [before[4]!._id, before[5]!._id] } }),
    ],
    [
      'an inserted entry',
      'inserted',
      7,
      ({ entries, before }) => entries.insertOne({ ...before[5]!, _id: 'forged', seq: 7, line: 'other' }),
    ],
    ['a chain that is gone', 'missing', 1, ({ entries, personId }) => entries.deleteMany({ personId })],
  ];
  it.each(WAYS)('shows as %s, by person and number', async (_name, kind, seq, harm) => {
    const scene = await entriesOf();
    await harm(scene);
    const { faults } = await verify();
    const { personNo } = people[1]!;
    expect(faults).toContainEqual(expect.objectContaining({ kind, seq, person: personNo }));
    expect(new Set(faults.flatMap((fault) => fault.person ?? []))).toEqual(new Set([personNo]));
    await scene.entries.deleteMany({ personId: scene.personId });
    await scene.entries.insertMany(scene.before);
    expect((await verify()).faults).toEqual([]);
  });

  it.each<[string, string, (around: Around) => Promise<unknown>]>([
    ['is gone', 'missing', (around) => around.deleteOne({ personId: people[1]!.id, seq: 7 })],
    [
      'has another reason',
      'changed',
      (around) =>
        around.updateOne(
          { personId: people[1]!.id, seq: 7 },
          { $set: { 'refusals.0.reason': 'kind-not-covered' } },
        ),
    ],
    [
      'has another title',
      'changed',
      (around) => around.updateOne({ personId: people[1]!.id, seq: 7 }, { $set: { title: '别的课' } }),
    ],
  ])('shows a refusal that %s, by person and number', async (_name, kind, harm) => {
    const around = await api.test.around('creditSettlements');
    const before = await around.find({ personId: people[1]!.id, seq: 7 }).toArray();
    expect(before[0]).toMatchObject({ entryIds: [], source: { id: 'R1' } });
    await harm(around);
    const { faults } = await verify();
    expect(faults[0]).toMatchObject({ kind, settlement: 7, person: people[1]!.personNo });
    await around.deleteMany({ _id: before[0]!._id });
    await around.insertMany(before);
    expect((await verify()).faults).toEqual([]);
  });

  it('shows another column of a regulation: whom it governs, and since when', async () => {
    const regulations = await api.test.around('regulations');
    const before = (await regulations.findOne({ code: 'demo-2026', version: 1 }))!;
    for (const column of [{ unitId: 'elsewhere' }, { effectiveFrom: '2024-01-01' }]) {
      await regulations.updateOne({ _id: before._id }, { $set: column });
      const { faults } = await verify();
      expect(faults).toContainEqual(expect.objectContaining({ kind: 'regulation' }));
      await regulations.replaceOne({ _id: before._id }, before);
    }
    expect((await verify()).faults).toEqual([]);
  });

  it('shows another text of a regulation, by id and version, and says which the root does not cover', async () => {
    const regulations = await api.test.around('regulations');
    const before = (await regulations.findOne({ code: 'demo-2026', version: 1 }))!;
    const text = DEMO_REGULATION_TEXT.replace('12', '10');
    await regulations.updateOne({ _id: before._id }, { $set: { text } });
    const { faults } = await verify();
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ kind: 'regulation' });
    expect(faults[0]!.says).toContain('demo-2026 第 1 版');
    await regulations.replaceOne({ _id: before._id }, before);
    await regulations.insertOne({ ...before, _id: 'second', version: 2 });
    expect(await verify()).toMatchObject({
      faults: [],
      regulations: { sealed: 1, unsealed: ['demo-2026 第 2 版'] },
    });
    await regulations.deleteOne({ _id: 'second' });
  });

  it('shows a person’s head that lost a part', async () => {
    const chains = await api.test.around('creditChains');
    const personId = people[1]!.id;
    const [before] = await chains.find({ _id: personId }).toArray();
    await chains.updateOne({ _id: personId }, { $unset: { settled: 1 } });
    const { faults } = await verify();
    expect(faults[0]).toMatchObject({ person: people[1]!.personNo, kind: 'inserted' });
    await chains.replaceOne({ _id: personId }, before!);
    expect((await verify()).faults).toEqual([]);
  });

  it('shows also when entry and head are made to fit, since the root was kept apart', async () => {
    const { entries, personId, before } = await entriesOf();
    const { hashOf } = await import('@cadre/domain/ledger');
    const last = before[5]!;
    const {
      hash: _hash,
      _id,
      ...rest
    }: Record<string, unknown> & { _id: string } = { ...last, amount: 70_000 };
    const hash = hashOf({ id: _id, ...rest } as unknown as Omit<LedgerEntry, 'hash'>);
    await entries.updateOne({ _id }, { $set: { amount: 70_000, hash } });
    const chains = await api.test.around('creditChains');
    await chains.updateOne({ _id: personId }, { $set: { hash } });
    const rewritten: unknown = expect.objectContaining({
      kind: 'seal',
      seq: 1,
      to: 6,
      person: people[1]!.personNo,
    });
    expect((await verify()).faults).toContainEqual(rewritten);
    // Also without it, as long as the ends recorded with the root are those of the day.
    expect((await verify([])).faults).toContainEqual(rewritten);
  });
});
