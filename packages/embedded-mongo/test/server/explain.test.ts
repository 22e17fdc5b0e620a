import type { Document } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { testServer } from '../support';

describe('explain', () => {
  const shared = testServer();
  const explain = (command: Document, verbosity = 'executionStats'): Promise<Document> =>
    shared.db.command({ explain: command, verbosity });
  const executed = async (command: Document): Promise<Document> =>
    (await explain(command))['executionStats'] as Document;
  const boundsOf = async (filter: Document, hint: string, sort: Document = {}): Promise<unknown> => {
    const { queryPlanner } = await explain({ find: 'c', filter, hint, sort }, 'queryPlanner');
    const winning = (queryPlanner as { winningPlan: Document }).winningPlan;
    return (winning['inputStage'] as Document)['indexBounds'];
  };

  beforeAll(async () => {
    const c = shared.db.collection<{ _id: number; [field: string]: unknown }>('c');
    // A hundred documents; ten each of n.
    await c.insertMany(
      Array.from({ length: 100 }, (_, i) => ({ _id: i, n: i % 10, q: i, s: `s${i}`, tags: [i, -i] })),
    );
    await c.createIndexes([
      { key: { n: 1, q: -1 }, name: 'nq' },
      { key: { s: 1 }, name: 's' },
      { key: { tags: 1 }, name: 'tags' },
      { key: { mixed: 1 }, name: 'mixed' },
    ]);
  });

  it.each<[string, Document, string, Document]>([
    ['a value', { n: 3 }, 'nq', { n: ['[3, 3]'], q: ['[MaxKey, MinKey]'] }],
    ['a value and a range', { n: 3, q: { $gt: 5 } }, 'nq', { n: ['[3, 3]'], q: ['[inf.0, 5)'] }],
    ['two sides', { n: { $gte: 1.5, $lt: 4 } }, 'nq', { n: ['[1.5, 4)'], q: ['[MaxKey, MinKey]'] }],
    ['several values', { n: { $in: [5, 1] } }, 'nq', { n: ['[1, 1]', '[5, 5]'], q: ['[MaxKey, MinKey]'] }],
    ['text', { s: { $gte: 'b' } }, 's', { s: ['["b", {})'] }],
    ['a prefix', { s: /^ab/ }, 's', { s: ['["ab", "ac")', '[/^ab/, /^ab/]'] }],
    ['one side where there are arrays', { tags: { $gt: 1, $lt: 3 } }, 'tags', { tags: ['(1, inf.0]'] }],
    ['nothing', { mixed: null }, 'mixed', { mixed: ['[undefined, undefined]', '[null, null]'] }],
    ['no condition', {}, 'mixed', { mixed: ['[MinKey, MaxKey]'] }],
    ['a truth', { mixed: { $lte: true } }, 'mixed', { mixed: ['[false, true]'] }],
    ['what cannot be', { n: { $gt: 5, $lt: 3 } }, 'nq', { n: [], q: ['[MaxKey, MinKey]'] }],
  ])('shows the bounds of %s', async (_, filter, hint, bounds) => {
    expect(await boundsOf(filter, hint)).toEqual(bounds);
  });

  it('shows the bounds of a scan from behind in its direction', async () => {
    expect(await boundsOf({ n: { $gte: 3 } }, 'nq', { n: -1, q: 1 })).toEqual({
      n: ['[inf.0, 3]'],
      q: ['[MinKey, MaxKey]'],
    });
  });

  it('counts what each stage examined and passed on', async () => {
    expect(
      await executed({ find: 'c', filter: { n: 3, s: /3$/ }, sort: { s: 1 }, skip: 1, limit: 4, hint: 'nq' }),
    ).toMatchObject({
      nReturned: 4,
      totalKeysExamined: 10,
      totalDocsExamined: 10,
      executionStages: {
        stage: 'SKIP',
        nReturned: 4,
        skipAmount: 1,
        inputStage: {
          stage: 'SORT',
          nReturned: 5,
          sortPattern: { s: 1 },
          limitAmount: 5,
          inputStage: {
            stage: 'FETCH',
            nReturned: 10,
            docsExamined: 10,
            inputStage: { stage: 'IXSCAN', nReturned: 10, keysExamined: 10 },
          },
        },
      },
    });
    expect(
      (await executed({ find: 'c', filter: { q: { $lt: 7 } }, limit: 3 }))['executionStages'],
    ).toMatchObject({
      stage: 'LIMIT',
      nReturned: 3,
      limitAmount: 3,
      inputStage: { stage: 'COLLSCAN', nReturned: 3, docsExamined: 3 },
    });
    expect((await executed({ find: 'c', filter: { _id: 7 } }))['executionStages']).toMatchObject({
      stage: 'EXPRESS_IXSCAN',
      nReturned: 1,
      keysExamined: 1,
      docsExamined: 1,
    });
    expect(
      (await executed({ find: 'c', filter: { $or: [{ n: 3 }, { s: 's7' }] } }))['executionStages'],
    ).toMatchObject({
      stage: 'FETCH',
      nReturned: 11,
      docsExamined: 11,
      inputStage: {
        stage: 'OR',
        nReturned: 11,
        inputStages: [
          { stage: 'IXSCAN', indexName: 'nq', keysExamined: 10 },
          { stage: 'IXSCAN', indexName: 's', keysExamined: 1 },
        ],
      },
    });
    expect(await executed({ find: 'nowhere' })).toMatchObject({
      nReturned: 0,
      executionStages: { stage: 'EOF', nReturned: 0 },
    });
  });

  it.each<[string, Document, string]>([
    ['whole fields', { s: 1, _id: 0 }, 'PROJECTION_SIMPLE'],
    ['fields to leave out', { s: 0 }, 'PROJECTION_SIMPLE'],
    ['a path', { 'tags.x': 1 }, 'PROJECTION_DEFAULT'],
    ['a part of an array', { tags: { $slice: 1 } }, 'PROJECTION_DEFAULT'],
    ['what is computed', { twice: { $add: ['$n', '$n'] } }, 'PROJECTION_DEFAULT'],
  ])('names the projection to %s', async (_, projection, stage) => {
    const { executionStages } = await executed({ find: 'c', filter: { n: 3 }, projection, limit: 4 });
    expect(executionStages).toMatchObject({
      stage: 'LIMIT',
      inputStage: { stage, nReturned: 4, transformBy: projection, inputStage: { stage: 'FETCH' } },
    });
  });

  it('an answer without execution counts nothing', async () => {
    const told = await explain({ find: 'c', filter: { n: 3 } }, 'queryPlanner');
    expect(told).not.toHaveProperty('executionStats');
    expect(JSON.stringify(told['queryPlanner'])).not.toMatch(/nReturned|Examined/);
  });

  it('an aggregation lists only the stages that the query does not do', async () => {
    const aggregate = (pipeline: Document[]): Promise<Document> =>
      explain({ aggregate: 'c', pipeline, cursor: {} });
    const group = { $group: { _id: '$n', most: { $max: '$q' } } };
    const told = await aggregate([{ $match: { n: 3 } }, { $sort: { s: 1 } }, { $limit: 2 }, group]);
    const stages = told['stages'] as Document[];
    expect(stages.slice(1)).toEqual([group]);
    expect(stages[0]).toMatchObject({
      $cursor: {
        executionStats: {
          nReturned: 2,
          executionStages: { stage: 'SORT', sortPattern: { s: 1 }, limitAmount: 2 },
        },
      },
    });
    const whole = await aggregate([{ $match: { n: 3 } }, { $limit: 2 }]);
    expect(whole).not.toHaveProperty('stages');
    expect(whole['executionStats']).toMatchObject({ nReturned: 2, executionStages: { stage: 'LIMIT' } });
    // A condition behind a stage that leaves its field alone is moved before it.
    const moved = await aggregate([{ $addFields: { x: 1 } }, { $match: { n: 3 } }]);
    expect((moved['stages'] as Document[]).slice(1)).toEqual([{ $addFields: { x: 1 } }]);
  });

  it('writes and counts have a stage of their own, and nothing is written', async () => {
    const update = (u: Document): Document => ({ update: 'c', updates: [{ u: { $set: { z: 1 } }, ...u }] });
    expect(await executed(update({ q: { n: 3 }, multi: true }))).toMatchObject({
      nReturned: 0,
      executionStages: {
        stage: 'UPDATE',
        nMatched: 10,
        nWouldModify: 10,
        nWouldUpsert: 0,
        inputStage: { stage: 'FETCH', nReturned: 10 },
      },
    });
    expect((await executed(update({ q: { n: 3 } })))['executionStages']).toMatchObject({
      nMatched: 1,
      inputStage: { stage: 'FETCH', nReturned: 1 },
    });
    expect((await executed(update({ q: { n: 33 }, upsert: true })))['executionStages']).toMatchObject({
      nMatched: 0,
      nWouldModify: 0,
      nWouldUpsert: 1,
    });
    const half = update({ q: { n: 3 }, multi: true, u: { $max: { q: 50 } } });
    expect((await executed(half))['executionStages']).toMatchObject({ nMatched: 10, nWouldModify: 5 });
    expect(await executed({ delete: 'c', deletes: [{ q: { n: 3 }, limit: 0 }] })).toMatchObject({
      executionStages: { stage: 'DELETE', nWouldDelete: 10 },
    });
    const changed = { findAndModify: 'c', query: { n: 3 }, sort: { q: 1 } };
    expect((await executed({ ...changed, update: { $set: { z: 1 } } }))['executionStages']).toMatchObject({
      stage: 'UPDATE',
      nReturned: 1,
    });
    expect((await executed({ ...changed, remove: true }))['executionStages']).toMatchObject({
      stage: 'DELETE',
    });
    expect(await shared.db.collection('c').countDocuments({ z: { $exists: false } })).toBe(100);
    expect(
      (await executed({ count: 'c', query: { n: 3 }, skip: 2, limit: 5 }))['executionStages'],
    ).toMatchObject({
      stage: 'COUNT',
      nCounted: 5,
      nSkipped: 2,
      inputStage: { stage: 'FETCH', nReturned: 7 },
    });
    expect((await executed({ count: 'c' }))['executionStages']).toMatchObject({
      stage: 'RECORD_STORE_FAST_COUNT',
      nCounted: 100,
    });
  });
});
