import { describe, expect, test } from 'vitest';
import {
  Budget,
  compilePipeline,
  createScope,
  PAUSE,
  runAll,
  type PipelineContext,
  type SourceCollection,
} from '../../src/aggregate';
import { DateTime, Doc, shellText, type Value } from '../../src/bson';
import { doc } from '../doc';

function contextWith(collections: Record<string, Doc[]>, budget = new Budget()): PipelineContext {
  const collection = (name: string): SourceCollection => ({
    exists: name in collections,
    *find({ filter, sort, skip = 0, limit = Infinity }) {
      const found = (collections[name] ?? []).filter((one) => filter.matches(one));
      yield* (sort === undefined ? found : sort.sort(found)).slice(skip, skip + limit);
    },
  });
  return { scope: createScope({ now: new DateTime(0) }), budget, database: 'test', collection };
}

function run(docs: Doc[], stages: Value[], others: Record<string, Doc[]> = {}): string[] {
  const context = contextWith({ c: docs, ...others });
  return [...runAll(compilePipeline(stages, context), docs, context)]
    .filter((item) => item !== PAUSE)
    .map(shellText);
}

describe('the head', () => {
  const head = (...stages: Value[]) => compilePipeline(stages, contextWith({})).head;

  test('takes filters, a sort, skips and limits from the front', () => {
    const { filter, sort, skip, limit } = head(
      doc({ $match: { a: 1 } }),
      doc({ $sort: { b: 1 } }),
      doc({ $skip: 2 }),
      doc({ $limit: 3 }),
      doc({ $count: 'n' }),
    );
    expect(filter.matches(doc({ a: 1 }))).toBe(true);
    expect(filter.matches(doc({ a: 2 }))).toBe(false);
    expect([sort?.parts[0]?.path, skip, limit]).toEqual(['b', 2, 3]);
  });

  test('gets conditions that stand behind a sort or a projection', () => {
    const { filter } = head(
      doc({ $sort: { b: 1 } }),
      doc({ $set: { c: '$b' } }),
      doc({ $match: { a: 1, c: 2 } }),
    );
    expect(filter.node).toEqual({ kind: 'compare', path: 'a', op: 'eq', value: 1 });
  });
});

test('comparison expressions compare all types, missing first', () => {
  const docs = [doc({ _id: 1, capacity: 5 }), doc({ _id: 2, enrolled: 5, capacity: 5 })];
  expect(
    run(docs, [
      doc({ $match: { $expr: { $lt: ['$enrolled', '$capacity'] } } }),
      doc({ $project: { _id: 1 } }),
    ]),
  ).toEqual(['{ _id: 1 }']);
});

test('what is missing is not stored, and counting nothing gives nothing', () => {
  expect(run([doc({ _id: 1 })], [doc({ $project: { _id: 0, x: '$y' } })])).toEqual(['{}']);
  expect(run([], [doc({ $count: 'n' })])).toEqual([]);
});

test('$getField takes a name as it stands, or computes it for each document', () => {
  const docs = [doc({ _id: 1, 'a.b': 2, name: 'a.b' }), doc({ _id: 2, c: 3, name: 'c' })];
  const get = (field: Value): string[] =>
    run(docs, [Doc.of({ $project: Doc.of({ _id: 0, x: Doc.of({ $getField: field }) }) })]);
  expect(get('a.b')).toEqual(['{ x: 2 }', '{}']);
  expect(get('$name')).toEqual(['{ x: 2 }', '{ x: 3 }']);
  expect(get(doc({ field: { $concat: ['', '$name'] }, input: '$$ROOT' }))).toEqual(['{ x: 2 }', '{ x: 3 }']);
  expect(() => get('$_id')).toThrow(expect.objectContaining({ code: 3041704 }) as Error);
  expect(() => get(5)).toThrow(expect.objectContaining({ code: 5654602 }) as Error);
});

