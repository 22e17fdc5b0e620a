import { ErrorCode, fail } from '../errors';
import { type Doc, isDoc, shellText, typeName, type Value } from '../bson';
import type { Scope } from '../query/scope';
import {
  addToSetOperator,
  popOperator,
  pullAllOperator,
  pullOperator,
  pushOperator,
} from './array-operators';
import { insertLeaf } from './build-tree';
import type { ArrayFilters } from './array-filters';
import type { Leaf } from './leaf';
import { renameLeaves } from './rename';
import { FieldsNode } from './tree';
import {
  bitOperator,
  currentDateOperator,
  extremeOperator,
  incOperator,
  mulOperator,
  setOnInsertOperator,
  setOperator,
  UNSET,
} from './value-operators';

type LeafFactory = (path: string, argument: Value, scope: Scope) => Leaf;

const OPERATORS: ReadonlyMap<string, LeafFactory> = new Map<string, LeafFactory>([
  ['$set', (_path, argument) => setOperator(argument)],
  ['$setOnInsert', (_path, argument) => setOnInsertOperator(argument)],
  ['$unset', () => UNSET],
  ['$inc', incOperator],
  ['$mul', mulOperator],
  ['$min', (_path, argument) => extremeOperator(argument, -1)],
  ['$max', (_path, argument) => extremeOperator(argument, 1)],
  ['$currentDate', (_path, argument, scope) => currentDateOperator(argument, scope.now)],
  ['$bit', (_path, argument) => bitOperator(argument)],
  ['$push', pushOperator],
  ['$addToSet', (_path, argument) => addToSetOperator(argument)],
  ['$pop', popOperator],
  ['$pull', (_path, argument, scope) => pullOperator(argument, scope)],
  ['$pullAll', (_path, argument) => pullAllOperator(argument)],
]);

/** Builds the tree of an update of operators. */
export function parseOperators(update: Doc, filters: ArrayFilters, scope: Scope): FieldsNode {
  const root = new FieldsNode();
  for (const [operator, changes] of update.entries()) {
    const factory = OPERATORS.get(operator);
    if (factory === undefined && operator !== '$rename') {
      fail(
        ErrorCode.FailedToParse,
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isDoc(changes)) {
      return fail(
        ErrorCode.FailedToParse,
        `Modifiers operate on fields but we found type ${typeName(changes)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${shellText(changes)}}`,
      );
    }
    for (const [path, argument] of changes.entries()) {
      checkUpdatePath(path);
      if (factory === undefined) insertRename(root, path, argument, filters);
      else insertLeaf(root, path, factory(path, argument, scope), filters);
    }
  }
  filters.checkUsed(update);
  return root;
}

const DYNAMIC = /^\$(?:\[.*\])?$/s;
const REFERENCE_NAMES = new Set(['$ref', '$id', '$db']);

function checkUpdatePath(path: string): void {
  if (path === '') fail(ErrorCode.EmptyFieldName, 'An empty update path is not valid.');
  for (const name of path.split('.')) {
    if (name === '')
      fail(
        ErrorCode.EmptyFieldName,
        `The update path '${path}' contains an empty field name, which is not allowed.`,
      );
    if (name.startsWith('$') && !DYNAMIC.test(name) && !REFERENCE_NAMES.has(name)) {
      fail(
        ErrorCode.DollarPrefixedFieldName,
        `The dollar ($) prefixed field '${name}' in '${path}' is not valid for storage.`,
      );
    }
  }
}

function insertRename(root: FieldsNode, from: string, to: Value, filters: ArrayFilters): void {
  if (typeof to !== 'string')
    return fail(ErrorCode.BadValue, `The 'to' field for $rename must be a string: ${from}: ${shellText(to)}`);
  if (to.includes('\0'))
    fail(ErrorCode.BadValue, "The 'to' field for $rename cannot contain an embedded null byte");
  checkUpdatePath(to);
  if (from === to)
    fail(ErrorCode.BadValue, `The source and target field for $rename must differ: ${from}: "${to}"`);
  if (to.startsWith(`${from}.`) || from.startsWith(`${to}.`)) {
    fail(
      ErrorCode.BadValue,
      `The source and target field for $rename must not be on the same path: ${from}: "${to}"`,
    );
  }
  if (from.split('.').some((name) => DYNAMIC.test(name)))
    fail(ErrorCode.BadValue, `The source field for $rename may not be dynamic: ${from}`);
  if (to.split('.').some((name) => DYNAMIC.test(name)))
    fail(ErrorCode.BadValue, `The destination field for $rename may not be dynamic: ${to}`);
  const { source, target } = renameLeaves(from, to);
  insertLeaf(root, from, source, filters);
  insertLeaf(root, to, target, filters);
}
