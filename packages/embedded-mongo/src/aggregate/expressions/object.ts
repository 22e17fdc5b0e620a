import { fail } from '../../errors';
import { Binary, Doc, encode, isNullish, shellText, typeName, type Value } from '../../bson';
import type { Expression, Frame } from '../../query/scope';
import { CURRENT_SLOT, requireDocument } from '../../query/scope';
import { hold, step } from '../../work';
import {
  computed,
  constantOf,
  unary,
  variadic,
  type OperatorCompiler,
  type OperatorContext,
} from '../expression-context';
import { fieldOf } from '../field-path';

type Argument = Value | undefined;

/** Merges documents; later fields replace earlier ones in their place. Null counts as nothing. */
export function mergeDocs(values: readonly Argument[]): Doc {
  const out = new Doc();
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!(value instanceof Doc))
      fail(
        40400,
        `$mergeObjects requires object inputs, but input ${shellText(value)} is of type ${typeName(value)}`,
      );
    step(1 + (value.size >> 2));
    value.keys.forEach((key, i) => out.set(key, value.values[i]!));
  }
  return out;
}

function objectToArray(value: Argument): Value {
  if (isNullish(value)) return null;
  if (!(value instanceof Doc))
    return fail(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  return value.entries().map(([key, field]) => Doc.of({ k: key, v: field }));
}

function checkFieldName(name: Argument, operator: string, code = 5654602): string {
  if (typeof name === 'string') return name;
  return fail(code, `${operator} requires 'field' to evaluate to type String, but got ${typeName(name)}`);
}

/** The name of `$setField` and `$unsetField`: a constant text. */
function fieldName(value: Value, context: OperatorContext): string {
  return checkFieldName(constantOf(context.compile(value))?.value, context.operator);
}

/** The name of `$getField`: a text, constant or computed. */
function computedFieldName(value: Value, context: OperatorContext): Expression {
  const { operator } = context;
  const name = context.compile(value);
  const constant = constantOf(name);
  if (!constant) return (frame) => checkFieldName(name(frame), operator, 3041704);
  checkFieldName(constant.value, operator);
  return name;
}

const getField: OperatorCompiler = (operand, context) => {
  if (operand instanceof Doc && operand.keys[0]?.startsWith('$') !== true) {
    checkNames(operand, ['field', 'input'], context, 3041701);
    const field = operand.get('field');
    const input = operand.get('input');
    if (field === undefined) return fail(3041702, "$getField requires 'field' to be specified");
    if (input === undefined) return fail(3041703, "$getField requires 'input' to be specified");
    const name = computedFieldName(field, context);
    const source = context.compile(input);
    return computed([name, source], (frame) => fieldOrNull(source(frame), name(frame) as string));
  }
  const name = computedFieldName(operand, context);
  requireDocument(context.scope);
  return (frame) => fieldOf(frame[CURRENT_SLOT], name(frame) as string);
};

/** A field of a document; null for null, missing for every other value. */
function fieldOrNull(value: Argument, name: string): Argument {
  return value === null ? null : fieldOf(value, name);
}

function checkNames(operand: Doc, known: readonly string[], context: OperatorContext, code: number): void {
  const unknown = operand.keys.find((key) => !known.includes(key));
  if (unknown !== undefined) fail(code, `${context.operator} found an unknown argument: ${unknown}`);
}

/** `$setField`, and `$unsetField` which has no value. */
function setField(withValue: boolean): OperatorCompiler {
  return (operand, context) => {
    const { operator } = context;
    if (!(operand instanceof Doc))
      return fail(4161100, `${operator} only supports an object as its argument`);
    const names = withValue ? ['field', 'input', 'value'] : ['field', 'input'];
    checkNames(operand, names, context, 4161101);
    for (const name of names)
      if (!operand.has(name)) fail(4161102, `${operator} requires '${name}' to be specified`);
    const name = fieldName(operand.get('field')!, context);
    const input = context.compile(operand.get('input')!);
    const value: Expression = withValue ? context.compile(operand.get('value')!) : () => undefined;
    return (frame) => withField(input(frame), name, value, frame, operator);
  };
}

function withField(source: Argument, name: string, value: Expression, frame: Frame, operator: string): Value {
  if (isNullish(source)) return null;
  if (!(source instanceof Doc))
    return fail(4161105, `${operator} requires 'input' to evaluate to type Object`);
  const field = value(frame);
  step(1 + (source.size >> 2));
  hold(96 + 16 * source.size);
  const out = source.clone();
  if (field === undefined) out.delete(name);
  else out.set(name, field);
  return out;
}

function binarySize(value: Argument): Value {
  if (isNullish(value)) return null;
  if (typeof value === 'string') return Buffer.byteLength(value);
  return value instanceof Binary
    ? value.bytes.length
    : fail(51276, `$binarySize requires a string or BinData argument, found: ${typeName(value)}`);
}

function bsonSize(value: Argument): Value {
  if (isNullish(value)) return null;
  return value instanceof Doc
    ? encode(value).length
    : fail(31393, `$bsonSize requires a document input, found: ${typeName(value)}`);
}

export const objects: Record<string, OperatorCompiler> = {
  $mergeObjects: variadic((values) =>
    mergeDocs(values.length === 1 && Array.isArray(values[0]) ? values[0] : values),
  ),
  $objectToArray: unary(objectToArray),
  $getField: getField,
  $setField: setField(true),
  $unsetField: setField(false),
  $binarySize: unary(binarySize),
  $bsonSize: unary(bsonSize),
};
