import { fail, MongoError } from '../../errors';
import type { Doc } from '../../bson';
import { isDoc, typeName, type Value } from '../../bson';
import { compileExpression } from '../expression';
import { copyWithSlots } from '../../query/field-slots';
import { checkFieldPath, parseProjection } from '../../query/projection-parse';
import {
  addComputed,
  excludeFields,
  includeFields,
  type ProjectionLeaf,
  ProjectionNode,
} from '../../query/projection-tree';
import { CURRENT_SLOT, ROOT_SLOT, type Scope } from '../../query/scope';
import { nextDocument } from '../../work';
import type { StageCompiler } from '../stage';
import { each } from './each';

/** Puts the stage's name before the messages of its parser, as MongoDB does. */
function parsing<Result>(stage: string, parse: () => Result): Result {
  try {
    return parse();
  } catch (error) {
    if (error instanceof MongoError)
      throw new MongoError(error.code, `Invalid ${stage} :: caused by :: ${error.message}`, error.details);
    throw error;
  }
}

function computing(scope: Scope, tree: ProjectionNode, select: (doc: Doc) => Doc): (doc: Doc) => Doc {
  if (!tree.hasComputed) return select;
  const { frame } = scope;
  return (doc) => {
    nextDocument();
    const out = select(doc);
    frame[ROOT_SLOT] = doc;
    frame[CURRENT_SLOT] = doc;
    return addComputed(out, tree, frame);
  };
}

export const project: StageCompiler = (spec, { scope, budget, name }) => {
  if (!isDoc(spec)) return fail(15969, `${name} specification must be an object`);
  const { mode, tree } = parsing(name, () => {
    if (spec.size === 0) fail(51272, 'projection specification must have at least one field');
    return parseProjection(spec, scope, 'aggregate');
  });
  const select =
    mode === 'inclusion' ? (doc: Doc) => includeFields(doc, tree) : (doc: Doc) => excludeFields(doc, tree);
  return {
    ...each(budget, computing(scope, tree, select)),
    keeps: mode === 'inclusion' ? (path) => keepsIncluded(tree, path) : (path) => leavesAlone(tree, path),
  };
};

/** An included field is the same behind the projection, with all that lies below it. */
function keepsIncluded(tree: ProjectionNode, path: string): boolean {
  const entry = entryOn(tree, path);
  return entry !== undefined && !(entry instanceof ProjectionNode) && entry.kind === 'named';
}

/** A path is left alone unless it lies above, at or below one that is changed. */
function leavesAlone(tree: ProjectionNode, path: string): boolean {
  return path !== '' && entryOn(tree, path) === undefined;
}

/** What the tree says about a path: its leaf at or above it, the node where the path ends, or nothing. */
function entryOn(tree: ProjectionNode, path: string): ProjectionNode | ProjectionLeaf | undefined {
  let entry: ProjectionNode | ProjectionLeaf | undefined = tree;
  for (const name of path.split('.')) {
    if (!(entry instanceof ProjectionNode)) return entry;
    entry = entry.entries.get(name);
  }
  return entry;
}

export const addFields: StageCompiler = (spec, { scope, budget, name }) => {
  if (!isDoc(spec))
    return fail(40272, `${name} specification stage must be an object, got ${typeName(spec)}`);
  const tree = new ProjectionNode();
  parsing(name, () => {
    if (spec.size === 0) fail(40177, 'specification must have at least one field');
    insertFields(spec, '', tree, scope);
  });
  return {
    ...each(budget, computing(scope, tree, copyWithSlots)),
    keeps: (path) => leavesAlone(tree, path),
  };
};

/** Nested documents of the specification are paths, unless they are expressions. */
function insertFields(spec: Doc, prefix: string, tree: ProjectionNode, scope: Scope): void {
  for (const [name, value] of spec.entries()) {
    checkFieldPath(name);
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (isDoc(value) && value.size > 0 && !value.keys[0]!.startsWith('$'))
      insertFields(value, path, tree, scope);
    else {
      if (isDoc(value) && value.size > 1)
        fail(40181, 'an expression specification must contain exactly one field, the name of the expression');
      insertUnique(tree, path, value, scope);
    }
  }
}

function insertUnique(tree: ProjectionNode, path: string, value: Value, scope: Scope): void {
  const expression = compileExpression(value, scope);
  try {
    tree.insert(path, { kind: 'computed', expression });
  } catch (error) {
    if (error instanceof MongoError)
      fail(40176, `specification contains two conflicting paths: ${error.message}`);
    throw error;
  }
}

export const unset: StageCompiler = (spec, { budget, name }) => {
  const fields = typeof spec === 'string' ? [spec] : spec;
  if (!Array.isArray(fields)) return fail(31002, '$unset specification must be a string or an array');
  if (fields.length === 0)
    fail(31119, '$unset specification must be a string or an array with at least one field');
  const paths = fields.map((field) =>
    typeof field === 'string'
      ? field
      : fail(31120, '$unset specification must be a string or an array containing only string values'),
  );
  const tree = new ProjectionNode();
  parsing(name, () => {
    for (const path of paths) {
      checkFieldPath(path);
      tree.insert(path, { kind: 'named' });
    }
  });
  return { ...each(budget, (doc) => excludeFields(doc, tree)), keeps: (path) => leavesAlone(tree, path) };
};
