import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import { addDays, AppError } from '@cadre/domain/core';
import type { Person } from '@cadre/domain/identity';
import { rootFromPath } from '@cadre/domain/ledger';
import { LedgerVerifier, nodeCrypto, parseRootFile } from '@cadre/ledger-verifier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServices } from '../container';
import { belongsInLog, toTrpcError } from '../core';
import { createTestApi, lessonFacts, type TestApi } from '../testing';

const OTHER_TEXT = DEMO_REGULATION_TEXT.replaceAll('demo-2026', 'other-2026');

let api: TestApi;
let people: Person[];
/** The newest signed root, kept apart. */
let root: string;

beforeAll(async () => {
  api = await createTestApi();
  const unit = await api.addUnit();
  await api.services.regulation.importApproved(DEMO_REGULATION_TEXT, unit.id);
  await api.services.regulation.importApproved(OTHER_TEXT, unit.id);
  people = await Promise.all(Array.from({ length: 3 }, () => api.addPerson(unit)));
  const ids = people.map(({ id }) => id);
  for (let lesson = 1; lesson <= 3; lesson += 1)
    await api.services.settlement.settleSources([lessonFacts(`L${lesson}`, ids)]);
  await api.services.seal.seal();
  root = (await api.services.ledgerExport.newestRoot())!;
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

/** The services of a process that has just started. */
const started = () => createServices(api.test.database, api.repositories, api.ports);

const exported = async (): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of started().ledgerExport.lines()) lines.push(line);
  return lines;
};
const verify = async () => {
  const verifier = new LedgerVerifier(nodeCrypto, [parseRootFile(root)]);
  for (const line of await exported()) verifier.push(Buffer.from(line));
  return verifier.finish();
};

/** Changes one document past the product until the scope is left. */
async function damaged(collection: string, filter: object, change: object) {
  const around = await api.test.around(collection);
  const before = (await around.findOne(filter))!;
  await around.updateOne({ _id: before._id }, change);
  return { [Symbol.asyncDispose]: async () => void (await around.replaceOne({ _id: before._id }, before)) };
}

const BROKEN = DEMO_REGULATION_TEXT.replace('（演示）', '（演示2）');
const RENAMED = DEMO_REGULATION_TEXT.replaceAll('demo-2026', 'demo-2027');
const LATER = DEMO_REGULATION_TEXT.replace(/("from": *")\d{4}/, '$12027');

describe('a regulation that was changed past the product', () => {
  it.each([
    ['into what cannot be read', { text: BROKEN }],
    ['into another regulation', { text: RENAMED }],
    ['into one that begins on another day', { text: LATER }],
  ])('%s is exported as it lies, and the verifier names it', async (_name, change) => {
    await using _ = await damaged('regulations', { code: 'demo-2026' }, { $set: change });
    const { faults, people: count } = await verify();
    expect(count).toBe(3);
    expect(faults[0]).toMatchObject({ kind: 'regulation' });
    expect(faults[0]!.says).toContain('demo-2026 第 1 版');
    expect(faults.flatMap(({ person }) => person ?? [])).toEqual([]);
    const standings = (await exported()).filter((line) => line.startsWith('{"standing"'));
    expect(standings).toHaveLength(3);
    for (const line of standings) expect(line).toContain('other-2026');
  });

  it('is refused with its name and a cause for the log wherever it would decide', async () => {
    const actor = api.actorOf(people[0]!);
    await using _ = await damaged('regulations', { code: 'demo-2026' }, { $set: { text: BROKEN } });
    const services = started();
    const refused = await services.statement.myStatement(actor, undefined).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'REGULATION_UNREADABLE',
      details: { code: 'demo-2026', version: 1 },
      cause: { name: 'Error' },
    });
    expect(belongsInLog(toTrpcError(refused as AppError))).toBe(true);
    expect(belongsInLog(new AppError('REGULATION_UNREADABLE'))).toBe(false);
    const auditor = api.actorOf(people[0]!, { role: 'auditor', scope: { kind: 'network' } });
    await expect(services.regulationDesk.list(auditor)).rejects.toThrow('REGULATION_UNREADABLE');
    expect(await services.regulation.read('other-2026', 1)).toMatchObject({ id: 'other-2026' });
  });

  it('keeps only its own settlements waiting: the same again settles them once it can be read', async () => {
    const [person] = people;
    const facts = [lessonFacts('L7', [person!.id])];
    const settledBy = async () =>
      (await api.repositories.ledger.listSettlements(person!.id))
        .filter(({ source }) => source.id === 'L7')
        .map(({ regulation }) => regulation.id);
    {
      await using _ = await damaged('regulations', { code: 'demo-2026' }, { $set: { text: BROKEN } });
      await expect(started().settlement.settleSources(facts)).rejects.toThrow('REGULATION_UNREADABLE');
      expect(await settledBy()).toEqual(['other-2026']);
    }
    await started().settlement.settleSources(facts);
    expect(await settledBy()).toEqual(['other-2026', 'demo-2026']);
    expect((await verify()).faults).toEqual([]);
  });
});

