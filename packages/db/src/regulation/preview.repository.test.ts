import type { Id } from '@cadre/domain/core';
import {
  changeKinds,
  noChanges,
  type ChangeKind,
  type PreviewFlip,
  type PreviewRun,
} from '@cadre/domain/regulation';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, createTestIds, type TestDatabase } from '../testing';
import { createPreviewRepository, type PreviewRepository } from './preview.repository';

const newId = createTestIds();
const at = new Date('2026-11-18T00:00:00Z');
const all = { change: null, unitId: null };

let test: TestDatabase;
let previews: PreviewRepository;
beforeAll(async () => {
  test = await createTestDatabase();
  previews = createPreviewRepository(test.database);
  await test.database.ensureIndexes();
});
beforeEach(() => test.clear());
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const runOf = (change: Partial<PreviewRun> = {}): PreviewRun => ({
  id: newId(),
  draftId: newId(),
  code: 'x',
  version: 2,
  text: '{}',
  textDigest: 'd',
  unitId: newId(),
  basis: 'last',
  cycle: { from: '2025-01-01', to: '2025-12-31' },
  against: '2026-11-18',
  replaces: [1],
  by: newId(),
  startedAt: at,
  state: 'running',
  cursor: null,
  movedAt: at,
  finishedAt: null,
  people: 10,
  peopleDone: 0,
  peopleChanged: 0,
  tallies: noChanges(),
  units: [{ unitId: newId(), unit: { zh: '某局', en: '' }, people: 1, changes: 0 }],
  ...change,
});
const flipOf = (runId: Id, change: ChangeKind = 'loses', unitId = newId()): PreviewFlip => ({
  id: newId(),
  runId,
  rank: changeKinds.indexOf(change),
  change,
  personId: newId(),
  personNo: 'P1',
  name: '林海燕',
  unitId,
  unit: { zh: '某局', en: '' },
  target: 't',
  targetName: '任务',
  before: {
    state: 'met',
    cycle: { from: '2025-01-01', to: '2025-12-31', label: '2025' },
    alternatives: [
      [
        {
          name: '天',
          measure: '天',
          limit: 'at-least',
          required: 30_000,
          earned: 30_000,
          met: true,
          share: null,
        },
      ],
    ],
    metBy: ['天'],
    shortfall: [],
  },
  after: null,
  reasons: [{ kind: 'target', clause: '第一条', of: 'after', says: { zh: '没有了', en: 'gone' } }],
});
const insert = (run: PreviewRun) => test.database.transaction((tx) => previews.insert(run, tx));
const advance = (run: PreviewRun, next: PreviewRun, found: readonly PreviewFlip[] = []) =>
  test.database.transaction((tx) => previews.tryAdvance(run, next, found, tx));
const flipsOf = (runId: Id, filter = {}) =>
  previews.listFlips(runId, { ...all, ...filter }, { page: 1, pageSize: 50 });

describe('a preview that is stored', () => {
  it('comes back as it was, nested figures included', async () => {
    const run = runOf();
    const flip = flipOf(run.id);
    await insert(run);
    await advance(run, { ...run, cursor: 'P1' }, [flip]);
    expect(await previews.findRun(run.id)).toEqual({ ...run, cursor: 'P1' });
    expect((await flipsOf(run.id)).items).toEqual([flip]);
  });

  it('shows the graver changes first, and by kind and unit', async () => {
    const run = runOf();
    const [unit, other] = [newId(), newId()];
    await insert(run);
    const found = [
      flipOf(run.id, 'amount', unit),
      flipOf(run.id, 'gains', other),
      flipOf(run.id, 'loses', unit),
    ];
    await advance(run, { ...run, cursor: 'P1' }, found);
    const kinds = async (filter = {}) => (await flipsOf(run.id, filter)).items.map(({ change }) => change);
    expect(await kinds()).toEqual(['loses', 'gains', 'amount']);
    expect(await kinds({ unitId: unit })).toEqual(['loses', 'amount']);
    expect(await kinds({ change: 'gains' })).toEqual(['gains']);
    expect(await kinds({ change: 'gains', unitId: unit })).toEqual([]);
    const second = await previews.listFlips(run.id, all, { page: 2, pageSize: 2 });
    expect(second).toMatchObject({ total: 3, items: [{ change: 'amount' }] });
    expect((await previews.listAllFlips(run.id, { ...all, unitId: unit })).length).toBe(2);
  });
});

