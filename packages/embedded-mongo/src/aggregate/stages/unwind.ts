import { fail } from '../../errors';
import { type Doc, isDoc, isNullish, typeName, type Value } from '../../bson';
import { PAUSE } from '../budget';
import { nestedField, withNestedField } from '../nested-field';
import type { StageCompiler } from '../stage';

interface UnwindOptions {
  readonly names: readonly string[];
  readonly index: readonly string[] | undefined;
  readonly preserve: boolean;
}

export const unwind: StageCompiler = (spec, { budget }) => {
  const options = parse(spec);
  const touched = [options.names[0], options.index?.[0]];
  return {
    keeps: (path) => path !== '' && !touched.includes(path.split('.', 1)[0]),
    *run(source) {
      for (const item of source) {
        if (item === PAUSE) {
          yield item;
          continue;
        }
        for (const doc of unwound(item, options)) {
          if (budget.tick()) yield PAUSE;
          yield doc;
        }
      }
    },
  };
};

function parse(spec: Value): UnwindOptions {
  if (typeof spec === 'string') return { names: fieldNames(spec), index: undefined, preserve: false };
  if (!isDoc(spec))
    return fail(
      15981,
      `expected either a string or an object as specification for $unwind stage, got ${typeName(spec)}`,
    );
  let path: string | undefined;
  let index: readonly string[] | undefined;
  let preserve = false;
  for (const [name, value] of spec.entries()) {
    if (name === 'path') {
      if (typeof value !== 'string')
        return fail(28808, `expected a string as the path for $unwind stage, got ${typeName(value)}`);
      path = value;
    } else if (name === 'preserveNullAndEmptyArrays') {
      if (typeof value !== 'boolean')
        return fail(
          28809,
          `expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage, got ${typeName(value)}`,
        );
      preserve = value;
    } else if (name === 'includeArrayIndex') {
      if (typeof value !== 'string' || value === '')
        return fail(28810, 'expected a non-empty string for the includeArrayIndex  option to $unwind stage');
      if (value.startsWith('$'))
        fail(28822, `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${value}`);
      index = value.split('.');
    } else fail(28811, `unrecognized option to $unwind stage: ${name}`);
  }
  if (path === undefined) return fail(28812, 'no path specified to $unwind stage');
  return { names: fieldNames(path), index, preserve };
}

function fieldNames(path: string): string[] {
  if (!path.startsWith('$'))
    fail(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  const names = path.slice(1).split('.');
  if (names.includes(''))
    fail(names.length === 1 ? 40352 : 15998, 'FieldPath field names may not be empty strings.');
  if (names.some((name) => name.startsWith('$')))
    fail(16410, "FieldPath field names may not start with '$'.");
  return names;
}

function* unwound(doc: Doc, { names, index, preserve }: UnwindOptions): Generator<Doc> {
  const value = nestedField(doc, names);
  const withIndex = (out: Doc, position: Value): Doc =>
    index === undefined ? out : withNestedField(out, index, position);
  if (Array.isArray(value) && value.length > 0) {
    for (let i = 0; i < value.length; i++) yield withIndex(withNestedField(doc, names, value[i]), BigInt(i));
  } else if (Array.isArray(value)) {
    if (preserve) yield withIndex(withNestedField(doc, names, undefined), null);
  } else if (!isNullish(value) || preserve) yield withIndex(doc, null);
}
