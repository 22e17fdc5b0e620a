import { ErrorCode, fail } from '../errors';
import {
  compareValues,
  type Direction,
  Doc,
  equalValues,
  integerOf,
  isDoc,
  isNumber,
  Regex,
  shellText,
  toNumber,
  typeName,
  type Value,
} from '../bson';
import { arrayIndex } from '../query/path';
import { compileDocTest } from '../query/filter';
import { ValueSet } from '../query/distinct';
import { isOperatorDoc, parseCondition, parseFilter } from '../query/parse-filter';
import type { Scope } from '../query/scope';
import { idText, lastOf, type Leaf } from './leaf';

interface PushOptions {
  readonly values: Value[];
  readonly position: number | undefined;
  readonly slice: number | undefined;
  readonly order: ((a: Value, b: Value) => number) | undefined;
}

const PUSH_CLAUSES = ['$each', '$slice', '$sort', '$position'];

export function pushOperator(path: string, argument: Value): Leaf {
  const options = parsePush(argument);
  return {
    missing: 'create',
    isChange: (old, value) => old !== value,
    apply: (old, trail, { original }) => {
      if (old !== undefined && !Array.isArray(old)) {
        return fail(
          ErrorCode.BadValue,
          `The field '${trail.join('.')}' must be an array but is of type ${typeName(old)} in document ${idText(original)}`,
        );
      }
      checkClauses(path, argument);
      return pushed(old, options);
    },
  };
}

function parsePush(argument: Value): PushOptions {
  if (!isDoc(argument) || !argument.has('$each')) {
    return { values: [argument], position: undefined, slice: undefined, order: undefined };
  }
  const unknown = argument.keys.find((key) => !PUSH_CLAUSES.includes(key));
  if (unknown !== undefined) fail(ErrorCode.BadValue, `Unrecognized clause in $push: ${unknown}`);
  const values = argument.get('$each');
  if (!Array.isArray(values))
    return fail(
      ErrorCode.BadValue,
      `The argument to $each in $push must be an array but it was of type: ${typeName(values)}`,
    );
  const sort = argument.get('$sort');
  return {
    values,
    slice: clauseInteger(
      argument,
      '$slice',
      (type) => `The value for $slice must be an integer value but was given type: ${type}`,
    ),
    position: clauseInteger(
      argument,
      '$position',
      (type) => `The value for $position must be an integer value, not of type: ${type}`,
    ),
    order: sort === undefined ? undefined : elementOrder(sort),
  };
}

/** Clauses without `$each` would be stored as fields, which may not begin with a dollar. */
function checkClauses(path: string, argument: Value): void {
  if (!isDoc(argument) || argument.has('$each')) return;
  const clause = argument.keys.find((key) => PUSH_CLAUSES.includes(key));
  if (clause !== undefined) {
    fail(
      ErrorCode.DollarPrefixedFieldName,
      `The dollar ($) prefixed field '${clause}' in '${path}..${clause}' is not valid for storage.`,
    );
  }
}

function clauseInteger(argument: Doc, clause: string, message: (type: string) => string): number | undefined {
  const value = argument.get(clause);
  if (value === undefined) return undefined;
  return integerOf(value) ?? fail(ErrorCode.BadValue, message(typeName(value)));
}

/** Sorting counts as a change whatever it does, unless the array is empty; so do values, and cutting something off. */
function pushed(old: Value[] | undefined, { values, position, slice, order }: PushOptions): Value[] {
  const before = old ?? [];
  const at =
    position === undefined ? before.length : position < 0 ? Math.max(0, before.length + position) : position;
  const result = [...before.slice(0, at), ...values, ...before.slice(at)];
  if (order !== undefined) result.sort(order);
  const cut = slice === undefined ? result : slice >= 0 ? result.slice(0, slice) : result.slice(slice);
  const changed =
    values.length > 0 || (order !== undefined && result.length > 0) || cut.length < result.length;
  return changed || old === undefined ? cut : old;
}

