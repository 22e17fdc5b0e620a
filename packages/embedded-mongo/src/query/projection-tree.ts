import { fail } from '../errors';
import { Doc, type Value } from '../bson';
import { copyWithSlots, placeField, removeField } from './field-slots';
import type { Expression, Frame } from './scope';

/** What a projection does at the end of a path: names it, computes it, or leaves it to an operator that runs afterwards. */
export type ProjectionLeaf =
  { kind: 'named' } | { kind: 'operator' } | { kind: 'computed'; expression: Expression };

/** A tree of the paths of a projection; `entries` keeps the order of the specification. */
export class ProjectionNode {
  readonly entries = new Map<string, ProjectionLeaf | ProjectionNode>();
  /** Whether anything below is computed: such a node turns values that are not documents into documents. */
  hasComputed = false;

  /** Whether a path leads below the top level. */
  get isNested(): boolean {
    return [...this.entries.values()].some((entry) => entry instanceof ProjectionNode);
  }

  /** Puts a leaf at a path; a path inside or above another one is an error. */
  insert(path: string, leaf: ProjectionLeaf): void {
    const names = path.split('.');
    const last = names.pop()!;
    let at: ProjectionNode = this; // eslint-disable-line @typescript-eslint/no-this-alias -- the walk begins here
    const nodes: ProjectionNode[] = [at];
    names.forEach((name, depth) => {
      let next = at.entries.get(name);
      if (next === undefined) at.entries.set(name, (next = new ProjectionNode()));
      if (!(next instanceof ProjectionNode))
        fail(
          31249,
          `Path collision at ${path} remaining portion ${[...names.slice(depth + 1), last].join('.')}`,
        );
      nodes.push((at = next));
    });
    if (at.entries.has(last)) fail(31250, `Path collision at ${path}`);
    at.entries.set(last, leaf);
    if (leaf.kind === 'computed') for (const node of nodes) node.hasComputed = true;
  }
}

/** Keeps the fields of the tree, in the order of the document. */
export function includeFields(doc: Doc, node: ProjectionNode): Doc {
  const out = new Doc();
  for (let i = 0; i < doc.keys.length; i++) {
    const entry = node.entries.get(doc.keys[i]!);
    if (entry === undefined) continue;
    if (entry instanceof ProjectionNode) {
      const value = includeInValue(doc.values[i]!, entry);
      if (value !== undefined) out.push(doc.keys[i]!, value);
    } else if (entry.kind !== 'computed') out.push(doc.keys[i]!, doc.values[i]!);
  }
  return out;
}

function includeInValue(value: Value, node: ProjectionNode): Value | undefined {
  if (value instanceof Doc) return includeFields(value, node);
  // Where something will be computed, every other value makes room for a document.
  if (!Array.isArray(value)) return node.hasComputed ? new Doc() : undefined;
  return value.map((element) => includeInValue(element, node)).filter((element) => element !== undefined);
}

/** Drops the fields of the tree. */
export function excludeFields(doc: Doc, node: ProjectionNode): Doc {
  const out = new Doc();
  for (let i = 0; i < doc.keys.length; i++) {
    const entry = node.entries.get(doc.keys[i]!);
    const value = doc.values[i]!;
    if (entry === undefined) out.push(doc.keys[i]!, value);
    else if (entry instanceof ProjectionNode) out.push(doc.keys[i]!, excludeInValue(value, entry));
    else if (entry.kind !== 'named') out.push(doc.keys[i]!, value);
  }
  return out;
}

function excludeInValue(value: Value, node: ProjectionNode): Value {
  if (value instanceof Doc) return excludeFields(value, node);
  return Array.isArray(value) ? value.map((element) => excludeInValue(element, node)) : value;
}

/** Sets the computed fields of the tree in a document that the caller owns. */
export function addComputed(out: Doc, node: ProjectionNode, frame: Frame): Doc {
  for (const [name, entry] of node.entries) {
    if (entry instanceof ProjectionNode) {
      if (entry.hasComputed) out.set(name, computeInValue(out.get(name), entry, frame));
    } else if (entry.kind === 'computed') {
      const value = entry.expression(frame);
      if (value === undefined) removeField(out, name);
      else placeField(out, name, value);
    }
  }
  return out;
}

function computeInValue(value: Value | undefined, node: ProjectionNode, frame: Frame): Value {
  if (Array.isArray(value)) return value.map((element) => computeInValue(element, node, frame));
  return addComputed(value instanceof Doc ? copyWithSlots(value) : new Doc(), node, frame);
}
