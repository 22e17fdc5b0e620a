import { ErrorCode, fail } from '../../errors';
import {
  compareValues,
  Doc,
  equalValues,
  integerOf,
  isDoc,
  isNullish,
  isNumber,
  shellText,
  toNumber,
  typeName,
  type Value,
} from '../../bson';
import { compileSort } from '../../query/sort';
import { step } from '../../work';
import {
  binary,
  computed,
  namedOperands,
  unary,
  variadic,
  type OperatorCompiler,
} from '../expression-context';
import { present } from './date-operands';

type Argument = Value | undefined;

/** Arrays that an expression builds are bounded: about 100 MB of small values. */
const LARGEST_ARRAY = 5_000_000;

function int32(value: Argument, fallback: (number: number) => never): number {
  const number = isNumber(value) ? toNumber(value) : NaN;
  return Number.isInteger(number) && Math.abs(number) <= 2147483648 ? number : fallback(number);
}

function elementAt(array: Argument, position: Argument): Argument {
  if (isNullish(array) || isNullish(position)) return null;
  if (!Array.isArray(array))
    fail(28689, `$arrayElemAt's first argument must be an array, but is ${typeName(array)}`);
  if (!isNumber(position))
    fail(28690, `$arrayElemAt's second argument must be a numeric value, but is ${typeName(position)}`);
  const index =
    integerOf(position) ??
    fail(
      28691,
      `$arrayElemAt's second argument must be representable as a 32-bit integer: ${shellText(position)}`,
    );
  return array[index < 0 ? array.length + index : index];
}

const end = (code: number, pick: (array: Value[]) => Argument): OperatorCompiler =>
  unary((value, operator) => {
    if (isNullish(value)) return null;
    return Array.isArray(value)
      ? pick(value)
      : fail(code, `${operator}'s argument must be an array, but is ${typeName(value)}`);
  });

function slice(values: Argument[]): Value {
  const [array, first, second] = values;
  if (isNullish(array) || isNullish(first)) return null;
  if (!Array.isArray(array))
    fail(28724, `First argument to $slice must be an array, but is of type: ${typeName(array)}`);
  if (!isNumber(first))
    fail(28725, `Second argument to $slice must be a numeric value, but is of type: ${typeName(first)}`);
  const position = int32(first, (number) =>
    fail(28726, `Second argument to $slice can't be represented as a 32-bit integer: ${number}`),
  );
  if (values.length < 3) return position >= 0 ? array.slice(0, position) : array.slice(position);
  if (isNullish(second)) return null;
  if (!isNumber(second))
    fail(28727, `Third argument to $slice must be numeric, but is of type: ${typeName(second)}`);
  const count = int32(second, (number) =>
    fail(28728, `Third argument to $slice can't be represented as a 32-bit integer: ${number}`),
  );
  if (count <= 0) fail(28729, `Third argument to $slice must be positive: ${count}`);
  const start = position < 0 ? Math.max(0, array.length + position) : position;
  return array.slice(start, start + count);
}

function concatArrays(values: Argument[]): Value {
  const all: Value[] = [];
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!Array.isArray(value))
      return fail(28664, `$concatArrays only supports arrays, not ${typeName(value)}`);
    for (const element of value) all.push(element);
    if (all.length > LARGEST_ARRAY)
      fail(ErrorCode.BSONObjectTooLarge, '$concatArrays would produce an array that is too large');
  }
  return all;
}

function contains(value: Argument, array: Argument): Value {
  if (!Array.isArray(array))
    return fail(40081, `$in requires an array as a second argument, found: ${typeName(array)}`);
  return array.some((element) => equalValues(element, value));
}

function indexOfArray(values: Argument[]): Value {
  const [array, wanted, start, end_] = values;
  if (isNullish(array)) return null;
  if (!Array.isArray(array))
    return fail(40090, `$indexOfArray requires an array as a first argument, found: ${typeName(array)}`);
  const from = values.length > 2 ? position(start, 'starting') : 0;
  const to = Math.min(array.length, values.length > 3 ? position(end_, 'ending') : Infinity);
  for (let i = from; i < to; i++) if (equalValues(array[i], wanted)) return i;
  return -1;
}

function position(value: Argument, which: string): number {
  const number = int32(value, () =>
    fail(
      40096,
      `$indexOfArray requires an integral ${which} index, found a value of type: ${typeName(value)}`,
    ),
  );
  return number < 0
    ? fail(40097, `$indexOfArray requires a nonnegative ${which} index, found: ${number}`)
    : number;
}

function range(values: Argument[]): Value {
  const [start, stop, stride = 1] = values;
  const from = rangeNumber(start, 'starting', [34443, 34444]);
  const to = rangeNumber(stop, 'ending', [34445, 34446]);
  const by = rangeNumber(stride, 'step', [34447, 34448]);
  if (by === 0) fail(34449, '$range requires a non-zero step value');
  const count = Math.max(0, Math.ceil((to - from) / by));
  step(count >> 3);
  if (count > LARGEST_ARRAY)
    fail(ErrorCode.BSONObjectTooLarge, '$range would produce an array that is too large');
  return Array.from({ length: count }, (_, i) => from + i * by);
}

