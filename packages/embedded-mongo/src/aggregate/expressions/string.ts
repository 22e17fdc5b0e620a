import { ErrorCode, fail } from '../../errors';
import { isNullish, isNumber, shellText, toNumber, typeName, compareStrings, type Value } from '../../bson';
import {
  binary,
  computed,
  namedOperands,
  unary,
  variadic,
  type OperatorCompiler,
} from '../expression-context';
import { coerceToText } from './text-of';

type Argument = Value | undefined;

const LARGEST_TEXT = 16 * 1024 * 1024;

const upper = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

function concat(values: Argument[]): Value {
  let text = '';
  for (const value of values) {
    if (isNullish(value)) return null;
    if (typeof value !== 'string') fail(16702, `$concat only supports strings, not ${typeName(value)}`);
    text += value;
    if (text.length > LARGEST_TEXT)
      fail(ErrorCode.BSONObjectTooLarge, '$concat would produce a string that is too large');
  }
  return text;
}

function split(text: Argument, separator: Argument): Value {
  if (isNullish(text) || isNullish(separator)) return null;
  if (typeof text !== 'string')
    fail(
      40085,
      `$split requires an expression that evaluates to a string as a first argument, found: ${typeName(text)}`,
    );
  if (typeof separator !== 'string')
    fail(
      40086,
      `$split requires an expression that evaluates to a string as a second argument, found: ${typeName(separator)}`,
    );
  if (separator === '') fail(40087, '$split requires a non-empty separator');
  return text.split(separator);
}

/** White space that `$trim` removes unless told otherwise. */
const WHITE_SPACE = new Set(
  '\0\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a',
);

function trim(atStart: boolean, atEnd: boolean): OperatorCompiler {
  return (operand, context) => {
    const { operator } = context;
    const { input, chars } = namedOperands(
      operand,
      context,
      { required: ['input'], optional: ['chars'] },
      { shape: 50696, unknown: 50694, missing: 50695 },
    );
    return computed(chars === undefined ? [input] : [input, chars], (frame) => {
      const text = input(frame);
      if (isNullish(text)) return null;
      if (typeof text !== 'string')
        return fail(
          50699,
          `${operator} requires its input to be a string, got ${shellText(text)} (of type ${typeName(text)}) instead.`,
        );
      if (chars === undefined) return trimmed(text, WHITE_SPACE, atStart, atEnd);
      const set = chars(frame);
      if (isNullish(set)) return null;
      if (typeof set !== 'string')
        return fail(
          50700,
          `${operator} requires 'chars' to be a string, got ${shellText(set)} (of type ${typeName(set)}) instead.`,
        );
      return trimmed(text, new Set(set), atStart, atEnd);
    });
  };
}

function trimmed(text: string, set: ReadonlySet<string>, atStart: boolean, atEnd: boolean): string {
  const chars = [...text];
  let start = 0;
  let end = chars.length;
  if (atStart) while (start < end && set.has(chars[start]!)) start++;
  if (atEnd) while (end > start && set.has(chars[end - 1]!)) end--;
  return chars.slice(start, end).join('');
}

/** A position or length of an index operator: a number cut to an integer. */
function bound(value: Argument, operator: string, what: string, code: number): number {
  if (!isNumber(value))
    return fail(
      code,
      `${operator} requires an integral ${what}, found a value of type: ${typeName(value)}, with value: "${shellText(value)}"`,
    );
  const number = toNumber(value);
  if (!Number.isInteger(number))
    fail(code, `${operator} requires an integral ${what}, found a value of type: ${typeName(value)}`);
  if (number < 0) fail(40097, `${operator} requires a nonnegative ${what}, found: ${number}`);
  return number;
}

/** Where a text occurs in another, in units of `measure`; -1 if nowhere between the bounds. */
function indexOf(
  codes: { text: number; part: number },
  search: (text: string, part: string, start: number, end: number) => number,
): OperatorCompiler {
  return variadic(
    (values, operator) => {
      const [text, part, start, end] = values;
      if (isNullish(text)) return null;
      if (typeof text !== 'string')
        return fail(
          codes.text,
          `${operator} requires a string as the first argument, found: ${typeName(text)}`,
        );
      if (typeof part !== 'string')
        return fail(
          codes.part,
          `${operator} requires a string as the second argument, found: ${typeName(part)}`,
        );
      const from = values.length > 2 ? bound(start, operator, 'starting index', 40096) : 0;
      const to = values.length > 3 ? bound(end, operator, 'ending index', 40096) : Infinity;
      return search(text, part, from, to);
    },
    2,
    4,
  );
}

function indexOfBytes(text: string, part: string, start: number, end: number): number {
  const bytes = Buffer.from(text);
  const wanted = Buffer.from(part);
  const limit = Math.min(end, bytes.length);
  if (start > limit) return -1;
  return bytes.subarray(0, limit).indexOf(wanted, start);
}

