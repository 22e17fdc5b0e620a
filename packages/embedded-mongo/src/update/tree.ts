import { ErrorCode, fail } from '../errors';
import { Doc, identicalValues, shellText, type Value } from '../bson';
import { arrayIndex } from '../query/path';
import { lastOf, type ApplyContext, type Leaf, type Trail } from './leaf';

/** The largest number of nulls that a position beyond an array's end may add. */
const MAX_PADDING = 1_500_000;

/** A test of array elements: what `$[name]` stands for; `$[]` accepts all. */
export type ElementTest = (element: Value) => boolean;

export type UpdateNode = LeafNode | FieldsNode | ElementsNode;

/** An operator at the end of a path. */
export class LeafNode {
  readonly leaf: Leaf;
  constructor(leaf: Leaf) {
    this.leaf = leaf;
  }
}

/** Updates below the fields of a document, or the positions of an array. */
export class FieldsNode {
  /** Kept sorted: updates are applied in this order, and new fields appear in it. */
  readonly children = new Map<string, UpdateNode>();
  /** What lies below `$`. */
  positional: UpdateNode | undefined;

  sorted(): [string, UpdateNode][] {
    return [...this.children].sort(([a], [b]) => compareNames(a, b));
  }
}

/** Updates below `$[]` and `$[name]`. */
export class ElementsNode {
  readonly children = new Map<string, { test: ElementTest; node: UpdateNode }>();
}

