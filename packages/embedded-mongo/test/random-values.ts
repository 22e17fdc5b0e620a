import {
  Binary,
  BsonSymbol,
  Code,
  CodeWithScope,
  DateTime,
  DbPointer,
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
} from '../src/bson';
import type { randomSource } from './support';

export type Random = ReturnType<typeof randomSource>;

const NAMES = ['a', 'b', 'c', '0', '10', '2', '__proto__', 'constructor', '', 'é', '中', '$x'] as const;
const TEXTS = ['', 'a', 'ab', 'b', 'A', 'a\0b', 'a\0', 'é', '中文', '😀', '～', 'x'.repeat(40)] as const;
const LONG_EDGE = (1n << 63n) - 1n;
const NUMBERS: readonly Value[] = [
  0,
  1,
  -1,
  5,
  2147483647,
  -2147483648,
  new Double(0),
  new Double(1),
  new Double(-7),
  -0,
  0.1,
  -0.1,
  1.5,
  NaN,
  Infinity,
  -Infinity,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  Number.MIN_VALUE,
  Number.MAX_VALUE,
  0n,
  1n,
  -7n,
  9007199254740992n,
  9007199254740993n,
  LONG_EDGE,
  -LONG_EDGE - 1n,
  ...[
    '0',
    '-0',
    '1',
    '1.0',
    '1.5',
    '0.1',
    '-0.1',
    '9007199254740993',
    '9223372036854775807.5',
    '1E+400',
    '-1E+400',
    '1E-6176',
    '9.999999999999999999999999999999999E+6144',
    'NaN',
    'Infinity',
    '-Infinity',
  ].map((text) => Decimal128.parse(text)!),
];

/** A value of every BSON type that is no document and no array, at the edges more often than not. */
export function randomScalar(random: Random): Value {
  const makers: (() => Value)[] = [
    () => random.pick(NUMBERS),
    () => random.pick(NUMBERS),
    () => random.pick(TEXTS),
    () => random.pick(TEXTS),
    () => null,
    () => random.below(2) === 0,
    () => new DateTime(random.pick([0, -1, 1767225600000, -62135596800000, 8.64e15])),
    () =>
      new ObjectId(
        random
          .below(2 ** 32)
          .toString(16)
          .padStart(24, '0'),
      ),
    () => new Binary(Buffer.from(random.pick(['', 'a', 'ab', '\0', 'ÿ'])), random.pick([0, 2, 4, 128])),
    () => new Timestamp(random.below(3), random.below(3)),
    () => new Regex(random.pick(['^a', 'b']), random.pick(['', 'i'])),
    () => new Code(random.pick(TEXTS)),
    () => new CodeWithScope(random.pick(TEXTS), Doc.of({ a: random.below(3) })),
    () => new BsonSymbol(random.pick(TEXTS)),
    () => new DbPointer('db.c', new ObjectId('0'.repeat(24))),
    () => MIN_KEY,
    () => MAX_KEY,
    () => UNDEFINED,
  ];
  return random.pick(makers)();
}

export function randomValue(random: Random, depth = 0): Value {
  const dice = random.next();
  if (depth < 3 && dice < 0.15)
    return Array.from({ length: random.below(4) }, () => randomValue(random, depth + 1));
  if (depth < 3 && dice < 0.3) return randomDoc(random, depth + 1);
  return randomScalar(random);
}

export function randomDoc(random: Random, depth = 0): Doc {
  const doc = new Doc();
  for (let i = random.below(5); i > 0; i--) doc.set(random.pick(NAMES), randomValue(random, depth + 1));
  return doc;
}
