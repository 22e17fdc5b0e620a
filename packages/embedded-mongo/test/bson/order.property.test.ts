import { expect, test } from 'vitest';
import {
  compareValues,
  encodeKey,
  equalValues,
  hashValue,
  shellText,
  successor,
  type Direction,
  type Value,
} from '../../src/bson';
import { randomSource } from '../support';
import { randomValue } from '../random-values';

const SEED = 20261118;
const random = randomSource(SEED);
const values: Value[] = Array.from({ length: 700 }, () => randomValue(random));

const sign = (order: number): number => Math.sign(order);
const pair = (a: Value, b: Value): string => `${shellText(a)} and ${shellText(b)}`;

test('the bytes of keys sort as the values do, ascending and descending', () => {
  for (const direction of [1, -1] as const) {
    const keys = values.map((value) => encodeKey([value], [direction]));
    for (let i = 0; i < values.length; i++) {
      for (let j = 0; j < values.length; j++) {
        const order = compareValues(values[i], values[j]) * direction;
        if (sign(Buffer.compare(keys[i]!, keys[j]!)) !== sign(order))
          expect.fail(pair(values[i]!, values[j]!));
      }
    }
  }
});

test('values have the same hash exactly when they are equal', () => {
  const hashes = values.map((value) => hashValue(value));
  for (let i = 0; i < values.length; i++) {
    for (let j = 0; j < values.length; j++) {
      if ((hashes[i] === hashes[j]) !== equalValues(values[i], values[j]))
        expect.fail(pair(values[i]!, values[j]!));
    }
  }
});

test('the order is total: what sorting by it gives is sorted pairwise', () => {
  const sorted = values.slice().sort(compareValues);
  for (let i = 0; i < sorted.length; i++) {
    for (let j = i + 1; j < sorted.length; j++) {
      if (compareValues(sorted[i], sorted[j]) > 0) expect.fail(pair(sorted[i]!, sorted[j]!));
    }
  }
});

test('compound keys sort component by component', () => {
  const directions: Direction[] = [1, -1, 1];
  const tuples = Array.from({ length: 400 }, () => directions.map(() => randomValue(random)));
  const keys = tuples.map((tuple) => encodeKey(tuple, directions));
  for (let i = 0; i < tuples.length; i++) {
    const j = random.below(tuples.length);
    const differing = directions.findIndex((_, at) => compareValues(tuples[i]![at], tuples[j]![at]) !== 0);
    const order =
      differing < 0
        ? 0
        : compareValues(tuples[i]![differing], tuples[j]![differing]) * directions[differing]!;
    expect(sign(Buffer.compare(keys[i]!, keys[j]!))).toBe(sign(order));
  }
});

test('no key is a prefix of another, and the successor bounds exactly the keys with a prefix', () => {
  const keys = values.map((value) => encodeKey([value], [1]));
  for (const [i, key] of keys.entries()) {
    const end = successor(key);
    for (const [j, other] of keys.entries()) {
      const within = Buffer.compare(other, key) >= 0 && (end === null || Buffer.compare(other, end) < 0);
      if (within !== equalValues(values[i], values[j])) expect.fail(pair(values[i]!, values[j]!));
    }
  }
});

test('numbers are compared exactly across their types', () => {
  expect(equalValues(1, 1n)).toBe(true);
  expect(equalValues(9007199254740993n, 9007199254740992)).toBe(false);
  expect(compareValues(NaN, -Infinity)).toBe(-1);
  expect(compareValues('😀', '～')).toBe(1);
});
