import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import { addDays, toCivilDate, type Id } from '@cadre/domain/core';
import { parseRegulation } from '@cadre/domain/credit';
import { changeHistory, type Person, type Unit } from '@cadre/domain/identity';
import { findChainFault, isInClosedCycle, type LedgerEntry } from '@cadre/domain/ledger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApi, lessonFacts, TEST_NOW, type TestApi } from '../testing';
import { toCreditPerson } from './credit-person';

let api: TestApi;
let root: Unit;
/** A unit of its own for each test, governed by what governs the root. */
let unit: Unit;
let person: Person;
beforeAll(async () => {
  api = await createTestApi();
  root = await api.addUnit();
  await api.services.regulation.importApproved(DEMO_REGULATION_TEXT, root.id);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});
beforeEach(async () => {
  api.clock.set(TEST_NOW);
  const id = api.newId();
  unit = await api.addUnit({ id, parentId: root.id, path: [root.id, id] });
  person = await api.addPerson(unit);
});

const settle = (...sources: Parameters<typeof lessonFacts>[]) =>
  api.services.settlement.settleSources(sources.map((source) => lessonFacts(...source)));

/** The entries of a person, after checking their chain against its head. */
async function chainOf(personId: Id): Promise<LedgerEntry[]> {
  const entries = await api.repositories.ledger.listEntries(personId);
  const head = (await api.repositories.ledger.chainsOf([personId])).get(personId);
  expect(findChainFault(entries, head ?? null)).toBeNull();
  return entries;
}
const sumOf = (entries: readonly LedgerEntry[]) => entries.reduce((sum, entry) => sum + entry.amount, 0);

/** What must not happen twice, as the unique index has it. */
const keyOf = ({ source, regulation, part, measure, line, revision, reverses }: LedgerEntry) =>
  JSON.stringify([source, regulation.id, part, measure, line, revision, reverses]);

describe('settling a source', () => {
  it('writes an entry that names its facts, its clause and who caused it', async () => {
    await api.services.settlement.settleSources([lessonFacts('L1', [person.id])], person.id);
    const [record] = await api.repositories.ledger.listSettlements(person.id);
    expect(await chainOf(person.id)).toMatchObject([
      {
        personId: person.id,
        seq: 1,
        source: { kind: 'lesson', id: 'L1' },
        factsDigest: record!.factsDigest,
        regulation: { id: 'demo-2026', version: 1 },
        clause: '第七条',
        measure: 'online-hours',
        part: 'online',
        amount: 10_000,
        occurredOn: '2026-10-20',
        recordedAt: TEST_NOW,
        by: person.id,
        revision: 1,
        reverses: null,
        correction: null,
        previousHash: '0'.repeat(64),
      },
    ]);
  });

  it('of the same facts again writes nothing', async () => {
    await settle(['L1', [person.id]]);
    api.clock.advanceMinutes(60);
    expect(await settle(['L1', [person.id]])).toMatchObject({ settled: [], unchanged: [person.id] });
    expect(await chainOf(person.id)).toHaveLength(1);
    expect(await api.repositories.ledger.listSettlements(person.id)).toHaveLength(1);
  });

  it('of late facts takes the old entry back and enters anew; nothing that stood is touched', async () => {
    await settle(['L1', [person.id]]);
    const before = await chainOf(person.id);
    await settle(['L1', [person.id], { playedMinutes: 10 }]);
    await settle(['L1', [person.id]]);
    const entries = await chainOf(person.id);
    expect(entries.slice(0, 1)).toEqual(before);
    expect(entries.map(({ amount, revision }) => [amount, revision])).toEqual([
      [10_000, 1],
      [-10_000, 2],
      [10_000, 3],
    ]);
    expect(entries[1]!.reverses).toBe(entries[0]!.id);
  });
});

describe('a closed cycle', () => {
  it('moves only under the number of a correction, which counts per person without a gap', async () => {
    await settle(['L1', [person.id]], ['L2', [person.id], { on: '2025-10-20' }]);
    await settle(['L1', [person.id], { playedMinutes: 10 }]);
    await settle(['L2', [person.id], { on: '2025-10-20', playedMinutes: 10 }]);
    const entries = await chainOf(person.id);
    expect(entries.map(({ source, amount, correction }) => [source.id, amount, correction])).toEqual([
      ['L1', 10_000, null],
      ['L2', 10_000, 1],
      ['L1', -10_000, null],
      ['L2', -10_000, 2],
    ]);
    const corrections = (await api.repositories.ledger.listSettlements(person.id)).map(
      (record) => record.correction,
    );
    expect(corrections).toEqual([null, 1, null, 2]);
  });

  it('is closed from the day after its last day on, however late that is noticed', async () => {
    api.clock.set(new Date('2026-12-31T15:59:59Z'));
    await settle(['L1', [person.id]]);
    api.clock.set(new Date('2026-12-31T16:00:00Z'));
    await settle(['L2', [person.id]]);
    expect((await chainOf(person.id)).map(({ correction }) => correction)).toEqual([null, 1]);
  });

  it('has no way in without a number', async () => {
    const parsed = parseRegulation(DEMO_REGULATION_TEXT);
    if (!parsed.ok) throw new Error('the demonstration regulation does not parse');
    for (let year = 2023; year <= 2026; year += 1)
      await settle([`L${year}`, [person.id], { on: `${year}-03-01` }]);
    for (const entry of await chainOf(person.id)) {
      const recordedOn = toCivilDate(entry.recordedAt);
      const facts = toCreditPerson(person, recordedOn);
      expect(isInClosedCycle(entry.occurredOn, parsed.regulation, facts, recordedOn)).toBe(
        entry.correction !== null,
      );
    }
  });
});