describe('of one draft', () => {
  it('one preview runs, however many are begun at once', async () => {
    const draftId = newId();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => insert(runOf({ draftId }))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(previews.isAlreadyRunning(outcome.reason)).toBe(true);
    await insert(runOf());
    expect(await previews.findNewest(draftId, 'running')).not.toBeNull();
  });

  it('the next may run when one has ended, and takes its place when it is done', async () => {
    const draftId = newId();
    const [first, second] = [runOf({ draftId }), runOf({ draftId })];
    await insert(first);
    await advance(first, { ...first, state: 'done', cursor: 'P9' }, [flipOf(first.id)]);
    await insert(second);
    expect((await previews.findNewest(draftId, 'done'))?.id).toBe(first.id);
    await advance(second, { ...second, state: 'done', cursor: 'P9' }, [flipOf(second.id)]);
    await previews.removeReplaced(draftId, second.id);
    expect(await previews.findRun(first.id)).toBeNull();
    expect((await flipsOf(first.id)).total).toBe(0);
    expect((await flipsOf(second.id)).total).toBe(1);
  });

  it('a cancelled one goes with what it had found, and the last result stays', async () => {
    const draftId = newId();
    const [done, run] = [runOf({ draftId, state: 'done' }), runOf({ draftId })];
    await insert(done);
    await insert(run);
    await advance(run, { ...run, cursor: 'P1' }, [flipOf(run.id)]);
    const cancel = () => test.database.transaction((tx) => previews.tryCancel(run.id, at, tx));
    const cancelled = await Promise.all(Array.from({ length: 10 }, cancel));
    expect(cancelled.filter(Boolean)).toHaveLength(1);
    await previews.removeReplaced(draftId, null);
    expect(await previews.findRun(run.id)).toBeNull();
    expect((await flipsOf(run.id)).total).toBe(0);
    expect((await previews.findNewest(draftId, 'done'))?.id).toBe(done.id);
  });

  it('all go with it, also what runs, and those of another draft stay', async () => {
    const draftId = newId();
    const [done, run, other] = [runOf({ draftId, state: 'done' }), runOf({ draftId }), runOf()];
    for (const one of [done, run, other]) await insert(one);
    await advance(run, { ...run, cursor: 'P1' }, [flipOf(run.id)]);
    await previews.removeOf(draftId);
    expect([await previews.findRun(done.id), await previews.findRun(run.id)]).toEqual([null, null]);
    expect((await flipsOf(run.id)).total).toBe(0);
    expect(await advance({ ...run, cursor: 'P1' }, { ...run, cursor: 'P2' }, [flipOf(run.id)])).toBe(false);
    expect(await previews.findRun(other.id)).not.toBeNull();
  });
});

describe('a piece', () => {
  it('counts once, however many processes have worked at it', async () => {
    const run = runOf();
    await insert(run);
    const next = { ...run, cursor: 'P5', peopleDone: 5 };
    const moved = await Promise.all(Array.from({ length: 10 }, () => advance(run, next, [flipOf(run.id)])));
    expect(moved.filter(Boolean)).toHaveLength(1);
    expect((await flipsOf(run.id)).total).toBe(1);
  });

  it('of a cancelled preview finds nothing to move', async () => {
    const run = runOf();
    await insert(run);
    await test.database.transaction((tx) => previews.tryCancel(run.id, at, tx));
    expect(await advance(run, { ...run, cursor: 'P1' }, [flipOf(run.id)])).toBe(false);
    expect(await previews.findRun(run.id)).toMatchObject({ state: 'cancelled', cursor: null });
    expect((await flipsOf(run.id)).total).toBe(0);
  });
});