/** Numbers by value, everything else by code unit. */
function compareNames(a: string, b: string): number {
  const x = arrayIndex(a);
  const y = arrayIndex(b);
  if (x >= 0 && y >= 0) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Applies a tree to a document; gives the same document when nothing changes. */
export function applyTree(root: FieldsNode, doc: Doc, context: ApplyContext): Doc {
  return applyNode(root, doc, [], context) as Doc;
}

function applyNode(
  node: UpdateNode,
  old: Value | undefined,
  trail: Trail,
  context: ApplyContext,
): Value | undefined {
  if (node instanceof LeafNode) return applyLeaf(node.leaf, old, trail, context);
  if (node instanceof ElementsNode) return applyToElements(node, old, trail, context);
  if (old instanceof Doc) return applyToDoc(node, old, trail, context);
  if (Array.isArray(old)) return applyToArray(node, old, trail, context);
  if (old === undefined) return createBelow(node, trail, context);
  failBelow(node, old, trail, context);
  return old;
}

function applyLeaf(
  leaf: Leaf,
  old: Value | undefined,
  trail: Trail,
  context: ApplyContext,
): Value | undefined {
  if (leaf.acts?.(context) === false) return old;
  if (old === undefined && leaf.missing !== 'create') return undefined;
  const value = leaf.apply(old, trail, context);
  if (old !== undefined && value !== undefined && !isChange(leaf, old, value)) return old;
  context.changed = true;
  return value;
}

function isChange(leaf: Leaf, old: Value, value: Value): boolean {
  return leaf.isChange?.(old, value) ?? !identicalValues(old, value);
}

/** The children of a node, `$` resolved to the position that the query matched. */
function childrenOf(node: FieldsNode, trail: Trail, context: ApplyContext): [string, UpdateNode][] {
  if (node.positional === undefined) return node.sorted();
  if (context.position === undefined)
    fail(ErrorCode.BadValue, 'The positional operator did not find the match needed from the query.');
  const name = String(context.position);
  const merged = new FieldsNode();
  for (const [child, below] of node.children) merged.children.set(child, below);
  const known = merged.children.get(name);
  merged.children.set(
    name,
    known === undefined ? node.positional : mergeNodes(known, node.positional, [...trail, name]),
  );
  return merged.sorted();
}

function applyToDoc(node: FieldsNode, doc: Doc, trail: Trail, context: ApplyContext): Doc {
  let out = doc;
  for (const [name, child] of childrenOf(node, trail, context)) {
    const old = out.get(name);
    const value = applyNode(child, old, [...trail, name], context);
    if (Object.is(value, old)) continue;
    if (out === doc) out = doc.clone();
    if (value === undefined) out.delete(name);
    else out.set(name, value);
  }
  return out;
}

function applyToArray(node: FieldsNode, array: Value[], trail: Trail, context: ApplyContext): Value[] {
  let out = array;
  for (const [name, child] of childrenOf(node, trail, context)) {
    const index = arrayIndex(name);
    if (index < 0) {
      failAt(child, name, out, trail, context);
      continue;
    }
    const old = out[index];
    const value = applyNode(child, old, [...trail, name], context);
    if (Object.is(value, old)) continue;
    if (out === array) out = array.slice();
    // A removed element leaves null, so that the others keep their positions.
    if (index - out.length > MAX_PADDING)
      fail(ErrorCode.CannotBackfillArray, `can't backfill more than ${MAX_PADDING} elements`);
    while (out.length < index) out.push(null);
    out[index] = value ?? null;
  }
  return out;
}

/** Makes the documents that a path lacks; undefined when nothing below creates anything. */
function createBelow(node: FieldsNode, trail: Trail, context: ApplyContext): Doc | undefined {
  const out = new Doc();
  for (const [name, child] of childrenOf(node, trail, context)) {
    const value = applyNode(child, undefined, [...trail, name], context);
    if (value !== undefined) out.push(name, value);
  }
  return out.size > 0 ? out : undefined;
}

/** No field can stand below a scalar: an error for all operators but those that do nothing there. */
function failBelow(node: FieldsNode, value: Value, trail: Trail, context: ApplyContext): void {
  for (const [name, child] of childrenOf(node, trail, context)) failAt(child, name, value, trail, context);
}

function failAt(node: UpdateNode, name: string, container: Value, trail: Trail, context: ApplyContext): void {
  if (node instanceof ElementsNode) return missingArray([...trail, name]);
  if (node instanceof FieldsNode) {
    for (const [below, child] of childrenOf(node, trail, context))
      failLeaf(child, name, [...trail, name, below], container, trail, context);
    return;
  }
  failLeaf(node, name, [...trail, name], container, trail, context);
}

function failLeaf(
  node: UpdateNode,
  name: string,
  path: Trail,
  container: Value,
  trail: Trail,
  context: ApplyContext,
): void {
  if (node instanceof ElementsNode) return missingArray(path);
  if (node instanceof FieldsNode) {
    for (const [below, child] of childrenOf(node, path, context))
      failLeaf(child, name, [...path, below], container, trail, context);
    return;
  }
  const { leaf } = node;
  if (leaf.missing === 'ignore' || leaf.acts?.(context) === false) return;
  const shown = `{${lastOf(trail)}: ${shellText(container)}}`;
  if (leaf.missing === 'create')
    fail(ErrorCode.PathNotViable, `Cannot create field '${name}' in element ${shown}`);
  fail(
    ErrorCode.PathNotViable,
    `Cannot use the part (${name}) of (${path.join('.')}) to traverse the element (${shown})`,
  );
}

function missingArray(trail: Trail): never {
  return fail(
    ErrorCode.BadValue,
    `The path '${trail.join('.')}' must exist in the document in order to apply array updates.`,
  );
}

function applyToElements(
  node: ElementsNode,
  old: Value | undefined,
  trail: Trail,
  context: ApplyContext,
): Value {
  if (old === undefined) return missingArray(trail);
  if (!Array.isArray(old))
    return fail(
      ErrorCode.BadValue,
      `Cannot apply array updates to non-array element ${lastOf(trail)}: ${shellText(old)}`,
    );
  let out = old;
  old.forEach((element, i) => {
    const name = String(i);
    const below = [...node.children.values()].filter(({ test }) => test(element)).map((child) => child.node);
    if (below.length === 0) return;
    const merged = below.reduce((first, second) => mergeNodes(first, second, [...trail, name]));
    const value = applyNode(merged, element, [...trail, name], context);
    if (Object.is(value, element)) return;
    if (out === old) out = old.slice();
    out[i] = value ?? null;
  });
  return out;
}

/** Joins what two ways to the same place ask for; two operators at one place are a conflict. */
function mergeNodes(a: UpdateNode, b: UpdateNode, trail: Trail): UpdateNode {
  if (a instanceof FieldsNode && b instanceof FieldsNode) {
    const merged = new FieldsNode();
    for (const [name, child] of a.children) merged.children.set(name, child);
    for (const [name, child] of b.children) {
      const known = merged.children.get(name);
      merged.children.set(name, known === undefined ? child : mergeNodes(known, child, [...trail, name]));
    }
    merged.positional =
      a.positional !== undefined && b.positional !== undefined
        ? mergeNodes(a.positional, b.positional, [...trail, '$'])
        : (a.positional ?? b.positional);
    return merged;
  }
  if (a instanceof ElementsNode && b instanceof ElementsNode) {
    const merged = new ElementsNode();
    for (const [name, child] of a.children) merged.children.set(name, child);
    for (const [name, { test, node }] of b.children) {
      const known = merged.children.get(name);
      merged.children.set(name, {
        test,
        node: known === undefined ? node : mergeNodes(known.node, node, trail),
      });
    }
    return merged;
  }
  return fail(ErrorCode.ConflictingUpdateOperators, `Update created a conflict at '${trail.join('.')}'`);
}