describe('the statement as of a past day', () => {
  it('is the same to the byte whatever is recorded later: facts, posts, units, rules', async () => {
    await settle(['L1', [person.id]], ['L2', [person.id]]);
    const asOf = toCivilDate(TEST_NOW);
    const actor = api.actorOf(person);
    const said = async () => JSON.stringify(await api.services.statement.myStatement(actor, asOf));
    const before = await said();

    api.clock.set(new Date('2026-11-20T02:00:00Z'));
    await settle(['L1', [person.id], { playedMinutes: 10 }], ['L3', [person.id], { on: '2026-11-01' }]);
    expect(await said()).toBe(before);

    const elsewhere = await api.addUnit();
    let current = person;
    for (const change of [
      { kind: 'post', postLevel: 'division-head', title: '处长' },
      { kind: 'transfer', unitId: elsewhere.id },
    ] as const) {
      const input = { personId: person.id, on: '2026-10-01', change } as const;
      const next = changeHistory(current, input, elsewhere, toCivilDate(api.clock.now()));
      await api.test.database.transaction((tx) =>
        api.repositories.people.tryReplaceHistory(current, next, tx),
      );
      current = next;
      expect(await said()).toBe(before);
    }

    const stricter = DEMO_REGULATION_TEXT.replace('"version": 1', '"version": 2').replaceAll(
      '"atLeast": 50',
      '"atLeast": 80',
    );
    expect(stricter).toContain('"atLeast": 80');
    await api.services.regulation.importApproved(stricter, unit.id);
    await api.services.regulation.importApproved(stricter.replace('"demo-2026"', '"other"'), elsewhere.id);
    expect(await said()).toBe(before);

    const now = await api.services.statement.myStatement(actor, undefined);
    expect(now.standings.map(({ regulation }) => regulation.id)).toEqual(['other']);
    expect(now.standings[0]!.targets.map(({ target }) => target)).toContain('concentrated-window');
    expect(JSON.parse(before)).toMatchObject({
      standings: [{ regulation: { id: 'demo-2026', version: 1 } }],
      lines: [{ replaced: false }, { replaced: false }],
    });
  });

  it('of the day before knows nothing of what was recorded since', async () => {
    await settle(['L1', [person.id]]);
    const yesterday = addDays(toCivilDate(TEST_NOW), -1);
    const statement = await api.services.statement.myStatement(api.actorOf(person), yesterday);
    expect(statement).toMatchObject({ chain: { seq: 0 }, lines: [], standings: [] });
  });
});

describe('exactly once', () => {
  const run = (sources: readonly string[], personIds: readonly Id[]) => {
    const script = fileURLToPath(new URL('../testing/settling-process.ts', import.meta.url));
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', script, api.test.uri, api.test.name, sources.join(','), personIds.join(',')],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const acknowledged = () =>
      output
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split(' ') as [string, string]);
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    return { child, acknowledged, ended };
  };
  const expectOnce = async (personIds: readonly Id[], sources: readonly string[]) => {
    for (const personId of personIds) {
      const entries = await chainOf(personId);
      expect(entries.map(({ source }) => source.id).sort()).toEqual([...sources].sort());
      expect(new Set(entries.map(keyOf)).size).toBe(entries.length);
      expect(sumOf(entries)).toBe(10_000 * sources.length);
    }
  };

  it('holds under ten settlements of the same facts at once', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => api.addPerson(unit)));
    const ids = people.map(({ id }) => id);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => settle(['L1', ids], ['L2', ids])));
    await expectOnce(ids, ['L1', 'L2']);
    expect(outcomes.flatMap(({ settled }) => settled)).toHaveLength(40);
  });

  it('holds with two processes at the same sources', async () => {
    const people = await Promise.all(Array.from({ length: 10 }, () => api.addPerson(unit)));
    const ids = people.map(({ id }) => id);
    const sources = Array.from({ length: 20 }, (_, index) => `L${index}`);
    const processes = [run(sources, ids), run([...sources].reverse(), ids)];
    expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual([0, 0]);
    await expectOnce(ids, sources);
    const written = processes.flatMap((one) => one.acknowledged()).map(([, count]) => Number(count));
    expect(written.reduce((sum, count) => sum + count, 0)).toBe(200);
  });

  it('holds when one is killed in the middle and the work is done again', async () => {
    const people = await Promise.all(Array.from({ length: 64 }, () => api.addPerson(unit)));
    const ids = people.map(({ id }) => id);
    const sources = Array.from({ length: 200 }, (_, index) => `L${String(index).padStart(3, '0')}`);
    const first = run(sources, ids);
    await new Promise<void>((resolve) => first.child.stdout.once('data', () => resolve()));
    first.child.kill('SIGKILL');
    await first.ended;
    const done = first.acknowledged().map(([source]) => source);
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(200);
    for (const id of ids) {
      const kept = new Set((await chainOf(id)).map(({ source }) => source.id));
      for (const source of done) expect(kept).toContain(source);
    }
    const rest = sources.slice(0, done.length + 10);
    await settle(...rest.map((source): [string, Id[]] => [source, ids]));
    await expectOnce(ids, rest);
  });
});
