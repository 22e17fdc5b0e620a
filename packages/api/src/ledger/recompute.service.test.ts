import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import type { PersonActor } from '@cadre/domain/access';
import type { Id } from '@cadre/domain/core';
import type { Person } from '@cadre/domain/identity';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServices } from '../container';
import { createTestApi, lessonFacts, type TestApi } from '../testing';

/** What half an hour and more of a lesson earns. */
const LONG_LESSON = /("atLeast": 30,\s+"flat": )1\b/;

let api: TestApi;
let people: Person[];
let office: PersonActor;

beforeAll(async () => {
  api = await createTestApi();
  const unit = await api.addUnit();
  await api.services.regulation.importApproved(DEMO_REGULATION_TEXT, unit.id);
  people = await Promise.all(Array.from({ length: 120 }, () => api.addPerson(unit)));
  office = api.actorOf(people[0]!, { role: 'alliance-admin', scope: { kind: 'network' } });
  const facts = people.flatMap(({ id }) =>
    [`A-${id}`, `B-${id}`].map((source) => {
      const { people: who, ...rest } = lessonFacts(source, [id]);
      return { ...rest, personId: id, activities: who[0]!.activities };
    }),
  );
  await api.services.recordedFact.record(facts, null);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

const runOf = async (id: Id) => (await api.repositories.recomputes.findRun(id))!;
const drain = async (id: Id) => {
  while ((await runOf(id)).state === 'running') await api.services.recompute.step(id);
};
const entriesOf = ({ id }: Person) => api.repositories.ledger.listEntries(id);

it('goes over everybody and finds nothing where the facts are those that were settled', async () => {
  const { id } = await api.services.recompute.start(office);
  await drain(id);
  expect(await runOf(id)).toMatchObject({
    state: 'done',
    people: 120,
    peopleDone: 120,
    sourcesDone: 240,
    differences: 0,
  });
});

it('reports what today’s facts would earn, writes nothing, and is taken over by settling on order', async () => {
  const person = people[60]!;
  const { people: who, ...later } = lessonFacts(`A-${person.id}`, [person.id], { playedMinutes: 5 });
  const record = {
    ...later,
    id: api.newId(),
    personId: person.id,
    revision: 2,
    recordedAt: api.clock.now(),
    by: null,
  };
  const activities = who[0]!.activities as unknown as Record<string, unknown>[];
  await api.repositories.recordedActivities.insertMany([{ ...record, activities }]);
  const before = await entriesOf(person);

  const { id } = await api.services.recompute.start(office);
  await drain(id);
  const { items } = await api.services.recompute.differences(office, id, { page: 1, pageSize: 10 });
  expect(items).toMatchObject([
    {
      personId: person.id,
      name: person.name,
      personNo: person.personNo,
      reason: 'facts',
      takenByName: null,
      source: later.source,
      stands: [{ measure: 'online-hours', amount: 10_000 }],
      would: [],
      measures: { 'online-hours': { zh: '网络学时', en: 'online hours' } },
    },
  ]);
  expect(await entriesOf(person)).toEqual(before);

  const [difference] = items;
  const taken = await Promise.all(
    Array.from({ length: 10 }, () => api.services.recompute.settleAgain(office, difference!.id)),
  );
  expect(taken.reduce((sum, { settled }) => sum + settled, 0)).toBe(1);
  expect((await entriesOf(person)).slice(before.length)).toMatchObject([
    { amount: -10_000, by: office.personId },
  ]);
  const again = await api.services.recompute.differences(office, id, { page: 1, pageSize: 10 });
  expect(again.items).toMatchObject([
    { takenBy: office.personId, takenByName: people[0]!.name, takenAt: api.clock.now() },
  ]);
  const acts = await api.repositories.audit.list({}, { page: 1, pageSize: 50 });
  expect(acts.items.filter(({ action }) => action === 'ledger:difference-settled')).toHaveLength(1);
});

it('goes on where it stopped, in another process, and counts nobody twice when two work at it', async () => {
  const { id } = await api.services.recompute.start(office);
  await api.services.recompute.step(id);
  expect(await runOf(id)).toMatchObject({ state: 'running', peopleDone: 50 });
  const other = createServices(api.test.database, api.repositories, api.ports);
  await Promise.all([other.recompute.step(id), api.services.recompute.step(id), other.recompute.step(id)]);
  await drain(id);
  expect(await runOf(id)).toMatchObject({ state: 'done', peopleDone: 120, sourcesDone: 240, differences: 0 });
});

it('is the alliance office’s to order, and an auditor’s to read', async () => {
  const [, person] = people;
  const auditor = api.actorOf(person!, { role: 'auditor', scope: { kind: 'network' } });
  await expect(api.services.recompute.start(auditor)).rejects.toThrow('NOT_ALLOWED');
  await expect(api.services.recompute.runs(api.actorOf(person!))).rejects.toThrow('NOT_ALLOWED');
  expect((await api.services.recompute.runs(auditor)).length).toBeGreaterThan(0);
});

it('says when only the rules have changed, and settles that source again too', async () => {
  const person = people[70]!;
  const before = await entriesOf(person);
  expect(DEMO_REGULATION_TEXT).toMatch(LONG_LESSON);
  const changed = DEMO_REGULATION_TEXT.replace('"version": 1', '"version": 2').replace(
    LONG_LESSON,
    (_found, rate: string) => `${rate}2`,
  );
  await api.services.regulation.importApproved(changed, person.unitId);
  const { id } = await api.services.recompute.start(office);
  await drain(id);
  const run = await runOf(id);
  expect(run.differences).toBeGreaterThan(200);
  const { items } = await api.services.recompute.differences(office, id, { page: 1, pageSize: 300 });
  expect(new Set(items.map(({ reason }) => reason))).toEqual(new Set(['regulation']));
  const own = items.filter(({ personId }) => personId === person.id);
  expect(own).toHaveLength(2);
  await api.services.recompute.settleAgain(office, own[0]!.id);
  const added = (await entriesOf(person)).slice(before.length);
  expect(added.map(({ source, regulation }) => [source.id, regulation.version])).toEqual([
    [own[0]!.source.id, 1],
    [own[0]!.source.id, 2],
  ]);
});
