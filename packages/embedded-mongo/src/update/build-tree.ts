import { ErrorCode, fail } from '../errors';
import type { Leaf } from './leaf';
import { ElementsNode, FieldsNode, LeafNode, type ElementTest, type UpdateNode } from './tree';

/** The array filters of an update by their names. */
export interface ElementTests {
  /** The test of `$[name]`; the empty name accepts every element. Unknown names throw. */
  find(name: string, path: string): ElementTest;
}

const ELEMENTS = /^\$\[(.*)\]$/s;

/** Puts a leaf at a path of the tree; a place at, above or below another one is a conflict. */
export function insertLeaf(root: FieldsNode, path: string, leaf: Leaf, tests: ElementTests): void {
  const names = path.split('.');
  if (names[0] === '$' || ELEMENTS.test(names[0]!)) {
    fail(
      ErrorCode.BadValue,
      `Cannot have positional (i.e. '$') element in the first position in path '${path}'`,
    );
  }
  let at: UpdateNode = root;
  names.forEach((name, depth) => {
    const next = names[depth + 1];
    const child =
      next === undefined ? new LeafNode(leaf) : ELEMENTS.test(next) ? new ElementsNode() : new FieldsNode();
    at = childAt(at, name, child, names.slice(0, depth + 1), path, tests);
  });
}

/** The child of a node, made if it is not there; one of another kind is a conflict. */
function childAt(
  at: UpdateNode,
  name: string,
  fresh: UpdateNode,
  prefix: readonly string[],
  path: string,
  tests: ElementTests,
): UpdateNode {
  const conflict = (): never =>
    fail(
      ErrorCode.ConflictingUpdateOperators,
      `Updating the path '${path}' would create a conflict at '${prefix.join('.')}'`,
    );
  let known: UpdateNode | undefined;
  const elements = ELEMENTS.exec(name);
  if (elements !== null && at instanceof ElementsNode) {
    const test = tests.find(elements[1]!, path);
    known = at.children.get(elements[1]!)?.node;
    if (known === undefined) at.children.set(elements[1]!, { test, node: fresh });
  } else if (at instanceof FieldsNode && elements === null) {
    known = name === '$' ? at.positional : at.children.get(name);
    if (known === undefined && name === '$') at.positional = fresh;
    else if (known === undefined) at.children.set(name, fresh);
  } else return conflict();
  if (known === undefined) return fresh;
  if (known instanceof LeafNode || fresh instanceof LeafNode || known.constructor !== fresh.constructor)
    return conflict();
  return known;
}