function indexOfCodePoints(text: string, part: string, start: number, end: number): number {
  const chars = [...text];
  const limit = Math.min(end, chars.length);
  if (start > limit) return -1;
  const within = chars.slice(start, limit).join('');
  const at = within.indexOf(part);
  return at < 0 ? -1 : start + [...within.slice(0, at)].length;
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

function substringBytes(value: Argument, start: Argument, length: Argument, operator: string): Value {
  const bytes = Buffer.from(coerceToText(value));
  if (!isNumber(start))
    fail(16034, `${operator}:  starting index must be a numeric type (is BSON type ${typeName(start)})`);
  if (!isNumber(length))
    fail(16035, `${operator}:  length must be a numeric type (is BSON type ${typeName(length)})`);
  const from = Math.trunc(toNumber(start));
  if (from < 0) fail(50752, `${operator}:  starting index must be non-negative (got: ${from})`);
  const count = Math.trunc(toNumber(length));
  const to = count < 0 ? bytes.length : Math.min(bytes.length, from + count);
  if (isContinuation(bytes[from]))
    fail(28656, `${operator}:  Invalid range, starting index is a UTF-8 continuation byte.`);
  if (from + count < bytes.length && isContinuation(bytes[to]))
    fail(28657, `${operator}:  Invalid range, ending index is in the middle of a UTF-8 character.`);
  return from >= bytes.length ? '' : bytes.toString('utf8', from, to);
}

function substringCodePoints(value: Argument, start: Argument, length: Argument, operator: string): Value {
  const text = coerceToText(value);
  if (!isNumber(start))
    fail(34450, `${operator}: starting index must be a numeric type (is BSON type ${typeName(start)})`);
  const from = toNumber(start);
  if (!Number.isInteger(from))
    fail(34451, `${operator}: starting index cannot be represented as a 32-bit integral value: ${from}`);
  if (!isNumber(length))
    fail(34452, `${operator}: length must be a numeric type (is BSON type ${typeName(length)})`);
  const count = toNumber(length);
  if (!Number.isInteger(count))
    fail(34453, `${operator}: length cannot be represented as a 32-bit integral value: ${count}`);
  if (count < 0) fail(34454, `${operator}: length must be a nonnegative integer.`);
  if (from < 0) fail(34455, `${operator}: the starting index must be nonnegative integer.`);
  return [...text].slice(from, from + count).join('');
}

function substring(
  apply: (value: Argument, start: Argument, length: Argument, operator: string) => Value,
): OperatorCompiler {
  return variadic(([value, start, length], operator) => apply(value, start, length, operator), 3, 3);
}

/** `$replaceOne`, `$replaceAll`. */
function replace(apply: (input: string, find: string, replacement: string) => string): OperatorCompiler {
  return (operand, context) => {
    const { operator } = context;
    const names = ['input', 'find', 'replacement'] as const;
    const operands = namedOperands(
      operand,
      context,
      { required: names },
      { shape: 51751, unknown: 51750, missing: 51749 },
    );
    const codes = { input: 51746, find: 51745, replacement: 51744 };
    return computed(
      names.map((name) => operands[name]),
      (frame) => {
        const values = names.map((name) => {
          const value = operands[name](frame);
          if (!isNullish(value) && typeof value !== 'string')
            fail(codes[name], `${operator} requires that '${name}' be a string, found: ${shellText(value)}`);
          return value;
        });
        return values.some(isNullish)
          ? null
          : apply(values[0] as string, values[1] as string, values[2] as string);
      },
    );
  };
}

function lengthAfter(input: string, find: string, replacement: string): number {
  if (find === '') return input.length + (input.length + 1) * replacement.length;
  const growth = replacement.length - find.length;
  let length = input.length;
  if (growth > 0)
    for (let at = input.indexOf(find); at >= 0; at = input.indexOf(find, at + find.length)) length += growth;
  return length;
}

function replaceEvery(input: string, find: string, replacement: string): string {
  if (lengthAfter(input, find, replacement) > LARGEST_TEXT)
    fail(ErrorCode.BSONObjectTooLarge, '$replaceAll would produce a string that is too large');
  return find === ''
    ? replacement + [...input].map((char) => char + replacement).join('')
    : input.replaceAll(find, () => replacement);
}

function textLength(code: number, measure: (text: string) => number): OperatorCompiler {
  return unary((value, operator) =>
    typeof value === 'string'
      ? measure(value)
      : fail(code, `${operator} requires a string argument, found: ${typeName(value)}`),
  );
}

function codePoints(text: string): number {
  let count = 0;
  for (const _char of text) count++;
  return count;
}

const convertCase = (apply: (text: string) => string): OperatorCompiler =>
  unary((value) => apply(coerceToText(value)));

export const strings: Record<string, OperatorCompiler> = {
  $concat: variadic(concat),
  $toUpper: convertCase(upper),
  $toLower: convertCase(lower),
  $strcasecmp: binary((a, b) => compareStrings(upper(coerceToText(a)), upper(coerceToText(b)))),
  $strLenBytes: textLength(34473, (text) => Buffer.byteLength(text)),
  $strLenCP: textLength(34471, codePoints),
  $split: binary(split),
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
  $indexOfBytes: indexOf({ text: 40091, part: 40092 }, indexOfBytes),
  $indexOfCP: indexOf({ text: 40093, part: 40094 }, indexOfCodePoints),
  $substr: substring(substringBytes),
  $substrBytes: substring(substringBytes),
  $substrCP: substring(substringCodePoints),
  $replaceOne: replace((input, find, replacement) => input.replace(find, () => replacement)),
  $replaceAll: replace(replaceEvery),
};
