import { fail } from '../../errors';
import {
  approximateSize,
  Doc,
  integerOf,
  isNullish,
  isTruthy,
  shellText,
  typeName,
  type Value,
} from '../../bson';
import { checkVariableName, type Expression } from '../../query/scope';
import { heldNow, hold, letGo, MOST_HELD, shouldMeasure, step } from '../../work';
import { type OperatorCompiler, type OperatorContext } from '../expression-context';

/** The operand document of an iteration, its names checked. */
function parameters(
  operand: Value,
  context: OperatorContext,
  known: readonly string[],
  codes: { shape: number; unknown: number },
): Doc {
  const { operator } = context;
  if (!(operand instanceof Doc))
    return fail(codes.shape, `${operator} only supports an object as its argument`);
  const unknown = operand.keys.find((key) => !known.includes(key));
  if (unknown !== undefined) fail(codes.unknown, `Unrecognized parameter to ${operator}: ${unknown}`);
  return operand;
}

function required(doc: Doc, name: string, operator: string, code: number): Value {
  const value = doc.get(name);
  return value === undefined ? fail(code, `Missing '${name}' parameter to ${operator}`) : value;
}

function variableName(value: Value | undefined): string {
  if (value === undefined) return 'this';
  if (typeof value !== 'string') return fail(16868, 'a variable name must be a string');
  checkVariableName(value);
  return value;
}

const map: OperatorCompiler = (operand, context) => {
  const doc = parameters(operand, context, ['input', 'as', 'in'], { shape: 16878, unknown: 16879 });
  const input = context.compile(required(doc, 'input', '$map', 16880));
  const { scope, slots } = context.scope.with([variableName(doc.get('as'))]);
  const body = context.compile(required(doc, 'in', '$map', 16882), scope);
  const slot = slots[0]!;
  return (frame) => {
    const array = input(frame);
    if (isNullish(array)) return null;
    if (!Array.isArray(array)) return fail(16883, `input to $map must be an array not ${typeName(array)}`);
    hold(8 * array.length);
    const before = heldNow();
    const out: Value[] = [];
    for (const element of array) {
      step();
      frame[slot] = element;
      out.push(body(frame) ?? null);
      if (shouldMeasure(before)) letGo(before, approximateSize(out, MOST_HELD));
    }
    return out;
  };
};

const filter: OperatorCompiler = (operand, context) => {
  const doc = parameters(operand, context, ['input', 'as', 'cond', 'limit'], {
    shape: 28646,
    unknown: 28647,
  });
  const input = context.compile(required(doc, 'input', '$filter', 28648));
  const { scope, slots } = context.scope.with([variableName(doc.get('as'))]);
  const condition = context.compile(required(doc, 'cond', '$filter', 28650), scope);
  const limit = doc.get('limit');
  const most = limit === undefined ? undefined : context.compile(limit);
  const slot = slots[0]!;
  return (frame) => {
    const array = input(frame);
    if (isNullish(array)) return null;
    if (!Array.isArray(array)) return fail(28651, `input to $filter must be an array not ${typeName(array)}`);
    const wanted = most === undefined ? Infinity : filterLimit(most(frame));
    const found: Value[] = [];
    const before = heldNow();
    for (const element of array) {
      if (found.length >= wanted) break;
      step();
      frame[slot] = element;
      if (isTruthy(condition(frame))) found.push(element);
      letGo(before);
    }
    hold(8 * found.length);
    return found;
  };
};

function filterLimit(value: Value | undefined): number {
  if (isNullish(value)) return Infinity;
  const limit = integerOf(value);
  if (limit === undefined)
    return fail(327391, `$filter: limit must be represented as a 32-bit integral value: ${shellText(value)}`);
  return limit < 1 ? fail(327392, `$filter: limit must be greater than 0: ${limit}`) : limit;
}

const reduce: OperatorCompiler = (operand, context) => {
  const doc = parameters(operand, context, ['input', 'initialValue', 'in'], { shape: 40075, unknown: 40076 });
  const input = context.compile(required(doc, 'input', '$reduce', 40077));
  const initial = context.compile(required(doc, 'initialValue', '$reduce', 40078));
  const { scope, slots } = context.scope.with(['this', 'value']);
  const body = context.compile(required(doc, 'in', '$reduce', 40079), scope);
  const [thisSlot, valueSlot] = slots as [number, number];
  return (frame) => {
    const array = input(frame);
    if (isNullish(array)) return null;
    if (!Array.isArray(array))
      return fail(40080, `$reduce requires that 'input' be an array, found: ${shellText(array)}`);
    const before = heldNow();
    let value = initial(frame);
    for (const element of array) {
      step();
      frame[thisSlot] = element;
      frame[valueSlot] = value;
      value = body(frame);
      if (shouldMeasure(before)) letGo(before, approximateSize(value, MOST_HELD));
    }
    return value;
  };
};

const zip: OperatorCompiler = (operand, context) => {
  const doc = parameters(operand, context, ['inputs', 'useLongestLength', 'defaults'], {
    shape: 34460,
    unknown: 34464,
  });
  const inputs = required(doc, 'inputs', '$zip', 34465);
  if (!Array.isArray(inputs))
    return fail(34461, `inputs must be an array of expressions, found ${typeName(inputs)}`);
  if (inputs.length === 0) fail(34465, '$zip requires at least one input array');
  const longest = doc.get('useLongestLength');
  if (longest !== undefined && typeof longest !== 'boolean')
    fail(34463, `useLongestLength must be a bool, found ${typeName(longest)}`);
  const defaults = doc.get('defaults');
  if (defaults !== undefined && !Array.isArray(defaults))
    fail(34462, `defaults must be an array of expressions, found ${typeName(defaults)}`);
  if (defaults !== undefined && longest !== true)
    fail(34466, 'cannot specify defaults unless useLongestLength is true');
  if (defaults !== undefined && defaults.length !== inputs.length)
    fail(34467, 'defaults and inputs must have the same length');
  return zipped(
    inputs.map((input) => context.compile(input)),
    (defaults ?? []).map((value) => context.compile(value)),
    longest === true,
  );
};

function zipped(
  inputs: readonly Expression[],
  defaults: readonly Expression[],
  useLongest: boolean,
): Expression {
  return (frame) => {
    const arrays: Value[][] = [];
    for (const input of inputs) {
      const array = input(frame);
      if (isNullish(array)) return null;
      if (!Array.isArray(array))
        return fail(34468, `$zip found a non-array expression in input: ${shellText(array)}`);
      arrays.push(array);
    }
    const fill = inputs.map((_, i) => defaults[i]?.(frame) ?? null);
    const furthest = useLongest ? Math.max : Math.min;
    const length = arrays.map((array) => array.length).reduce((a, b) => furthest(a, b));
    hold(length * (40 + 8 * arrays.length));
    step((length * arrays.length) >> 3);
    return Array.from({ length }, (_, row) =>
      arrays.map((array, i) => (row < array.length ? array[row]! : fill[i]!)),
    );
  };
}

export const iteration: Record<string, OperatorCompiler> = {
  $map: map,
  $filter: filter,
  $reduce: reduce,
  $zip: zip,
};
