import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { connectDatabase } from '@cadre/db/core';
import { GENESIS_HASH } from '@cadre/domain/ledger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRepositories, createServices } from '../container';
import {
  addCreditScene,
  createTestApi,
  ledgerOf,
  TEST_NOW,
  type CreditScene,
  type TestApi,
} from '../testing';

/** More than one transaction settles, so that races meet in the middle as well. */
const PEOPLE = 80;

let api: TestApi;
let scene: CreditScene;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await api.test.clear();
  api.facts.length = 0;
  api.clock.set(TEST_NOW);
  scene = await addCreditScene(api, PEOPLE);
});

const settle = () => api.services.sessionSettlement.settleSession(scene.session.id);
const chainLengths = (entries: number, ofTheAbsent: number): number[] => [
  ...Array.from({ length: PEOPLE - 1 }, () => entries),
  ofTheAbsent,
];
/** Days and class hours for each who was there, one refusal for the one who was not, and no line twice. */
const expectCreditedOnce = async (): Promise<void> => {
  const { records, chains } = await ledgerOf(api, scene.session.id, scene.people);
  expect(records).toBe(PEOPLE);
  expect(chains.map(({ entries }) => entries)).toEqual(chainLengths(2, 0));
  expect(chains.every(({ check }) => check.intact)).toBe(true);
};

describe('settling a session', () => {
  it('credits those who were there and records why the other got nothing', async () => {
    const outcome = await settle();
    expect(outcome?.settled).toHaveLength(PEOPLE);
    await expectCreditedOnce();
    const absent = scene.people.at(-1)!;
    const { lines } = await api.services.statement.myStatement(api.actorOf(absent), undefined);
    expect(lines).toMatchObject([{ source: { id: scene.session.id }, earned: [] }]);
    expect(lines[0]?.refusals).not.toEqual([]);
    expect((await api.repositories.sessions.getById(scene.session.id)).status).toBe('settled');
    expect(api.facts).toContainEqual({
      type: 'credit:changed',
      personIds: scene.people.map(({ id }) => id),
    });
  });

  it('again writes nothing and tells nobody', async () => {
    await settle();
    api.facts.length = 0;
    expect(await settle()).toMatchObject({ settled: [], waiting: [] });
    await expectCreditedOnce();
    expect(api.facts).toEqual([]);
  });

  it('ten times at once credits once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, settle));
    expect(outcomes.flatMap((outcome) => outcome?.settled ?? [])).toHaveLength(PEOPLE);
    await expectCreditedOnce();
  });

  it('from two connections that know nothing of each other credits once', async () => {
    const other = await connectDatabase(api.test);
    try {
      const services = createServices(other, createRepositories(other), api.ports);
      const outcomes = await Promise.all(
        [services, api.services].map((each) => each.sessionSettlement.settleSession(scene.session.id)),
      );
      expect(outcomes.flatMap((outcome) => outcome?.settled ?? [])).toHaveLength(PEOPLE);
      await expectCreditedOnce();
    } finally {
      await other.close();
    }
  });

  it('from two processes at the same moment credits once', async () => {
    const script = fileURLToPath(new URL('../testing/session-settling-process.ts', import.meta.url));
    const processes = [1, 2].map(() => {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', script, api.test.uri, api.test.name, scene.session.id, '3'],
        { stdio: ['pipe', 'pipe', 'inherit'] },
      );
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      return { child, exit: once(child, 'exit'), next: async () => String((await lines.next()).value) };
    });
    expect(await Promise.all(processes.map(({ next }) => next()))).toEqual(['ready', 'ready']);
    for (const { child } of processes) child.stdin.write('go\n');
    const written = await Promise.all(processes.map(({ next }) => next()));
    expect(written.reduce((sum, count) => sum + Number(count), 0)).toBe(PEOPLE);
    const codes = await Promise.all(processes.map(({ exit }) => exit));
    expect(codes.map(([code]) => code as number)).toEqual([0, 0]);
    await expectCreditedOnce();
  });

  it('together with other facts of the same people keeps every chain whole', async () => {
    const facts = scene.people.map((person) =>
      scene.lessons(person, `academy-${person.personNo}`, '2026-11-10', 2),
    );
    await Promise.all([settle(), api.services.recordedFact.record(facts, null), settle()]);
    const { chains } = await ledgerOf(api, scene.session.id, scene.people);
    expect(chains.map(({ entries }) => entries)).toEqual(chainLengths(4, 2));
    expect(chains.every(({ check }) => check.intact)).toBe(true);
  });

  it('has nothing to do for a session that is unknown or not closed', async () => {
    expect(await api.services.sessionSettlement.settleSession(api.newId())).toBeNull();
    await api.repositories.sessions.tryTransition(scene.session.id, 'closed', 'cancelled');
    expect(await settle()).toBeNull();
    expect((await ledgerOf(api, scene.session.id, scene.people)).records).toBe(0);
  });

  it('waits, visibly, for people whose unit no regulation governs', async () => {
    const elsewhere = await api.addPerson(await api.addUnit());
    await scene.seat([elsewhere.id]);
    expect(await settle()).toMatchObject({ waiting: [elsewhere.id] });
    expect((await api.repositories.sessions.getById(scene.session.id)).status).toBe('closed');
    const { head } = await api.services.statement.checkChain(api.actorOf(elsewhere), elsewhere.id);
    expect(head).toBe(GENESIS_HASH);
  });
});

describe('the class', () => {
  const statusOf = async () => (await api.repositories.classes.getById(scene.trainingClass.id)).status;
  const statesOf = async () =>
    new Set(
      (
        await api.repositories.enrollments.listActive(
          scene.trainingClass.id,
          scene.people.map(({ id }) => id),
        )
      ).map(({ state }) => state),
    );

  it('is completed with its last settlement, and those who had a seat have completed it', async () => {
    const second = { ...scene.session, id: api.newId(), status: 'scheduled' as const };
    await api.repositories.sessions.insert(second);
    await settle();
    expect([await statusOf(), await statesOf()]).toEqual(['open', new Set(['enrolled'])]);
    await api.repositories.sessions.tryTransition(second.id, 'scheduled', 'live');
    await api.repositories.sessions.tryTransition(second.id, 'live', 'closed', { closedAt: second.endsAt });
    await Promise.all([1, 2].map(() => api.services.sessionSettlement.settleSession(second.id)));
    expect([await statusOf(), await statesOf()]).toEqual(['completed', new Set(['completed'])]);
    expect(api.facts).toContainEqual({ type: 'class:changed', classId: scene.trainingClass.id });
  });

  it('is completed by a settlement that is done again after a crash in between', async () => {
    await settle();
    const { id, revision } = await api.repositories.classes.getById(scene.trainingClass.id);
    await api.repositories.classes.tryChange({ id, revision }, { status: 'open' });
    await settle();
    expect(await statusOf()).toBe('completed');
  });
});
