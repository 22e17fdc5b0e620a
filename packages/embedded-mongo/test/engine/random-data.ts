import {
  DateTime,
  Decimal128,
  Doc,
  Double,
  MAX_KEY,
  MIN_KEY,
  ObjectId,
  Regex,
  Timestamp,
  UNDEFINED,
  type Value,
} from '../../src/bson';
import type { randomSource } from '../support';

type Random = ReturnType<typeof randomSource>;

const PATHS = ['a', 'b', 'c', 'a.b', 'a.c', 'b.b', 'a.0'] as const;

/** Few values of many types, so that conditions often meet. */
function scalar(random: Random): Value {
  const makers: (() => Value)[] = [
    () => random.below(5),
    () => random.below(5) + 0.5,
    () => new Double(random.below(5)),
    () => BigInt(random.below(5)),
    () => Decimal128.parse(String(random.below(5))) ?? 0,
    () => 'abcde'.charAt(random.below(5)),
    () => 'abc'.slice(0, random.below(4)),
    () => null,
    () => random.below(2) === 0,
    () => new DateTime(random.below(4) * 1000),
    () => new ObjectId(`00000000000000000000000${random.below(4)}`),
    () => -random.below(3),
    () => NaN,
    () => Infinity,
    () => Doc.of({ x: random.below(3) }),
    () => new Doc(),
    () => UNDEFINED,
    () => MIN_KEY,
    () => MAX_KEY,
    () => new Timestamp(random.below(3), 1),
    () => new Regex('^a', ''),
  ];
  return random.pick(makers)();
}

function value(random: Random, arrays: boolean, depth = 0): Value {
  const dice = random.next();
  if (dice < 0.22 && depth < 2 && arrays)
    return Array.from({ length: random.below(4) }, () => value(random, arrays, depth + 1));
  if (dice < 0.34 && depth < 2) {
    return Doc.of({
      b: value(random, arrays, depth + 1),
      c: random.next() < 0.7 ? value(random, arrays, depth + 1) : undefined,
    });
  }
  return scalar(random);
}

/** With `arrays` false no index becomes multikey, so that indexes can sort. */
export function randomDocument(random: Random, id: number, arrays: boolean): Doc {
  const doc = Doc.of({ _id: id });
  for (const key of ['a', 'b', 'c']) if (random.next() < 0.8) doc.set(key, value(random, arrays));
  return doc;
}

function operand(random: Random): Value {
  return random.next() < 0.15 ? [scalar(random)] : scalar(random);
}

/** An operand that is no regular expression: those are refused by the comparison operators. */
function comparable(random: Random): Value {
  for (;;) {
    const one = operand(random);
    if (!(one instanceof Regex) && one !== UNDEFINED) return one;
  }
}

/**
 * Without null and without the ends of the order: for `{ $lte: null }` a sparse index and a scan disagree, for
 * `{ $lte: MaxKey }` any index and a scan, as they do in MongoDB.
 */
function bound(random: Random): Value {
  for (;;) {
    const one = comparable(random);
    if (one !== null && one !== MIN_KEY && one !== MAX_KEY) return one;
  }
}

function condition(random: Random): Value {
  const name = random.pick([
    'literal',
    '$eq',
    '$eq',
    '$gt',
    '$gte',
    '$lt',
    '$lte',
    '$in',
    '$ne',
    '$nin',
    '$exists',
    '$regex',
    '$type',
    '$size',
    '$elemMatch',
    '$elemMatchObject',
    '$not',
    'range',
    '$all',
  ]);
  const list = (): Value[] => Array.from({ length: 1 + random.below(4) }, () => comparable(random));
  switch (name) {
    case 'literal':
      return comparable(random);
    case '$in':
    case '$nin':
    case '$all':
      return Doc.of({ [name]: list() });
    case '$exists':
      return Doc.of({ $exists: random.next() < 0.5 });
    case '$regex':
      return Doc.of({
        $regex: random.pick(['^a', '^ab', 'b', '^', '^a.*c', '^(a|b)', '^a?', '^a*b', '^a|^b', '^\\x61']),
      });
    case '$type':
      return Doc.of({ $type: random.pick(['string', 'number', 'null', 'array', 'object', 'date', 'bool']) });
    case '$size':
      return Doc.of({ $size: random.below(3) });
    case '$elemMatch':
      return Doc.of({
        $elemMatch: Doc.of({
          [random.pick(['$gt', '$eq', '$lt'])]: comparable(random),
          $lte: comparable(random),
        }),
      });
    case '$elemMatchObject':
      return Doc.of({
        $elemMatch: Doc.of({ b: comparable(random), c: Doc.of({ $gte: comparable(random) }) }),
      });
    case '$not':
      return Doc.of({ $not: Doc.of({ [random.pick(['$gt', '$eq', '$lt'])]: comparable(random) }) });
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return Doc.of({ [name]: bound(random) });
    case 'range':
      return Doc.of({
        [random.pick(['$gt', '$gte'])]: bound(random),
        [random.pick(['$lt', '$lte'])]: bound(random),
      });
    default:
      return Doc.of({ [name]: comparable(random) });
  }
}

export function randomFilter(random: Random, depth = 0): Doc {
  const filter = new Doc();
  for (let n = random.below(3); n >= 0; n--) filter.set(random.pick(PATHS), condition(random));
  for (const name of ['$or', '$and', '$nor']) {
    if (depth < 1 && random.next() < 0.12)
      filter.set(name, [randomFilter(random, 1), randomFilter(random, 1)]);
  }
  return filter;
}

export function randomSort(random: Random): Doc | undefined {
  if (random.next() < 0.55) return undefined;
  const sort = new Doc();
  for (let n = random.below(2); n >= 0; n--) sort.set(random.pick(PATHS), random.pick([1, -1]));
  return sort;
}

const KEYS: readonly Record<string, number>[] = [
  { a: 1 },
  { b: -1 },
  { a: 1, b: 1 },
  { a: 1, b: -1 },
  { 'a.b': 1 },
  { 'a.b': 1, c: -1 },
  { c: 1, a: 1 },
  { 'a.b': 1, 'a.c': 1 },
  { c: 1, b: 1, a: -1 },
  { 'a.0': 1 },
];

const PARTIAL = [
  Doc.of({ a: Doc.of({ $gt: 1 }) }),
  Doc.of({ b: Doc.of({ $exists: true }) }),
  Doc.of({ c: 'a' }),
  Doc.of({ a: Doc.of({ $type: 'string' }) }),
];

/** Index definitions of one random collection. */
export function randomIndexes(random: Random): Doc[] {
  return KEYS.filter(() => random.next() < 0.5).map((key) => {
    const spec = Doc.of({ v: 2, key: Doc.from(Object.entries(key)), name: JSON.stringify(key) });
    const dice = random.next();
    if (dice < 0.15) spec.set('sparse', true);
    else if (dice < 0.3) spec.set('partialFilterExpression', random.pick(PARTIAL));
    return spec;
  });
}
