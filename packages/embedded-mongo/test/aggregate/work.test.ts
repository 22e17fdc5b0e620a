import { afterEach, describe, expect, test } from 'vitest';
import { compileExpression, createScope } from '../../src/aggregate/expression';
import { compileGroupAccumulator } from '../../src/aggregate/group-accumulator';
import { Budget } from '../../src/aggregate';
import {
  approximateSize,
  compareValues,
  DateTime,
  encode,
  hashValue,
  Regex,
  type Doc,
  type Value,
} from '../../src/bson';
import { compileFilter } from '../../src/query';
import { beginStretch, endStretch, step } from '../../src/work';
import { doc } from '../doc';

const newScope = () => createScope({ now: new DateTime(0) });
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** The code an operation fails with; undefined: it succeeds. */
function codeOf(work: () => unknown): number | undefined {
  try {
    work();
  } catch (error) {
    return (error as { code: number }).code;
  }
  return undefined;
}

function evaluate(expression: Value, on: Doc = doc({})): Value | undefined {
  const scope = newScope();
  return scope.evaluate(compileExpression(expression, scope), on);
}

afterEach(() => endStretch());

describe('a deadline that has passed ends', () => {
  const long = doc({ a: numbers(40_000), b: numbers(40_000), s: 'word '.repeat(60_000) });
  const expressions: Record<string, Value> = {
    $map: doc({ $map: { input: '$a', in: '$$this' } }),
    $filter: doc({ $filter: { input: '$a', cond: false } }),
    $reduce: doc({ $reduce: { input: '$a', initialValue: 0, in: '$$this' } }),
    $zip: doc({ $zip: { inputs: ['$a', '$b'] } }),
    $range: doc({ $range: [0, 100_000] }),
    $concatArrays: doc({ $concatArrays: ['$a', '$b'] }),
    $in: doc({ $in: [-1, '$a'] }),
    $indexOfArray: doc({ $indexOfArray: ['$a', -1] }),
    $setUnion: doc({ $setUnion: ['$a', '$b'] }),
    $setIsSubset: doc({ $setIsSubset: ['$a', '$b'] }),
    $sortArray: doc({ $sortArray: { input: '$a', sortBy: -1 } }),
    $reverseArray: doc({ $reverseArray: '$a' }),
    $eq: doc({ $eq: ['$a', '$b'] }),
    $sum: doc({ $sum: '$a' }),
    $toUpper: doc({ $toUpper: '$s' }),
  };
  test.each(Object.entries(expressions))('%s', (_, expression) => {
    const scope = newScope();
    const compiled = compileExpression(expression, scope);
    // Twice, since less than a look at the clock may be left over.
    const work = () => numbers(2).map(() => scope.evaluate(compiled, long));
    expect(codeOf(work)).toBe(undefined);
    beginStretch({ deadlineMs: performance.now() - 1 });
    if (constantIsFolded(expression as Doc)) {
      expect(codeOf(() => compileExpression(expression as Doc, newScope()))).toBe(50);
    } else expect(codeOf(work)).toBe(50);
  });
  const constantIsFolded = (expression: Doc): boolean => expression.keys[0] === '$range';

  const filters: Record<string, Doc> = {
    'a regular expression for each of very many': doc({
      a: { $in: numbers(3000).map((i) => new Regex(`^x${i}`, '')) },
      s: 1,
    }),
    'a value that must be found in a long array': doc({ a: -1 }),
    'conditions on each element': doc({ a: { $elemMatch: { $gt: 50_000, $lt: 0 } } }),
    'very many conditions': doc({ a: { $all: numbers(20_000) } }),
  };
  test.each(Object.entries(filters))('%s', (_, source) => {
    const filter = compileFilter(source, newScope());
    beginStretch({ deadlineMs: performance.now() - 1 });
    expect(codeOf(() => numbers(4).map(() => filter.matches(doc({ a: numbers(20_000) }))))).toBe(50);
  });
});

