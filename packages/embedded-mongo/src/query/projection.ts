import { fail } from '../errors';
import { Doc, type Value } from '../bson';
import { compileDocTest, type Filter } from './filter';
import { parseCondition } from './parse-filter';
import { elementFinder } from './predicate';
import { parseProjection, type FindOperator } from './projection-parse';
import { addComputed, excludeFields, includeFields } from './projection-tree';
import { CURRENT_SLOT, ROOT_SLOT, type Scope } from './scope';

export interface Projection {
  apply(doc: Doc): Doc;
  /** Whether every document is left as it is. */
  readonly isIdentity: boolean;
  /** Whether it does nothing but keep or drop whole fields of the top level. */
  readonly isSimple: boolean;
  /** Whether it shows the element that the filter matched: then it can only show a document that matches. */
  readonly usesPosition: boolean;
}

interface ProjectionOptions {
  readonly scope: Scope;
  /** The filter of the query; the positional operator asks it which element matched. */
  readonly filter?: Filter | undefined;
}

const IDENTITY: Projection = { apply: (doc) => doc, isIdentity: true, isSimple: true, usesPosition: false };

/** Compiles the projection of `find` and `findAndModify`. */
export function compileProjection(spec: Doc, { scope, filter }: ProjectionOptions): Projection {
  if (spec.size === 0) return IDENTITY;
  const { mode, tree, operators } = parseProjection(spec, scope, 'find');
  const select = mode === 'inclusion' ? includeFields : excludeFields;
  const appliers = operators.map((operator) => compileOperator(operator, scope, filter));
  return {
    isIdentity: false,
    usesPosition: operators.some(({ kind }) => kind === 'positional'),
    isSimple: operators.length === 0 && !tree.hasComputed && !tree.isNested,
    apply: (doc) => {
      let out = select(doc, tree);
      if (tree.hasComputed) {
        scope.frame[ROOT_SLOT] = doc;
        scope.frame[CURRENT_SLOT] = doc;
        out = addComputed(out, tree, scope.frame);
      }
      for (const apply of appliers) out = apply(out, doc);
      return out;
    },
  };
}

type Applier = (out: Doc, doc: Doc) => Doc;

function compileOperator(operator: FindOperator, scope: Scope, filter: Filter | undefined): Applier {
  const names = operator.path.split('.');
  switch (operator.kind) {
    case 'elemMatch': {
      const node = parseCondition('', Doc.of({ $elemMatch: operator.condition }), scope);
      if (node.kind !== 'elemMatchObject' && node.kind !== 'elemMatchValue') return (out) => out;
      const find = elementFinder(node, compileDocTest(scope));
      return (out, doc) => keepElement(out, doc.get(operator.path), operator.path, find);
    }
    case 'slice':
      return (out) => setAtPath(out, names, (value) => sliceValue(value, operator.skip, operator.limit));
    case 'positional':
      return (out, doc) => positional(out, names, filter?.position(doc));
  }
}

function keepElement(
  out: Doc,
  array: Value | undefined,
  name: string,
  find: (array: Value[]) => number,
): Doc {
  const position = Array.isArray(array) ? find(array) : -1;
  if (position < 0) out.delete(name);
  else out.set(name, [(array as Value[])[position]!]);
  return out;
}

function sliceValue(value: Value, skip: number | undefined, limit: number): Value {
  if (!Array.isArray(value)) return value;
  if (skip === undefined) return limit >= 0 ? value.slice(0, limit) : value.slice(limit);
  const start = skip < 0 ? Math.max(0, value.length + skip) : skip;
  return value.slice(start, start + limit);
}

/** Rewrites the values at a path, entering the documents of arrays on the way. */
function setAtPath(out: Doc, names: readonly string[], change: (value: Value) => Value): Doc {
  const [name, ...rest] = names as [string, ...string[]];
  const value = out.get(name);
  if (value === undefined) return out;
  return out.clone().set(name, rest.length === 0 ? change(value) : changeBelow(value, rest, change));
}

function changeBelow(value: Value, names: readonly string[], change: (value: Value) => Value): Value {
  if (value instanceof Doc) return setAtPath(value, names, change);
  return Array.isArray(value) ? value.map((element) => changeBelow(element, names, change)) : value;
}

/** Leaves only the element that the query matched in the first array on the path. */
function positional(out: Doc, names: readonly string[], position: number | undefined): Doc {
  const [name, ...rest] = names as [string, ...string[]];
  const value = out.get(name);
  if (value instanceof Doc && rest.length > 0)
    return out.clone().set(name, positional(value, rest, position));
  if (!Array.isArray(value)) return out;
  if (position === undefined)
    fail(
      51246,
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    );
  if (position >= value.length)
    fail(
      51247,
      "Executor error during find command :: caused by :: positional operator '.$' element mismatch",
    );
  return out.clone().set(name, [value[position]!]);
}