test('$lookup joins by field, by pipeline with variables, and by both', () => {
  const others = {
    o: [doc({ _id: 1, k: 'x', n: 1 }), doc({ _id: 2, k: 'x', n: 5 }), doc({ _id: 3, k: 'y', n: 9 })],
  };
  const lookup = (fields: Record<string, Value>): string[] =>
    run(
      [doc({ _id: 7, k: 'x', least: 2 })],
      [
        Doc.of({ $lookup: Doc.of({ from: 'o', as: 'r', ...fields }) }),
        doc({ $project: { _id: 0, r: '$r._id' } }),
      ],
      others,
    );
  const pipeline = [doc({ $match: { $expr: { $gte: ['$n', '$$least'] } } })];
  expect(lookup({ localField: 'k', foreignField: 'k' })).toEqual(['{ r: [ 1, 2 ] }']);
  expect(lookup({ let: doc({ least: '$least' }), pipeline })).toEqual(['{ r: [ 2, 3 ] }']);
  expect(lookup({ localField: 'k', foreignField: 'k', let: doc({ least: '$least' }), pipeline })).toEqual([
    '{ r: [ 2 ] }',
  ]);
});

test('$facet runs its pipelines over the same documents', () => {
  const docs = [1, 2, 3].map((n) => doc({ _id: n, n }));
  const facets = doc({
    $facet: {
      all: [{ $count: 'n' }],
      big: [{ $match: { n: { $gt: 1 } } }, { $group: { _id: null, s: { $sum: '$n' } } }],
    },
  });
  expect(run(docs, [facets])).toEqual(['{ all: [ { n: 3 } ], big: [ { _id: null, s: 5 } ] }']);
});

describe('long work', () => {
  const docs = Array.from({ length: 6000 }, (_, i) => doc({ _id: i, n: (i * 7919) % 6007 }));

  test('pauses on the way, and a sort in runs gives what a sort at once gives', () => {
    const context = contextWith({}, new Budget({ sliceMs: 0 }));
    const pipeline = compilePipeline([doc({ $sort: { n: 1 } }), doc({ $project: { n: 1 } })], context);
    const items = [...runAll(pipeline, docs, context)];
    expect(items.filter((item) => item === PAUSE).length).toBeGreaterThan(50);
    const sorted = items.filter((item) => item !== PAUSE).map((item) => item.get('n') as number);
    expect(sorted).toEqual(docs.map((one) => one.get('n') as number).sort((a, b) => a - b));
  });

  test('ends with an error when its time is over or it is killed', () => {
    const over = contextWith({}, new Budget({ deadlineMs: 0 }));
    expect(() => [...runAll(compilePipeline([doc({ $sort: { n: 1 } })], over), docs, over)]).toThrow(
      expect.objectContaining({ code: 50 }) as Error,
    );
    const killed = contextWith({}, new Budget({ killed: () => true }));
    expect(() => [...runAll(compilePipeline([doc({ $match: { n: -1 } })], killed), docs, killed)]).toThrow(
      expect.objectContaining({ code: 11601 }) as Error,
    );
  });

  test('keeps no more in memory than it may', () => {
    const context = { ...contextWith({}), memoryLimit: 10_000 };
    for (const stage of [
      doc({ $sort: { n: 1 } }),
      doc({ $group: { _id: null, all: { $push: '$$ROOT' } } }),
    ]) {
      expect(() => [
        ...runAll(
          compilePipeline([doc({ $match: {} }), doc({ $set: { x: 1 } }), stage], context),
          docs,
          context,
        ),
      ]).toThrow(expect.objectContaining({ code: 292 }) as Error);
    }
  });

  test.each<[string, Value]>([
    ['$range', doc({ $range: [0, 2147483647] })],
    [
      '$concatArrays',
      doc({
        $reduce: {
          input: { $range: [0, 40] },
          initialValue: [1, 1],
          in: { $concatArrays: ['$$value', '$$value'] },
        },
      }),
    ],
    [
      '$concat',
      doc({
        $reduce: { input: { $range: [0, 40] }, initialValue: 'xx', in: { $concat: ['$$value', '$$value'] } },
      }),
    ],
  ])('%s refuses to build what is too large', (_name, expression) => {
    expect(() => run([doc({ _id: 1 })], [Doc.of({ $project: Doc.of({ x: expression }) })])).toThrow(
      expect.objectContaining({ code: 10334 }) as Error,
    );
  });
});

test('malformed pipelines are errors before anything is read', () => {
  expect(() => run([], [doc({ $project: { x: { $divide: [1, 0] } } })])).toThrow(/by zero/);
  expect(() => run([], [doc({ $match: { $foo: 1 } })])).toThrow(/unknown top level operator/);
  expect(() => run([], [doc({ $set: { x: '$$nope' } })])).toThrow(/undefined variable/);
});