test('what cannot be interrupted has a limit of its own', () => {
  const twice = doc({ $map: { input: '$a', in: { $sum: { $map: { input: '$a', in: '$$this' } } } } });
  const on = doc({ a: numbers(100) });
  beginStretch({ longestMs: 60_000 });
  expect(codeOf(() => evaluate(twice, on))).toBe(undefined);
  beginStretch({ longestMs: 0 });
  expect(codeOf(() => evaluate(twice, on))).toBe(96);
});

test('documents that take much work are told to the budget, which then looks at the clock', () => {
  const budget = new Budget({ sliceMs: 0 });
  expect(budget.tick()).toBe(false);
  step(2000);
  expect(budget.tick()).toBe(true);
});

test('all matches of a long text are found in one pass', () => {
  const words = 60_000;
  const found = doc({ $regexFindAll: { input: '$s', regex: '\\w+' } });
  const all = evaluate(found, doc({ s: '𝄞 word '.repeat(words) })) as Doc[];
  expect(all).toHaveLength(words);
  expect(all.at(-1)).toEqual(doc({ match: 'word', idx: 7 * words - 5, captures: [] }));
});

describe('memory', () => {
  const doubling = (initialValue: Value, body: Value, times: number): Doc =>
    doc({ $reduce: { input: { $range: [0, times] }, initialValue, in: body } });

  test('that the expressions of one document would need is bounded', () => {
    const bombs: Record<string, Value> = {
      longer: doubling([0], doc({ $concatArrays: ['$$value', '$$value'] }), 30),
      kept: doc({ $map: { input: { $range: [0, 20_000] }, in: { $concatArrays: ['$a', '$a'] } } }),
      zipped: doc({ $zip: { inputs: numbers(2000).map(() => '$a') } }),
      written: numbers(500).map(() => doc({ $range: [0, 100_000] })),
      replaced: doc({ $replaceAll: { input: '$s', find: 'x', replacement: '$s' } }),
    };
    const on = doc({ a: numbers(20_000), s: 'x'.repeat(20_000) });
    beginStretch({ longestMs: 60_000 });
    const codes = Object.entries(bombs).map(([name, bomb]) => [name, codeOf(() => evaluate(bomb, on))]);
    expect(Object.fromEntries(codes)).toEqual(
      Object.fromEntries(Object.keys(bombs).map((name) => [name, 10334])),
    );
  });

  test('that is let go again does not count', () => {
    // 20 × 8 MB are made, 8 MB are kept.
    const renewed = doc({
      $size: {
        $reduce: {
          input: { $range: [0, 20] },
          initialValue: [],
          in: { $reverseArray: '$a' },
        },
      },
    });
    const searched = doc({
      $filter: { input: { $range: [0, 20] }, cond: { $reverseArray: '$a' } },
    });
    const on = doc({ a: numbers(1_000_000) });
    beginStretch({ longestMs: 60_000 });
    expect(evaluate(renewed, on)).toBe(1_000_000);
    expect(evaluate(searched, on)).toHaveLength(20);
  });

  test('is not taken by a value that is small here and unfolds without end', () => {
    const value = evaluate(doubling(doc({ a: 1 }), doc({ a: '$$value', b: '$$value' }), 60))!;
    expect(approximateSize(value, 1000)).toBeGreaterThan(1000);
    expect(codeOf(() => encode(doc({ value }), 100_000))).toBe(10334);
    const name = 'n'.repeat(1000);
    const named = evaluate(doubling(0, doc({ [name]: '$$value', b: '$$value' }), 60));
    expect(codeOf(() => hashValue(named))).toBe(10334);
    const other = evaluate(doubling(doc({ a: 1 }), doc({ a: '$$value', b: '$$value' }), 60));
    beginStretch({ longestMs: 0 });
    expect(codeOf(() => compareValues(value, other))).toBe(96);
  });

  test('is told by every accumulator that keeps a value', () => {
    for (const name of ['$first', '$last', '$min', '$max', '$push', '$addToSet', '$mergeObjects']) {
      const scope = newScope();
      const accumulator = compileGroupAccumulator(name, '$d', scope).create();
      scope.frame[0] = scope.frame[1] = doc({ d: { text: 'x'.repeat(5000) } });
      expect([name, accumulator.add(scope.frame) >= 5000]).toEqual([name, true]);
    }
  });
});
