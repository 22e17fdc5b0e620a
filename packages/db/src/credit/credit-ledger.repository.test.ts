import { randomBytes } from 'node:crypto';
import { createIdGenerator, type Id } from '@cadre/domain/core';
import {
  emptyChain,
  GENESIS_HASH,
  hashOf,
  type ChainHead,
  type LedgerEntry,
  type SettlementRecord,
} from '@cadre/domain/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDatabase, isDuplicateKey } from '../core';
import { createTestDatabase, type TestDatabase } from '../testing';
import {
  ChainMovedError,
  createCreditLedgerRepository,
  type CreditLedgerRepository,
} from './credit-ledger.repository';

const newId = createIdGenerator(
  () => Date.now(),
  (count) => randomBytes(count),
);

let test: TestDatabase;
let ledger: CreditLedgerRepository;
beforeAll(async () => {
  test = await createTestDatabase();
  ledger = createCreditLedgerRepository(test.database);
  await test.database.ensureIndexes();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

function entryOf(personId: Id, changes: Partial<LedgerEntry> = {}): LedgerEntry {
  const entry = {
    id: newId(),
    personId,
    seq: 1,
    source: { kind: 'lesson', id: 'L1' },
    factsDigest: 'f',
    regulation: { id: 'r', version: 1 },
    rule: 'lesson',
    clause: '第一条',
    kind: 'lesson',
    part: 'online',
    measure: 'hours',
    line: 'L1/0.0',
    amount: 10_000,
    occurredOn: '2026-11-01',
    about: {},
    revision: 1,
    reverses: null,
    correction: null,
    recordedAt: new Date('2026-11-18T00:00:00Z'),
    by: null,
    previousHash: GENESIS_HASH,
    ...changes,
  };
  return { ...entry, hash: hashOf(entry) };
}

function settlementOf(personId: Id, changes: Partial<SettlementRecord> = {}): SettlementRecord {
  const settlement = {
    id: newId(),
    personId,
    seq: 1,
    source: { kind: 'lesson', id: 'L1' },
    regulation: { id: 'r', version: 1 },
    revision: 1,
    title: '课',
    activities: [],
    factsDigest: 'f',
    entryIds: [],
    correction: null,
    refusals: [],
    explanations: [],
    recordedAt: new Date('2026-11-18T00:00:00Z'),
    previousHash: GENESIS_HASH,
    ...changes,
  };
  return { ...settlement, hash: hashOf(settlement) };
}

const append = (
  settlements: readonly SettlementRecord[],
  entries: readonly LedgerEntry[],
  moves: readonly { personId: Id; from: ChainHead; to: ChainHead }[] = [],
) => test.database.transaction((tx) => ledger.append({ settlements, entries, moves }, tx));
const refusal = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe('what the database itself refuses', () => {
  it('is a second entry of person, source, regulation, part, measure, line, revision and entry taken back', async () => {
    const personId = newId();
    await append([], [entryOf(personId)]);
    // Neither another number, version, clause or amount makes it another entry.
    for (const changes of [{}, { amount: 1 }, { regulation: { id: 'r', version: 2 } }, { clause: '第二条' }])
      expect(isDuplicateKey(await refusal(append([], [entryOf(personId, { seq: 2, ...changes })])))).toBe(
        true,
      );
    expect(await ledger.listEntries(personId)).toHaveLength(1);
    const others: Partial<LedgerEntry>[] = [
      { source: { kind: 'lesson', id: 'L2' } },
      { source: { kind: 'test', id: 'L1' } },
      { regulation: { id: 's', version: 1 } },
      { part: '' },
      { measure: 'days' },
      { line: 'L1/0.0/2026-11-02' },
      { revision: 2 },
      { reverses: newId() },
    ];
    for (const [index, changes] of others.entries())
      await append([], [entryOf(personId, { seq: index + 2, ...changes })]);
    expect(await ledger.listEntries(personId)).toHaveLength(others.length + 1);
  });

  it('is a second entry, or settlement, at the same place of a person’s chain', async () => {
    const personId = newId();
    await append([settlementOf(personId)], [entryOf(personId)]);
    const entry = entryOf(personId, { source: { kind: 'lesson', id: 'L2' } });
    expect(isDuplicateKey(await refusal(append([], [entry])))).toBe(true);
    const settlement = settlementOf(personId, { source: { kind: 'lesson', id: 'L2' } });
    expect(isDuplicateKey(await refusal(append([settlement], [])))).toBe(true);
  });

  it('is a second settlement of person, source, regulation and revision', async () => {
    const personId = newId();
    await append([settlementOf(personId)], []);
    expect(isDuplicateKey(await refusal(append([settlementOf(personId, { seq: 2 })], [])))).toBe(true);
    await append([settlementOf(personId, { seq: 2, revision: 2 })], []);
    expect(await ledger.listSettlements(personId)).toHaveLength(2);
  });
});

describe('the ends of a person’s chains', () => {
  const move = (personId: Id, from: ChainHead, settlement: SettlementRecord) => ({
    personId,
    from,
    to: { ...from, settled: { seq: settlement.seq, hash: settlement.hash } },
  });

  it('move with a settlement that has no entry, once however many try, and from nowhere else', async () => {
    const personId = newId();
    const rivals = Array.from({ length: 10 }, (_, index) =>
      settlementOf(personId, { source: { kind: 'lesson', id: `L${index}` } }),
    );
    const results = await Promise.all(
      rivals.map((one) => refusal(append([one], [], [move(personId, emptyChain(), one)]))),
    );
    expect(results.filter((error) => error === null)).toHaveLength(1);
    const [stands] = await ledger.listSettlements(personId);
    const head = (await ledger.headsOf([personId])).get(personId)!;
    expect(head).toEqual({ ...emptyChain(), settled: { seq: 1, hash: stands!.hash } });

    const second = settlementOf(personId, { seq: 2, revision: 2, source: { kind: 'lesson', id: 'L99' } });
    const elsewhere = { ...head, settled: { seq: 1, hash: 'other' } };
    expect(await refusal(append([second], [], [move(personId, elsewhere, second)]))).toBeInstanceOf(
      ChainMovedError,
    );
    expect(await ledger.listSettlements(personId)).toHaveLength(1);
    await append([second], [], [move(personId, head, second)]);
    expect((await ledger.headsOf([personId])).get(personId)).toMatchObject({ seq: 0, settled: { seq: 2 } });
  });

  it('of somebody of whom everything was refused are sealed, listed and counted like all others', async () => {
    const personId = newId();
    const one = settlementOf(personId);
    await append([one], [], [move(personId, emptyChain(), one)]);
    const listed = await test.database.transaction((tx) => ledger.listHeads(tx));
    const own = listed.find((head) => head.personId === personId);
    const head = own!.head!;
    expect(head).toMatchObject({ seq: 0, settled: { seq: 1, hash: one.hash } });
    expect(own!.unsealed).toBe(true);
    expect(await ledger.listChainedPeople(null, 1_000)).toContain(personId);
    expect(await ledger.listPeopleWithRecords()).toContain(personId);
    expect(await ledger.countPeople()).toBe(listed.length);

    await ledger.clearUnsealed([{ ...head, settled: { ...head.settled, seq: 2 } }]);
    expect((await ledger.chainsOf([personId])).get(personId)!.unsealed).toBe(true);
    await ledger.clearUnsealed([head]);
    expect((await ledger.chainsOf([personId])).get(personId)!.unsealed).toBe(false);
  });
});

describe('the recorded facts of people', () => {
  const records = (personId: Id, ...values: Partial<SettlementRecord>[]): SettlementRecord[] =>
    values.map((changes, index) => settlementOf(personId, { seq: index + 1, ...changes }));
  const lesson = (id: string) => ({ kind: 'lesson', id });

  it('are of each source the newest, person after person, and nothing of whoever has none', async () => {
    const [early, nobody, late] = [newId(), newId(), newId()];
    const [then, now] = [new Date('2026-11-18T00:00:00Z'), new Date('2026-11-19T00:00:00Z')];
    const written = [
      ...records(
        late,
        { source: lesson('a'), activities: [{ id: 'a', days: 1 }], recordedAt: now },
        { source: lesson('b'), activities: [{ id: 'b', days: 0.5 }], title: '另一课' },
        // Another regulation settles it later by the count of its own revisions, from what was known earlier.
        { source: lesson('a'), regulation: { id: 's', version: 1 }, revision: 3, recordedAt: then },
      ),
      ...records(
        early,
        { source: lesson('a'), activities: [{ id: 'a', days: 2 }] },
        { source: lesson('a'), activities: [{ id: 'a', days: 3 }], revision: 2 },
      ),
    ];
    await append(written, []);
    const found = [...(await ledger.factsByPerson([late, nobody, early]))];
    const fact = (personId: Id, id: string, days: number, title = '课') => ({
      personId,
      source: lesson(id),
      title,
      activities: [{ id, days }],
    });
    expect(found).toEqual([
      [early, [fact(early, 'a', 3)]],
      [late, [fact(late, 'a', 1), fact(late, 'b', 0.5, '另一课')]],
    ]);
    const byPerson = [...written.slice(3), ...written.slice(0, 3)];
    expect(await ledger.listSettlementsOf([late, nobody, early])).toEqual(byPerson);
  });

  it('come in one reply, however many', async () => {
    const commands: string[] = [];
    const watched = await connectDatabase({
      uri: test.uri,
      name: test.name,
      onCommand: (name) => commands.push(name),
    });
    const personId = newId();
    await append(
      records(personId, ...Array.from({ length: 250 }, (_, index) => ({ source: lesson(String(index)) }))),
      [],
    );
    const [[, facts]] = (await createCreditLedgerRepository(watched).factsByPerson([personId])) as [
      [Id, unknown[]],
    ];
    expect(facts).toHaveLength(250);
    expect(commands.filter((name) => name === 'find' || name === 'getMore')).toEqual(['find']);
    await watched.close();
  });
});
