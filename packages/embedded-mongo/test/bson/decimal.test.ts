import { Decimal128 as Official } from 'bson';
import { describe, expect, test } from 'vitest';
import { Decimal128 } from '../../src/bson';
import {
  addNumbers,
  divideNumbers,
  multiplyNumbers,
  remainderOf,
  subtractNumbers,
} from '../../src/bson/arithmetic';
import * as functions from '../../src/bson/decimal-functions';
import type { Numeric } from '../../src/bson/types';

const decimal = (text: string): Decimal128 => Decimal128.parse(text)!;

test.each([
  '0',
  '-0',
  '1.50',
  '1E+3',
  '1E-7',
  '0.000001',
  '-12.34E-20',
  '9.999999999999999999999999999999999E+6144',
  '1E-6176',
  'NaN',
  'Infinity',
  '-Infinity',
])('%s has the text and the bytes that the official library gives it', (text) => {
  const bytes = Buffer.alloc(16);
  decimal(text).writeTo(bytes, 0);
  const official = Official.fromString(text);
  expect(bytes.equals(Buffer.from(official.bytes))).toBe(true);
  expect(decimal(text).toString()).toBe(official.toString());
  expect(Decimal128.fromBytes(bytes, 0).toString()).toBe(official.toString());
});

test.each<[string, (a: Numeric, b: Numeric) => Numeric | undefined, string, string, string]>([
  ['+', addNumbers, '1.5', '2.25', '3.75'],
  ['+', addNumbers, '1E+34', '1', '1.000000000000000000000000000000000E+34'],
  ['+', addNumbers, '0E+3', '1.20', '1.20'],
  ['-', subtractNumbers, '1', '1.00', '0.00'],
  ['×', multiplyNumbers, '1.20', '3', '3.60'],
  ['÷', divideNumbers, '1', '3', '0.3333333333333333333333333333333333'],
  ['÷', divideNumbers, '6', '3', '2'],
  ['÷', divideNumbers, '1', '0', 'Infinity'],
  ['mod', remainderOf, '-7', '3', '-1'],
  ['mod', remainderOf, '7.5', '2', '1.5'],
])('%s of two decimals rounds to 34 digits and keeps the better exponent', (_name, apply, a, b, result) => {
  expect((apply(decimal(a), decimal(b)) as Decimal128).toString()).toBe(result);
});

describe('types of results', () => {
  test('int32 overflows to int64, and int64 has no result', () => {
    expect(addNumbers(2147483647, 1)).toBe(2147483648n);
    expect(multiplyNumbers(2147483647, 2147483647)).toBe(4611686014132420609n);
    expect(addNumbers((1n << 63n) - 1n, 1)).toBeUndefined();
  });

  test('doubles meet decimals with 15 digits', () => {
    expect((addNumbers(0.1, decimal('0')) as Decimal128).toString()).toBe('0.100000000000000');
  });
});

test.each<[string, string, string, (value: Decimal128) => Decimal128]>([
  ['exp', '1', '2.718281828459045235360287471352662', functions.decimalExp],
  ['ln', '10', '2.302585092994045684017991454684364', functions.decimalLn],
  ['log10', '1000', '3.000000000000000000000000000000000', functions.decimalLog10],
  ['sqrt', '2', '1.414213562373095048801688724209698', functions.decimalSqrt],
  ['sin', '1', '0.8414709848078965066525023216302990', functions.decimalSin],
  ['sin', '1E+30', '-0.09011690191213805803038642895298733', functions.decimalSin],
  ['atan', '1', '0.7853981633974483096156608458198757', functions.decimalAtan],
  ['asin', '0.5', '0.5235987755982988730771072305465838', functions.decimalAsin],
  ['tanh', '0.5', '0.4621171572600097585023184836436725', functions.tanh],
])('%s of %s is %s but for the last digits', (_name, argument, result, apply) => {
  expect(apply(decimal(argument)).toString().slice(0, -2)).toBe(result.slice(0, -2));
});