function rangeNumber(value: Argument, which: string, [type, integral]: [number, number]): number {
  if (!isNumber(value))
    fail(type, `$range requires a numeric ${which} value, found value of type: ${typeName(value)}`);
  return int32(value, (number) =>
    fail(
      integral,
      `$range requires a ${which} value that can be represented as a 32-bit integer, found value: ${number}`,
    ),
  );
}

function arrayToObject(array: Argument): Value {
  if (isNullish(array)) return null;
  if (!Array.isArray(array))
    return fail(40386, `$arrayToObject requires an array input, found: ${typeName(array)}`);
  const out = new Doc();
  const pairs = array.length > 0 && Array.isArray(array[0]);
  for (const entry of array) {
    const [key, value] = pairs ? pairOf(entry) : keyValueOf(entry);
    if (key.includes('\0')) fail(4940401, 'Key field cannot contain an embedded null byte');
    out.set(key, value);
  }
  return out;
}

function pairOf(entry: Value): [string, Value] {
  if (!Array.isArray(entry))
    return fail(
      40396,
      `$arrayToObject requires a consistent input format. Elements must all be arrays or all be objects. Array was detected, now found: ${typeName(entry)}`,
    );
  if (entry.length !== 2)
    fail(40397, `$arrayToObject requires an array of size 2 arrays,found array of size: ${entry.length}`);
  const [key, value] = entry as [Value, Value];
  return typeof key === 'string'
    ? [key, value]
    : fail(
        40395,
        `$arrayToObject requires an array of key-value pairs, where the key must be of type string. Found key type: ${typeName(key)}`,
      );
}

function keyValueOf(entry: Value): [string, Value] {
  if (Array.isArray(entry))
    return fail(
      40391,
      `$arrayToObject requires a consistent input format. Elements must all be arrays or all be objects. Object was detected, now found: array`,
    );
  if (!isDoc(entry))
    return fail(40398, `Unrecognised input type format for $arrayToObject: ${typeName(entry)}`);
  if (entry.size !== 2)
    fail(
      40392,
      `$arrayToObject requires an object keys of 'k' and 'v'. Found incorrect number of keys:${entry.size}`,
    );
  const key = entry.get('k');
  const value = entry.get('v');
  if (key === undefined || value === undefined)
    return fail(
      40393,
      "$arrayToObject requires an object with keys 'k' and 'v'. Missing either or both keys",
    );
  return typeof key === 'string'
    ? [key, value]
    : fail(
        40394,
        `$arrayToObject requires an object with keys 'k' and 'v', where the value of 'k' must be of type string. Found type: ${typeName(key)}`,
      );
}

const sortArray: OperatorCompiler = (operand, context) => {
  const { input } = namedOperands(
    operand instanceof Doc ? withoutField(operand, 'sortBy') : operand,
    context,
    { required: ['input'] },
    { shape: 2942500, unknown: 2942501, missing: 2942502 },
  );
  const sortBy = operand instanceof Doc ? operand.get('sortBy') : undefined;
  if (sortBy === undefined) fail(2942503, "$sortArray requires 'sortBy' to be specified");
  const compare = elementOrder(sortBy);
  return computed(present(input), (frame) => {
    const array = input(frame);
    if (isNullish(array)) return null;
    return Array.isArray(array)
      ? compare(array)
      : fail(
          2942504,
          `The input argument to $sortArray must be an array, but was of type: ${typeName(array)}`,
        );
  });
};

function withoutField(doc: Doc, name: string): Doc {
  const rest = doc.clone();
  rest.delete(name);
  return rest;
}

/** Sorts an array by whole elements or, when `sortBy` is a document, by fields of its documents. */
function elementOrder(sortBy: Value): (array: Value[]) => Value[] {
  if (isDoc(sortBy)) {
    const sort = compileSort(sortBy);
    const keyed = (element: Value): Value => (element instanceof Doc ? element : new Doc());
    return (array) =>
      array
        .map((element) => ({ element, key: sort.keyOf(keyed(element) as Doc) }))
        .sort((a, b) => {
          step();
          return sort.compare(a.key, b.key);
        })
        .map(({ element }) => element);
  }
  const direction = integerOf(sortBy);
  if (direction !== 1 && direction !== -1) fail(2942505, '$sortArray sortBy must be 1, -1 or an object');
  return (array) =>
    array.slice().sort((a, b) => {
      step();
      return compareValues(a, b) * direction;
    });
}

export const arrays: Record<string, OperatorCompiler> = {
  $arrayElemAt: binary(elementAt),
  $first: end(28689, (array) => array[0]),
  $last: end(28689, (array) => array.at(-1)),
  $size: unary((value) =>
    Array.isArray(value)
      ? value.length
      : fail(17124, `The argument to $size must be an array, but was of type: ${typeName(value)}`),
  ),
  $isArray: unary((value) => Array.isArray(value)),
  $slice: variadic(slice, 2, 3),
  $concatArrays: variadic(concatArrays),
  $in: binary(contains),
  $indexOfArray: variadic(indexOfArray, 2, 4),
  $reverseArray: unary((value) => {
    if (isNullish(value)) return null;
    return Array.isArray(value)
      ? value.slice().reverse()
      : fail(34435, `The argument to $reverseArray must be an array, but was of type: ${typeName(value)}`);
  }),
  $range: variadic(range, 2, 3),
  $arrayToObject: unary(arrayToObject),
  $sortArray: sortArray,
};
