import { describe, expect, test } from 'vitest';
import { DateTime, Doc, encode, shellText, Timestamp, type Value } from '../../src/bson';
import { MongoError } from '../../src/errors';
import { compileFilter, createScope } from '../../src/query';
import { compileUpdate, prepareInsert, type Update } from '../../src/update';
import { doc } from '../doc';
import { randomDoc, randomScalar, randomValue, type Random } from '../random-values';
import { randomSource } from '../support';

const scope = createScope({ now: new DateTime(1000) });
const nextTimestamp = (): Timestamp => new Timestamp(7, 1);
const compile = (update: Doc | Value[], arrayFilters?: Doc[]): Update =>
  compileUpdate(update, { scope, arrayFilters, nextTimestamp });

const PATHS = ['a', 'b', 'c', 'a.b', 'a.0', 'b.c', 'c.1.a', 'a.$[]'] as const;

function randomUpdate(random: Random): Doc {
  const path = random.pick(PATHS);
  const operators: (() => Doc)[] = [
    () => Doc.of({ $set: Doc.of({ [path]: randomValue(random, 2) }) }),
    () => Doc.of({ $unset: Doc.of({ [path]: '' }) }),
    () => Doc.of({ $inc: Doc.of({ [path]: random.pick([1, 2n, 0.5]) }) }),
    () => Doc.of({ $min: Doc.of({ [path]: randomScalar(random) }) }),
    () =>
      Doc.of({ $push: Doc.of({ [path]: Doc.of({ $each: [randomScalar(random)], $slice: -3, $sort: 1 }) }) }),
    () => Doc.of({ $addToSet: Doc.of({ [path]: randomScalar(random) }) }),
    () => Doc.of({ $pull: Doc.of({ [path]: Doc.of({ $gte: 1 }) }) }),
    () => Doc.of({ $pop: Doc.of({ [path]: 1 }) }),
    () => Doc.of({ $rename: Doc.of({ b: 'z' }) }),
  ];
  return random.pick(operators)();
}

test('an update never changes the document it is given, and says truly whether it changed anything', () => {
  const random = randomSource(17);
  let applied = 0;
  for (let round = 0; round < 20_000; round++) {
    const before = Doc.of({
      _id: 1,
      ...Object.fromEntries(
        randomDoc(random)
          .entries()
          .filter(([key]) => /^[abc]$/.test(key)),
      ),
    });
    const bytes = encode(before);
    try {
      const { doc: after, modified } = compile(randomUpdate(random)).apply(before);
      applied++;
      if (!modified && !encode(after).equals(bytes)) expect.fail(shellText(before));
      expect(after.get('_id')).toBe(1);
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
    }
    if (!encode(before).equals(bytes)) expect.fail(`changed: ${shellText(before)}`);
  }
  expect(applied).toBeGreaterThan(8_000);
});

describe('order of changes', () => {
  test('new fields appear in the order of their names, numbers by value', () => {
    const { doc: after } = compile(doc({ $set: { 'a.10': 1, 'a.9': 1, z: 1, b: 1 } })).apply(
      doc({ _id: 1, a: {} }),
    );
    expect(shellText(after)).toBe('{ _id: 1, a: { 9: 1, 10: 1 }, b: 1, z: 1 }');
  });

  test.each<[string, Doc, number]>([
    ['the same path twice', doc({ $set: { a: 1 }, $inc: { a: 1 } }), 40],
    ['a path inside another', doc({ $set: { 'a.b': 1, a: 1 } }), 40],
    ['a field below a number', doc({ $set: { 'n.x': 1 } }), 28],
    ['$inc of text', doc({ $inc: { s: 1 } }), 14],
    ['$push to a number', doc({ $push: { n: 1 } }), 2],
    ['another _id', doc({ $set: { _id: 2 } }), 66],
    ['an unknown operator', doc({ $foo: { a: 1 } }), 9],
    ['an unknown clause of $push', doc({ $push: { l: { $each: [1], $foo: 1 } } }), 2],
    ['$pop by two', doc({ $pop: { l: 2 } }), 9],
    ['far beyond the end of an array', doc({ $set: { 'l.9999999': 1 } }), 34],
  ])('%s is refused with code %#', (_name, update, code) => {
    const target = doc({ _id: 1, a: { b: 1 }, n: 5, s: 'x', l: [1] });
    expect(() => compile(update).apply(target)).toThrow(expect.objectContaining({ code }) as MongoError);
  });
});

describe('array filters', () => {
  const target = doc({
    _id: 1,
    grades: [
      { g: 80, std: 1 },
      { g: 95, std: 2 },
      { g: 99, std: 3 },
    ],
  });

  test('select elements by name, several under one array', () => {
    const update = compile(doc({ $set: { 'grades.$[high].std': 0, 'grades.$[low].low': true } }), [
      doc({ 'high.g': { $gte: 95 } }),
      doc({ 'low.g': { $lt: 90 } }),
    ]);
    expect(shellText(update.apply(target).doc.get('grades'))).toBe(
      '[ { g: 80, std: 1, low: true }, { g: 95, std: 0 }, { g: 99, std: 0 } ]',
    );
  });

  test('a filter that is not used, and a name without filter, are errors', () => {
    expect(() => compile(doc({ $set: { a: 1 } }), [doc({ x: 1 })])).toThrow(/was not used/);
    expect(() => compile(doc({ $set: { 'a.$[x]': 1 } }))).toThrow(/No array filter found/);
  });

  test('the positional operator takes the position that the query found', () => {
    const filter = compileFilter(doc({ 'grades.g': 95 }), scope);
    const update = compile(doc({ $set: { 'grades.$.std': 9 } }));
    expect(update.usesPosition).toBe(true);
    const after = update.apply(target, filter.position(target)).doc;
    expect(shellText((after.get('grades') as Value[])[1])).toBe('{ g: 95, std: 9 }');
  });
});

describe('upserts', () => {
  const inserted = (filter: Doc, update: Doc | Value[]): string =>
    shellText(compile(update).insert(compileFilter(filter, scope), () => 'new'));

  test('take the equalities of the filter, _id first', () => {
    expect(inserted(doc({ b: 2, a: { $in: [1] }, c: { $gt: 1 } }), doc({ $set: { z: 1 } }))).toBe(
      '{ _id: "new", a: 1, b: 2, z: 1 }',
    );
    expect(inserted(doc({ _id: 5, a: 1 }), doc({ z: 1 }))).toBe('{ _id: 5, z: 1 }');
    expect(inserted(doc({ a: 1 }), [doc({ $set: { b: { $add: ['$a', 1] } } })])).toBe(
      '{ _id: "new", a: 1, b: 2 }',
    );
  });

  test('the same path twice is ambiguous', () => {
    expect(() => inserted(doc({ $and: [{ a: 1 }, { a: 2 }] }), doc({ $set: { z: 1 } }))).toThrow(
      /matched twice/,
    );
  });
});

test('an inserted document has its _id in front and its zero timestamps filled', () => {
  const prepared = prepareInsert(doc({ a: new Timestamp(0, 0), _id: 3 }), () => 'new', nextTimestamp);
  expect(shellText(prepared)).toBe('{ _id: 3, a: Timestamp(7, 1) }');
  const complete = doc({ _id: 3, a: 1 });
  expect(prepareInsert(complete, () => 'new', nextTimestamp)).toBe(complete);
});
