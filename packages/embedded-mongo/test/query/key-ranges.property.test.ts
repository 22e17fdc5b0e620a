import { expect, test } from 'vitest';
import { DateTime, Doc, encodeKey, shellText, UNDEFINED, type Value } from '../../src/bson';
import {
  compileFilter,
  compileKeyPattern,
  createScope,
  implies,
  invertRanges,
  keyRanges,
  matchesMissing,
  type KeyRange,
  type MatchNode,
} from '../../src/query';
import { randomScalar, randomValue, type Random } from '../random-values';
import { randomSource } from '../support';

const scope = createScope({ now: new DateTime(0) });
const OPERATORS = [
  '$eq',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$type',
  '$size',
  '$mod',
  '$bitsAnySet',
  '$regex',
  '$exists',
  '$elemMatch',
] as const;

function condition(random: Random): Doc {
  const operator = random.pick(OPERATORS);
  switch (operator) {
    case '$in':
      return Doc.of({ $in: Array.from({ length: random.below(4) }, () => randomScalar(random)) });
    case '$type':
      return Doc.of({
        $type: random.pick(['number', 'string', 'null', 'object', 'bool', 'date', 'binData', 'undefined']),
      });
    case '$size':
      return Doc.of({ $size: random.below(3) });
    case '$mod':
      return Doc.of({ $mod: [2, random.below(2)] });
    case '$bitsAnySet':
      return Doc.of({ $bitsAnySet: 5 });
    case '$regex':
      return Doc.of({ $regex: random.pick(['^a', '^ab?', 'b$', '^é', '^a|x']) });
    case '$exists':
      return Doc.of({ $exists: random.below(2) === 0 });
    case '$elemMatch':
      return Doc.of({ $elemMatch: Doc.of({ $gte: randomScalar(random), $lt: randomScalar(random) }) });
    default:
      return Doc.of({ [operator]: randomValue(random, 2) });
  }
}

/** A condition on `a`, or undefined when the random operand is one that MongoDB refuses. */
function randomNode(random: Random): { node: MatchNode; matches(doc: Doc): boolean } | undefined {
  try {
    return compileFilter(Doc.of({ a: condition(random) }), scope);
  } catch {
    return undefined;
  }
}

const within = (key: Buffer, ranges: KeyRange[]): boolean =>
  ranges.some(
    ({ from, to }) => Buffer.compare(key, from) >= 0 && (to === null || Buffer.compare(key, to) < 0),
  );

test('a document that matches has a key within the ranges of its condition, ascending and descending', () => {
  const random = randomSource(11);
  const patterns = [compileKeyPattern(Doc.of({ a: 1 })), compileKeyPattern(Doc.of({ a: -1 }))];
  let bounded = 0;
  for (let round = 0; round < 40_000; round++) {
    const filter = randomNode(random);
    const ranges = filter === undefined ? null : keyRanges(filter.node);
    if (filter === undefined || ranges === null) continue;
    const value = random.next() < 0.1 ? undefined : randomValue(random);
    const doc = Doc.of({ a: value });
    if (!filter.matches(doc)) continue;
    bounded++;
    for (const pattern of patterns) {
      const own = pattern.directions[0] === 1 ? ranges : invertRanges(ranges);
      const keys = pattern.extract(doc).tuples.map((tuple) => pattern.encode(tuple));
      if (!keys.some((key) => within(key, own)))
        expect.fail(`${shellText(doc)} for ${JSON.stringify(filter.node, String)}`);
    }
  }
  expect(bounded).toBeGreaterThan(1_500);
});

test('the range of one value begins with its exact key, ascending and descending', () => {
  const random = randomSource(17);
  let points = 0;
  for (let round = 0; round < 20_000; round++) {
    const value = randomScalar(random);
    if (value === UNDEFINED) continue; // is no operand
    const { node } = compileFilter(Doc.of({ a: Doc.of({ $eq: value }) }), scope);
    const ranges = keyRanges(node);
    if (ranges?.length !== 1 || !ranges[0]!.point) continue; // null also finds what is undefined
    points++;
    for (const direction of [1, -1] as const) {
      const own = direction === 1 ? ranges : invertRanges(ranges);
      const key = encodeKey([value], [direction]);
      if (!own[0]!.from.equals(key)) expect.fail(`${shellText(value)} ${direction}`);
    }
  }
  expect(points).toBeGreaterThan(10_000);
});

test('what one condition implies, its documents fulfil', () => {
  const random = randomSource(13);
  let implied = 0;
  for (let round = 0; round < 60_000; round++) {
    const filter = randomNode(random);
    const partial = randomNode(random);
    if (filter === undefined || partial === undefined || !implies(filter.node, partial.node)) continue;
    const doc = Doc.of({ a: random.next() < 0.1 ? undefined : randomValue(random) });
    if (!filter.matches(doc)) continue;
    implied++;
    if (!partial.matches(doc)) expect.fail(shellText(doc));
  }
  expect(implied).toBeGreaterThan(200);
});

test.each<[Value, Value, boolean]>([
  [Doc.of({ $gt: 5 }), Doc.of({ $gt: 3 }), true],
  [Doc.of({ $gt: 'd' }), Doc.of({ $gt: 1 }), false],
  [null, Doc.of({ $exists: true }), false],
  [Doc.of({ $eq: 1 }), Doc.of({ $exists: true }), true],
  [Doc.of({ $in: ['a', 'b'] }), Doc.of({ $type: 'string' }), true],
  [Doc.of({ $lt: 3 }), Doc.of({ $lte: 3 }), true],
  [Doc.of({ $lte: 3 }), Doc.of({ $lt: 3 }), false],
])('whether %o implies %o is %s', (filter, partial, result) => {
  const node = (value: Value): MatchNode => compileFilter(Doc.of({ a: value }), scope).node;
  expect(implies(node(filter), node(partial))).toBe(result);
});

test('conditions that accept a missing field say so', () => {
  const accepts = (value: Value): boolean => matchesMissing(compileFilter(Doc.of({ a: value }), scope).node);
  expect(accepts(null)).toBe(true);
  expect(accepts(Doc.of({ $ne: 1 }))).toBe(true);
  expect(accepts(Doc.of({ $exists: false }))).toBe(true);
  expect(accepts(Doc.of({ $gt: 1 }))).toBe(false);
});
