import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import type { PersonActor } from '@cadre/domain/access';
import type { Person } from '@cadre/domain/identity';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServices } from '../container';
import { createTestApi, lessonFacts, type TestApi } from '../testing';

let api: TestApi;
let people: Person[];
let auditor: PersonActor;

beforeAll(async () => {
  api = await createTestApi();
  const unit = await api.addUnit();
  await api.services.regulation.importApproved(DEMO_REGULATION_TEXT, unit.id);
  people = await Promise.all(Array.from({ length: 60 }, () => api.addPerson(unit)));
  auditor = api.actorOf(people[0]!, { role: 'auditor', scope: { kind: 'network' } });
  await api.services.settlement.settleSources([
    lessonFacts(
      'L1',
      people.map(({ id }) => id),
    ),
  ]);
  await api.services.seal.seal();
}, 120_000);
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

const goOn = () => api.services.verification.round(() => false);
const newest = async () => (await api.services.verification.list(auditor))[0]!;

it('goes through the whole ledger on order, one at a time however many ask, and says that it is whole', async () => {
  const asked = await Promise.all(Array.from({ length: 10 }, () => api.services.verification.start(auditor)));
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
  expect(asked[0]).toMatchObject({ state: 'waiting', people: 60, peopleDone: 0, byName: people[0]!.name });
  await goOn();
  expect(await newest()).toMatchObject({
    id: asked[0]!.id,
    state: 'done',
    peopleDone: 60,
    entriesDone: 60,
    result: {
      faultCount: 0,
      faults: [],
      people: 60,
      entries: 60,
      roots: 1,
      rebuilt: 1,
      inFull: 60,
      notDerived: 0,
    },
  });
});

it('names the person and the entry that somebody changed around the product', async () => {
  const entries = await api.test.around('creditEntries');
  await entries.updateOne({ personId: people[40]!.id, seq: 1 }, { $set: { amount: 90_000 } });
  await api.services.verification.start(auditor);
  await goOn();
  const { result } = await newest();
  expect(result!.faultCount).toBeGreaterThan(0);
  expect(result!.faults[0]).toMatchObject({
    kind: 'changed',
    person: people[40]!.personNo,
    personId: people[40]!.id,
    personName: people[40]!.name,
    seq: 1,
    says: '这条流水被改过',
    english: 'this entry was changed',
  });
  expect(result).toMatchObject({ inFull: 59, notDerived: 1 });
  await entries.updateOne({ personId: people[40]!.id, seq: 1 }, { $set: { amount: 10_000 } });
});

it('is done by one of two processes, and anew by the other when the first ends in the middle', async () => {
  const { id } = await api.services.verification.start(auditor);
  const other = createServices(api.test.database, api.repositories, api.ports);
  // The first one is told to stop: it leaves the rest.
  await api.services.verification.round(() => true);
  expect(await newest()).toMatchObject({ id, state: 'running', result: null });
  await Promise.all([other.verification.round(() => false), goOn()]);
  expect(await newest()).toMatchObject({ id, state: 'done', result: { faultCount: 0 } });

  // A process that was killed gives no more signs of life; after a minute another begins anew.
  await api.services.verification.start(auditor);
  await api.repositories.verifications.tryTake(api.clock.now(), api.clock.now());
  await goOn();
  expect((await newest()).state).toBe('running');
  api.clock.advanceMinutes(2);
  await goOn();
  expect(await newest()).toMatchObject({ state: 'done', result: { faultCount: 0 } });
});

it('is for those who look after the ledger to read, and for fewer to order', async () => {
  const before = (await api.services.verification.list(auditor)).length;
  const base = api.actorOf(people[1]!, {
    role: 'base-admin',
    scope: { kind: 'bases', baseIds: [api.newId()] },
  });
  expect(await api.services.verification.list(base)).toHaveLength(before);
  await expect(api.services.verification.start(base)).rejects.toThrow('NOT_ALLOWED');
  await expect(api.services.verification.list(api.actorOf(people[1]!))).rejects.toThrow('NOT_ALLOWED');
  expect(await api.services.verification.list(auditor)).toHaveLength(before);
});