/** `$sort`: 1 or -1 for whole elements, a document for fields of theirs. */
function elementOrder(sort: Value): (a: Value, b: Value) => number {
  if (isNumber(sort)) {
    const direction = direct(sort, 'The $sort element value must be either 1 or -1');
    return (a, b) => compareValues(a, b) * direction;
  }
  if (!isDoc(sort))
    return fail(
      ErrorCode.BadValue,
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  if (sort.size === 0)
    fail(ErrorCode.BadValue, 'The $sort pattern is empty when it should be a set of fields.');
  const parts = sort.entries().map(([path, value]) => {
    if (path === '' || path.split('.').includes(''))
      fail(ErrorCode.BadValue, `The $sort field '${path}' contains an empty part`);
    return {
      names: path.split('.'),
      direction: direct(value, 'The $sort element value must be either 1 or -1'),
    };
  });
  return (a, b) => {
    for (const { names, direction } of parts) {
      const order = compareValues(fieldAt(a, names) ?? null, fieldAt(b, names) ?? null);
      if (order !== 0) return order * direction;
    }
    return 0;
  };
}

function direct(value: Value, message: string): Direction {
  const direction = isNumber(value) ? toNumber(value) : 0;
  return direction === 1 || direction === -1 ? direction : fail(ErrorCode.BadValue, message);
}

/** A field of an element; arrays on the way are entered only by position. */
function fieldAt(element: Value, names: readonly string[]): Value | undefined {
  let value: Value | undefined = element;
  for (const name of names) {
    if (value instanceof Doc) value = value.get(name);
    else value = Array.isArray(value) && arrayIndex(name) >= 0 ? value[arrayIndex(name)] : undefined;
  }
  return value;
}

export function addToSetOperator(argument: Value): Leaf {
  const values = addToSetValues(argument);
  return {
    missing: 'create',
    apply: (old, trail) => {
      if (old !== undefined && !Array.isArray(old)) {
        return fail(
          ErrorCode.BadValue,
          `Cannot apply $addToSet to non-array field. Field named '${lastOf(trail)}' has non-array type ${typeName(old)}`,
        );
      }
      return withAll(old ?? [], values);
    },
  };
}

function addToSetValues(argument: Value): Value[] {
  if (!isDoc(argument) || argument.keys[0] !== '$each') return [argument];
  const values = argument.values[0];
  if (!Array.isArray(values))
    return fail(
      ErrorCode.TypeMismatch,
      `The argument to $each in $addToSet must be an array but it was of type ${typeName(values)}`,
    );
  if (argument.size > 1)
    fail(ErrorCode.BadValue, `Found unexpected fields after $each in $addToSet: ${shellText(argument)}`);
  return values;
}

function withAll(array: Value[], values: readonly Value[]): Value[] {
  const known = new ValueSet();
  for (const element of array) known.add(element);
  const result = array.slice();
  for (const value of values) {
    if (known.has(value)) continue;
    known.add(value);
    result.push(value);
  }
  return result;
}

export function popOperator(path: string, argument: Value): Leaf {
  if (!isNumber(argument))
    return fail(ErrorCode.FailedToParse, `Expected a number in: ${path}: ${shellText(argument)}`);
  const end = integerOf(argument);
  if (end === undefined)
    return fail(ErrorCode.FailedToParse, `Expected an integer: ${path}: ${shellText(argument)}`);
  if (end !== 1 && end !== -1) fail(ErrorCode.FailedToParse, `$pop expects 1 or -1, found: ${end}`);
  return {
    missing: 'skip',
    apply: (old, trail) => {
      if (old === undefined) return undefined;
      if (!Array.isArray(old))
        return fail(
          ErrorCode.TypeMismatch,
          `Path '${trail.join('.')}' contains an element of non-array type '${typeName(old)}'`,
        );
      return end === 1 ? old.slice(0, -1) : old.slice(1);
    },
  };
}

/** An operator that drops the elements a test accepts. */
function removing(test: (element: Value) => boolean): Leaf {
  return {
    missing: 'skip',
    apply: (old) => {
      if (old === undefined) return undefined;
      if (!Array.isArray(old)) return fail(ErrorCode.BadValue, 'Cannot apply $pull to a non-array value');
      return old.filter((element) => !test(element));
    },
  };
}

export function pullAllOperator(argument: Value): Leaf {
  if (!Array.isArray(argument))
    return fail(
      ErrorCode.BadValue,
      `$pullAll requires an array argument but was given a ${typeName(argument)}`,
    );
  const unwanted = new ValueSet();
  for (const value of argument) unwanted.add(value);
  return removing((element) => unwanted.has(element));
}

export function pullOperator(argument: Value, scope: Scope): Leaf {
  return removing(pullTest(argument, scope));
}

const LOGICAL = ['$and', '$or', '$nor', '$expr', '$comment', '$where', '$jsonSchema'];

/** Operators and regular expressions test whole elements, documents are filters of documents, other values must be equal. */
function pullTest(argument: Value, scope: Scope): (element: Value) => boolean {
  const compile = compileDocTest(scope);
  if (argument instanceof Regex || (isOperatorDoc(argument) && !LOGICAL.includes(argument.keys[0]!))) {
    const matches = compile(parseCondition('', argument, scope));
    return (element) => matches(new Doc([''], [element]));
  }
  if (isDoc(argument)) {
    const matches = compile(parseFilter(argument, scope));
    return (element) => element instanceof Doc && matches(element);
  }
  return (element) => equalValues(element, argument);
}
