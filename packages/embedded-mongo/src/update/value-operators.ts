import { ErrorCode, fail } from '../errors';
import { addNumbers, multiplyNumbers, NumberKind, numberKind } from '../bson/arithmetic';
import {
  compareValues,
  identicalValues,
  toNumber,
  type DateTime,
  isDoc,
  isNumber,
  shellText,
  typeName,
  type Value,
} from '../bson';
import type { Numeric } from '../bson/types';
import { idText, lastOf, type Leaf } from './leaf';

export function setOperator(value: Value): Leaf {
  return { missing: 'create', apply: () => value };
}

export function setOnInsertOperator(value: Value): Leaf {
  return { ...setOperator(value), acts: (context) => context.isInsert };
}

export const UNSET: Leaf = { missing: 'ignore', apply: () => undefined };

export function extremeOperator(value: Value, sign: 1 | -1): Leaf {
  return {
    missing: 'create',
    apply: (old) => (old === undefined || compareValues(value, old) * sign > 0 ? value : old),
  };
}

interface Arithmetic {
  readonly name: '$inc' | '$mul';
  readonly verb: string;
  readonly calculate: (old: Numeric, argument: Numeric) => Numeric | undefined;
  /** What a missing field becomes. */
  readonly initial: (argument: Numeric) => Numeric;
}

const INCREMENT: Arithmetic = {
  name: '$inc',
  verb: 'increment',
  calculate: addNumbers,
  initial: (argument) => argument,
};
const MULTIPLY: Arithmetic = {
  name: '$mul',
  verb: 'multiply',
  calculate: multiplyNumbers,
  initial: (argument) => multiplyNumbers(argument, 0)!,
};

function arithmeticOperator({
  name,
  verb,
  calculate,
  initial,
}: Arithmetic): (path: string, argument: Value) => Leaf {
  return (path, argument) => {
    if (!isNumber(argument))
      return fail(
        ErrorCode.TypeMismatch,
        `Cannot ${verb} with non-numeric argument: {${path}: ${shellText(argument)}}`,
      );
    return {
      missing: 'create',
      // NaN is not equal to itself: arithmetic with it always counts as a change.
      isChange: (old, value) => !identicalValues(old, value) || Number.isNaN(toNumber(value as Numeric)),
      apply: (old, trail, { original }) => {
        if (old === undefined) return initial(argument);
        if (!isNumber(old)) {
          return fail(
            ErrorCode.TypeMismatch,
            `Cannot apply ${name} to a value of non-numeric type. ${idText(original)} has the field '${lastOf(trail)}' of non-numeric type ${typeName(old)}`,
          );
        }
        const type = typeof old === 'bigint' ? 'NumberLong' : 'NumberInt';
        return (
          calculate(old, argument) ??
          fail(
            ErrorCode.BadValue,
            `Failed to apply ${name} operations to current value ((${type})${shellText(old)}) for document ${idText(original)}`,
          )
        );
      },
    };
  };
}

export const incOperator = arithmeticOperator(INCREMENT);
export const mulOperator = arithmeticOperator(MULTIPLY);

/** `true`, `{ $type: 'date' }` or `{ $type: 'timestamp' }`. */
export function currentDateOperator(argument: Value, now: DateTime): Leaf {
  if (typeof argument === 'boolean') return setOperator(now);
  if (!isDoc(argument)) {
    return fail(
      ErrorCode.BadValue,
      `${typeName(argument)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  const unknown = argument.keys.find((key) => key !== '$type');
  if (unknown !== undefined) fail(ErrorCode.BadValue, `Unrecognized $currentDate option: ${unknown}`);
  const type = argument.get('$type');
  if (type === 'date') return setOperator(now);
  if (type === 'timestamp')
    return { missing: 'create', apply: (_old, _trail, context) => context.nextTimestamp() };
  return fail(
    ErrorCode.BadValue,
    "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
  );
}

type BitOperation = (a: bigint, b: bigint) => bigint;
const BIT_OPERATIONS: ReadonlyMap<string, BitOperation> = new Map<string, BitOperation>([
  ['and', (a, b) => a & b],
  ['or', (a, b) => a | b],
  ['xor', (a, b) => a ^ b],
]);

const isInteger = (value: Value | undefined): value is number | bigint =>
  isNumber(value) && numberKind(value) <= NumberKind.Long;

export function bitOperator(argument: Value): Leaf {
  if (!isDoc(argument)) {
    return fail(
      ErrorCode.BadValue,
      `The $bit modifier is not compatible with a ${typeName(argument)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const operations = argument.entries().map(([name, operand]) => {
    const operation = BIT_OPERATIONS.get(name);
    const shown = `{${name}: ${shellText(operand)}}`;
    if (operation === undefined)
      return fail(
        ErrorCode.BadValue,
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: ${shown}`,
      );
    if (!isInteger(operand))
      return fail(
        ErrorCode.BadValue,
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(operand)}' is not supported here: ${shown}`,
      );
    return { operation, operand };
  });
  if (operations.length === 0)
    fail(
      ErrorCode.BadValue,
      'You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}',
    );
  return {
    missing: 'create',
    apply: (old, trail, { original }) => {
      const current = old === undefined ? 0 : old;
      if (!isInteger(current)) {
        return fail(
          ErrorCode.BadValue,
          `Cannot apply $bit to a value of non-integral type.${idText(original)} has the field ${lastOf(trail)} of non-integer type ${typeName(current)}`,
        );
      }
      let isLong = typeof current === 'bigint';
      let bits = BigInt(current);
      for (const { operation, operand } of operations) {
        isLong ||= typeof operand === 'bigint';
        bits = operation(bits, BigInt(operand));
      }
      return isLong ? bits : Number(bits);
    },
  };
}
