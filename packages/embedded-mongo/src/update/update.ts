import { ErrorCode, fail } from '../errors';
import { compareValues, Doc, identicalValues, isDoc, shellText, type Timestamp, type Value } from '../bson';
import { Budget, PAUSE } from '../aggregate/budget';
import { compileUpdatePipeline } from '../aggregate/pipeline';
import type { Filter } from '../query/filter';
import type { Scope } from '../query/scope';
import { ArrayFilters } from './array-filters';
import { checkId, fillTimestamps, idFirst } from './insert';
import { parseOperators } from './operators';

import { applyTree, ElementsNode, LeafNode, type UpdateNode } from './tree';
import { equalityFields, equalityId } from './upsert';

export interface UpdateOptions {
  readonly scope: Scope;
  readonly arrayFilters?: readonly Doc[] | undefined;
  readonly multi?: boolean | undefined;
  readonly nextTimestamp: () => Timestamp;
}

/** A compiled update. */
export interface Update {
  readonly kind: 'operators' | 'replacement' | 'pipeline';
  /** Whether it needs the position that the filter matched. */
  readonly usesPosition: boolean;
  apply(doc: Doc, position?: number): { doc: Doc; modified: boolean };
  /** The document that an upsert inserts when its filter finds nothing, `_id` first. */
  insert(filter: Filter, newId: () => Value): Doc;
}

export function compileUpdate(update: Doc | Value[], options: UpdateOptions): Update {
  if (Array.isArray(update)) return pipelineUpdate(update, options);
  if (!isDoc(update))
    return fail(ErrorCode.FailedToParse, 'Update argument must be either an object or an array');
  return update.keys[0]?.startsWith('$') === true
    ? operatorUpdate(update, options)
    : replacementUpdate(update, options);
}

function operatorUpdate(update: Doc, { scope, arrayFilters = [], nextTimestamp }: UpdateOptions): Update {
  const tree = parseOperators(update, new ArrayFilters(arrayFilters, scope), scope);
  const run = (
    doc: Doc,
    position: number | undefined,
    isInsert: boolean,
  ): { doc: Doc; modified: boolean } => {
    const context = { original: doc, position, isInsert, nextTimestamp, changed: false };
    const after = applyTree(tree, doc, context);
    checkSameId(
      doc,
      after,
      () => "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
    return { doc: after, modified: context.changed };
  };
  return {
    kind: 'operators',
    usesPosition: hasPositional(tree),
    apply: (doc, position) => run(doc, position, false),
    insert: (filter, newId) => idFirst(run(equalityFields(filter), undefined, true).doc, newId),
  };
}

function hasPositional(node: UpdateNode): boolean {
  if (node instanceof LeafNode) return false;
  if (node instanceof ElementsNode)
    return [...node.children.values()].some((child) => hasPositional(child.node));
  return node.positional !== undefined || [...node.children.values()].some(hasPositional);
}

/** `_id` may not change; where it was missing it may appear. */
function checkSameId(before: Doc, after: Doc, message: (id: Value | undefined) => string): void {
  const id = before.get('_id');
  const now = after.get('_id');
  if (id !== undefined && id !== now && compareValues(id, now) !== 0)
    fail(ErrorCode.ImmutableField, message(now));
  if (id === undefined && now !== undefined) checkId(now);
}

const altered = (id: Value | undefined): string =>
  `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${shellText(id)}`;

function replacementUpdate(update: Doc, options: UpdateOptions): Update {
  const dollar = update.keys.find((key) => key.startsWith('$'));
  if (options.multi === true)
    fail(ErrorCode.FailedToParse, 'multi update is not supported for replacement-style update');
  if (options.arrayFilters !== undefined && options.arrayFilters.length > 0) {
    fail(ErrorCode.FailedToParse, 'Cannot specify arrayFilters and a replacement-style update');
  }
  if (dollar !== undefined)
    fail(
      ErrorCode.DollarPrefixedFieldName,
      `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not valid for storage.`,
    );
  const replace = (doc: Doc): Doc => {
    const id = doc.get('_id');
    if (update.has('_id')) checkSameId(doc, update, altered);
    const fields = fillTimestamps(update, () => options.nextTimestamp());
    if (id === undefined) return fields;
    const kept = new Doc(['_id'], [id]);
    fields.keys.forEach((key, i) => {
      if (key !== '_id') kept.push(key, fields.values[i]!);
    });
    return kept;
  };
  return {
    kind: 'replacement',
    usesPosition: false,
    apply: (doc) => unlessIdentical(doc, replace(doc)),
    insert: (filter, newId) => idFirst(replace(equalityId(filter)), newId),
  };
}

function unlessIdentical(before: Doc, after: Doc): { doc: Doc; modified: boolean } {
  return identicalValues(before, after) ? { doc: before, modified: false } : { doc: after, modified: true };
}

function pipelineUpdate(stages: Value[], { scope, arrayFilters, nextTimestamp }: UpdateOptions): Update {
  if (arrayFilters !== undefined && arrayFilters.length > 0)
    fail(ErrorCode.FailedToParse, 'Cannot specify arrayFilters and a pipeline update');
  const pipeline = compileUpdatePipeline(stages, {
    scope,
    budget: new Budget(),
    database: '',
    collection: (name) =>
      fail(ErrorCode.IllegalOperation, `an update pipeline cannot read the collection '${name}'`),
  });
  const run = (doc: Doc): Doc => {
    for (const item of pipeline.run([doc]))
      if (item !== PAUSE) return withId(doc, fillTimestamps(item, nextTimestamp));
    return doc;
  };
  return {
    kind: 'pipeline',
    usesPosition: false,
    apply: (doc) => unlessIdentical(doc, run(doc)),
    insert: (filter, newId) => idFirst(run(equalityFields(filter)), newId),
  };
}

/** A pipeline may drop `_id`, which then stays as it was, but not change it. */
function withId(before: Doc, after: Doc): Doc {
  const id = before.get('_id');
  if (id !== undefined && !after.has('_id')) return new Doc(['_id', ...after.keys], [id, ...after.values]);
  checkSameId(before, after, altered);
  return after;
}