describe('a record that was changed into what it never is', () => {
  const person = () => people[1]!;
  it.each<[string, string, () => object, object]>([
    [
      'a regulation without a text',
      'regulations',
      () => ({ code: 'demo-2026' }),
      { $set: { text: { zh: [] } } },
    ],
    [
      'a settlement without facts',
      'creditSettlements',
      () => ({ personId: person().id, seq: 2 }),
      { $unset: { activities: 1, source: 1 } },
    ],
    [
      'a settlement of odd types',
      'creditSettlements',
      () => ({ personId: person().id, seq: 2 }),
      { $set: { activities: 'none', refusals: 7, recordedAt: 'yesterday', entryIds: null } },
    ],
    [
      'an entry without amount and day',
      'creditEntries',
      () => ({ personId: person().id, seq: 2 }),
      { $unset: { amount: 1, occurredOn: 1, recordedAt: 1 } },
    ],
    ['a history that is a text', 'people', () => ({ _id: person().id }), { $set: { posts: 'county head' } }],
    [
      'a history row without its parts',
      'people',
      () => ({ _id: person().id }),
      { $set: { affiliations: [{}], grades: [null] } },
    ],
    [
      'a unit of a row that is none',
      'people',
      () => ({ _id: person().id }),
      { $set: { affiliations: [{ unitId: { a: 1 }, from: '2020-01-01', to: null }] } },
    ],
    ['a head without its end', 'creditChains', () => ({ _id: person().id }), { $set: { settled: null } }],
    [
      'sealed ends that are a text',
      'ledgerSealedHeads',
      () => ({ rootNumber: 1 }),
      { $set: { heads: 'none' } },
    ],
    [
      'a sealed end without its parts',
      'ledgerSealedHeads',
      () => ({ rootNumber: 1 }),
      { $unset: { 'heads.0.settled': 1, 'heads.1.hash': 1 } },
    ],
    [
      'a root without its lists',
      'ledgerRoots',
      () => ({ number: 1 }),
      { $unset: { regulations: 1, countersigned: 1, histories: 1 } },
    ],
    [
      'a root of odd types',
      'ledgerRoots',
      () => ({ number: 1 }),
      { $set: { regulations: 'none', day: 5, signedAt: null, signature: 7 } },
    ],
    ['a key without its half', 'ledgerKeys', () => ({ number: 1 }), { $unset: { x: 1, signature: 1 } }],
  ])('%s is exported as it lies, and the verifier finds it', async (_name, collection, filter, change) => {
    await using _ = await damaged(collection, filter(), change);
    const report = await verify();
    expect(report.people).toBe(3);
    expect(report.faults.length).toBeGreaterThan(0);
    expect(await started().ledgerExport.newestRoot()).not.toBeNull();
  });
});

describe('the end of a chain that was changed past the product', () => {
  const auditor = () => api.actorOf(people[0]!, { role: 'auditor', scope: { kind: 'network' } });
  const person = () => people[1]!;

  it('warns of nobody while all is whole', async () => {
    expect((await started().seal.state(auditor())).astray).toEqual({ count: 0, people: [] });
  });

  it.each<[string, object]>([
    ['a hash that is another', { $set: { hash: 'a'.repeat(64) } }],
    ['a hash that is none', { $set: { hash: 7 } }],
    ['fewer entries', { $set: { seq: 1, 'settled.seq': 1 } }],
    ['a number that is none', { $set: { seq: 'many' } }],
    ['no end', { $unset: { settled: 1 } }],
    ['an end before the first settlement', { $set: { 'settled.seq': 0 } }],
  ])('%s: the person is named, nothing is counted twice or below zero', async (_name, change) => {
    const whole = await started().seal.state(auditor());
    await using _ = await damaged('creditChains', { _id: person().id }, change);
    const state = await started().seal.state(auditor());
    expect(state).toMatchObject({ people: whole.people, newestRoot: whole.newestRoot });
    expect(state.astray).toEqual({
      count: 1,
      people: [{ personId: person().id, personNo: person().personNo, name: person().name }],
    });
    const { unsealedEntries, unsealedSettlements } = state;
    expect(Math.min(unsealedEntries, unsealedSettlements)).toBeGreaterThanOrEqual(0);
  });

  it('keeps nobody out of the next root: it covers the person as the root before did, and the others further', async () => {
    const before = (await api.repositories.seals.newestRoot())!;
    await api.services.settlement.settleSources([lessonFacts('L9', [people[2]!.id])]);
    api.clock.advanceMinutes(24 * 60);
    {
      const chains = await api.test.around('creditChains');
      const kept = (await chains.findOne({ _id: person().id }))!;
      await chains.deleteOne({ _id: person().id });
      const made = await started().seal.seal();
      expect(made).toMatchObject({ number: before.number + 1, size: 3 });
      expect((await started().seal.state(auditor())).astray).toMatchObject({ count: 1 });
      const proof = (await started().seal.myProof(api.actorOf(people[2]!)))!;
      expect(rootFromPath(proof.head, proof.index, made!.size, proof.path)).toBe(made!.root);
      await chains.insertOne(kept);
    }
    expect((await verify()).faults).toEqual([]);
    expect((await started().seal.state(auditor())).astray.count).toBe(0);
  });

  it('a history that was damaged stays in the root as it was, and the others are sealed', async () => {
    const { histories } = (await api.repositories.seals.newestRoot())!;
    await api.services.settlement.settleSources([lessonFacts('L10', [people[2]!.id])]);
    api.clock.advanceMinutes(24 * 60);
    {
      await using _ = await damaged(
        'people',
        { _id: person().id },
        { $set: { posts: 'county head', 'affiliations.0.recordedOn': addDays(histories!.day, 1) } },
      );
      expect(await started().seal.seal()).toMatchObject({ size: 3 });
    }
    expect((await verify()).faults).toEqual([]);
  });
});
