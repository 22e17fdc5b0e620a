import { fail } from '../../errors';
import { compareValues, hashValue, isNullish, isTruthy, typeName, type Value } from '../../bson';
import { ValueSet } from '../../query/distinct';
import { step } from '../../work';
import { binary, commutative, unary, variadic, type OperatorCompiler } from '../expression-context';

type Argument = Value | undefined;

const sorted = (set: ValueSet): Value[] => inOrder(set.toArray());

function inOrder(values: Value[]): Value[] {
  return values.sort((a, b) => {
    step();
    return compareValues(a, b);
  });
}

function setOf(values: readonly Value[]): ValueSet {
  const set = new ValueSet();
  for (const value of values) set.add(value);
  return set;
}

function union(values: Argument[]): Value {
  const set = new ValueSet();
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!Array.isArray(value))
      return fail(
        17043,
        `All operands of $setUnion must be arrays. One argument is of type: ${typeName(value)}`,
      );
    for (const element of value) set.add(element);
  }
  return sorted(set);
}

function intersection(values: Argument[]): Value {
  let common: Value[] | undefined;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!Array.isArray(value))
      return fail(
        17047,
        `All operands of $setIntersection must be arrays. One argument is of type: ${typeName(value)}`,
      );
    const set = setOf(value);
    common = common === undefined ? set.toArray() : common.filter((element) => set.has(element));
  }
  return inOrder(common ?? []);
}

function difference(a: Argument, b: Argument): Value {
  if (isNullish(a) || isNullish(b)) return null;
  if (!Array.isArray(a))
    return fail(
      17048,
      `both operands of $setDifference must be arrays. First argument is of type: ${typeName(a)}`,
    );
  if (!Array.isArray(b))
    return fail(
      17049,
      `both operands of $setDifference must be arrays. Second argument is of type: ${typeName(b)}`,
    );
  const without = setOf(b);
  return setOf(a.filter((element) => !without.has(element))).toArray();
}

function equal(values: Argument[]): Value {
  const sets = values.map((value) => {
    if (!Array.isArray(value))
      return fail(
        17044,
        `All operands of $setEquals must be arrays. One argument is of type: ${typeName(value)}`,
      );
    return new Set(value.map((element) => hashValue(element)));
  });
  const [first, ...others] = sets as [Set<string>, ...Set<string>[]];
  return others.every((other) => other.size === first.size && [...other].every((hash) => first.has(hash)));
}

function subset(a: Argument, b: Argument): Value {
  if (!Array.isArray(a))
    return fail(
      17046,
      `both operands of $setIsSubset must be arrays. First argument is of type: ${typeName(a)}`,
    );
  if (!Array.isArray(b))
    return fail(
      17042,
      `both operands of $setIsSubset must be arrays. Second argument is of type: ${typeName(b)}`,
    );
  const whole = setOf(b);
  return a.every((element) => whole.has(element));
}

const elements = (code: number, test: (array: Value[]) => boolean): OperatorCompiler =>
  unary((value, operator) =>
    Array.isArray(value)
      ? test(value)
      : fail(code, `${operator}'s argument must be an array, but is ${typeName(value)}`),
  );

export const sets: Record<string, OperatorCompiler> = {
  $setUnion: commutative(union),
  $setIntersection: commutative(intersection),
  $setDifference: binary(difference),
  $setEquals: variadic(equal, 2),
  $setIsSubset: binary(subset),
  $allElementsTrue: elements(17040, (array) => array.every(isTruthy)),
  $anyElementTrue: elements(17041, (array) => array.some(isTruthy)),
};
