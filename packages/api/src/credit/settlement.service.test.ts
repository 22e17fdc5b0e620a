import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createChance } from '@cadre/demo/chance';
import { DEMO_REGULATION_TEXT } from '@cadre/demo/demonstration';
import { addDays, toCivilDate, type Id } from '@cadre/domain/core';
import { changeHistory, type Person, type Unit } from '@cadre/domain/identity';
import { findChainFault, type LedgerEntry } from '@cadre/domain/ledger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestApi, lessonFacts, TEST_NOW, type TestApi } from '../testing';

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

/** The entries of a person, after checking them and the settlements against the ends of their chains. */
async function chainOf(personId: Id): Promise<LedgerEntry[]> {
  const entries = await api.repositories.ledger.listEntries(personId);
  const head = (await api.repositories.ledger.chainsOf([personId])).get(personId);
  expect(findChainFault(entries, head ?? null)).toBeNull();
  const settlements = await api.repositories.ledger.listSettlements(personId);
  expect(findChainFault(settlements, head?.settled ?? null)).toBeNull();
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

describe('a settlement that only refuses', () => {
  it('is a link of its own, with its reasons and no entry, also between two that earn', async () => {
    await settle(['R1', [person.id], { playedMinutes: 5 }]);
    await settle(['L1', [person.id]]);
    await settle(['L1', [person.id], { playedMinutes: 5 }]);
    expect(await chainOf(person.id)).toHaveLength(2);
    const settlements = await api.repositories.ledger.listSettlements(person.id);
    expect(
      settlements.map(({ seq, source, revision, entryIds, refusals }) => [
        seq,
        source.id,
        revision,
        entryIds.length,
        refusals.length,
      ]),
    ).toEqual([
      [1, 'R1', 1, 0, 1],
      [2, 'L1', 1, 1, 0],
      [3, 'L1', 2, 1, 1],
    ]);
    expect((await api.repositories.ledger.headsOf([person.id])).get(person.id)).toMatchObject({
      seq: 2,
      settled: { seq: 3, hash: settlements[2]!.hash },
    });
  });

  it('that was taken out of the database, or changed there, shows in the check of the own chain', async () => {
    await settle(['R1', [person.id], { playedMinutes: 5 }], ['R2', [person.id], { playedMinutes: 5 }]);
    const check = () => api.services.statement.checkChain(api.actorOf(person), person.id);
    expect(await check()).toMatchObject({ intact: true, entries: 0, fault: null });
    const around = await api.test.around('creditSettlements');
    const filter = { personId: person.id, seq: 1 };
    await around.updateOne(filter, { $set: { refusals: [] } });
    expect(await check()).toMatchObject({
      intact: false,
      fault: { kind: 'changed', of: 'settlement', seq: 1 },
    });
    await around.deleteOne(filter);
    expect(await check()).toMatchObject({ intact: false, fault: { of: 'settlement' } });
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
    const chance = createChance(1);
    let recorded = TEST_NOW.getTime();
    for (let index = 0; index < 40; index += 1) {
      recorded += chance.between(0, 20) * 86_400_000;
      api.clock.set(new Date(recorded));
      const on = addDays(toCivilDate(new Date(recorded)), -chance.between(0, 600));
      const playedMinutes = chance.next() < 0.8 ? 45 : 5;
      await settle([`L${chance.between(1, 25)}`, [person.id], { on, playedMinutes }]);
    }
    const entries = await chainOf(person.id);
    // The demonstration's cycles are calendar years, and the five years up to the end of 2027.
    const yearOf = (day: string): number => Number(day.slice(0, 4));
    const isLate = ({ occurredOn, recordedAt }: LedgerEntry): boolean =>
      yearOf(occurredOn) < yearOf(toCivilDate(recordedAt));
    for (const settlement of await api.repositories.ledger.listSettlements(person.id)) {
      const own = entries.filter(({ id }) => settlement.entryIds.includes(id));
      const numbers = new Set([settlement.correction, ...own.map(({ correction }) => correction)]);
      expect([...numbers]).toEqual([own.some(isLate) ? expect.any(Number) : null]);
    }
    expect(new Set(entries.map(isLate))).toEqual(new Set([true, false]));
    expect(entries.some(({ reverses }) => reverses !== null)).toBe(true);
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
      const settlements = await api.repositories.ledger.listSettlements(personId);
      expect(settlements.map(({ source }) => source.id).sort()).toEqual([...sources].sort());
      const earning = sources.filter((source) => !source.startsWith('R'));
      expect(entries.map(({ source }) => source.id).sort()).toEqual([...earning].sort());
      expect(new Set(entries.map(keyOf)).size).toBe(entries.length);
      expect(sumOf(entries)).toBe(10_000 * earning.length);
    }
  };

  it('holds under ten settlements of the same facts at once', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => api.addPerson(unit)));
    const ids = people.map(({ id }) => id);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => settle(['L1', ids], ['L2', ids])));
    await expectOnce(ids, ['L1', 'L2']);
    expect(outcomes.flatMap(({ settled }) => settled)).toHaveLength(40);
  });

  it('holds where nothing is earned: each refusal is one link, and only the first makes the chain', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => api.addPerson(unit)));
    const ids = people.map(({ id }) => id);
    const refused = { playedMinutes: 5 };
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => settle(['R1', ids, refused], ['R2', ids, refused])),
    );
    await expectOnce(ids, ['R1', 'R2']);
    expect(outcomes.flatMap(({ settled }) => settled)).toHaveLength(40);
  });

  it('holds with two processes at the same sources', async () => {
    const people = await Promise.all(Array.from({ length: 10 }, () => api.addPerson(unit)));
    const ids = people.map(({ id }) => id);
    const sources = Array.from({ length: 20 }, (_, index) => `${index % 3 === 0 ? 'R' : 'L'}${index}`);
    const processes = [run(sources, ids), run([...sources].reverse(), ids)];
    expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual([0, 0]);
    await expectOnce(ids, sources);
    const written = processes.flatMap((one) => one.acknowledged()).map(([, count]) => Number(count));
    expect(written.reduce((sum, count) => sum + count, 0)).toBe(200);
  });

  it('holds when one is killed in the middle and the work is done again', async () => {
    const people = await Promise.all(Array.from({ length: 64 }, () => api.addPerson(unit)));
    const ids = people.map(({ id }) => id);
    const sources = Array.from({ length: 200 }, (_, index) => {
      return `${index % 3 === 0 ? 'R' : 'L'}${String(index).padStart(3, '0')}`;
    });
    const first = run(sources, ids);
    await new Promise<void>((resolve) => first.child.stdout.once('data', () => resolve()));
    first.child.kill('SIGKILL');
    await first.ended;
    const done = first.acknowledged().map(([source]) => source);
    expect(done.length).toBeGreaterThan(0);
    expect(done.length).toBeLessThan(200);
    for (const id of ids) {
      await chainOf(id);
      const settlements = await api.repositories.ledger.listSettlements(id);
      const kept = new Set(settlements.map(({ source }) => source.id));
      for (const source of done) expect(kept).toContain(source);
    }
    const rest = sources.slice(0, done.length + 10);
    await settle(
      ...rest.map((source): Parameters<typeof lessonFacts> => [
        source,
        ids,
        source.startsWith('R') ? { playedMinutes: 5 } : {},
      ]),
    );
    await expectOnce(ids, rest);
  });
});
