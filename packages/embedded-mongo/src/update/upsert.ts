import { ErrorCode, fail } from '../errors';
import { Doc, type Value } from '../bson';
import { inCanonicalOrder, type MatchNode } from '../query/ast';
import type { Filter } from '../query/filter';

/** The fields that an upsert takes from the equalities of its filter. */
export function equalityFields(filter: Filter): Doc {
  const found = new Map<string, Value>();
  collect(filter.node, (path, value) => add(path, value, found));
  const doc = new Doc();
  for (const [path, value] of found) setPath(doc, path.split('.'), value);
  return doc;
}

/** The `_id` that a replacing upsert takes from its filter. */
export function equalityId(filter: Filter): Doc {
  const found = new Map<string, Value>();
  collect(filter.node, (path, value) => {
    if (path.startsWith('_id.')) {
      fail(
        ErrorCode.NotExactValueField,
        `field at '_id' must be exactly specified, field at sub-path '${path}'found`,
      );
    }
    if (path === '_id') add(path, value, found);
  });
  return Doc.from(found);
}

/** Equalities that must hold: compared values, and the only value of `$in`, `$all` or `$or`. */
function collect(node: MatchNode, take: (path: string, value: Value) => void): void {
  if (node.kind === 'and') inCanonicalOrder(node.children).forEach((child) => collect(child, take));
  else if (node.kind === 'compare' && node.op === 'eq') take(node.path, node.value);
  else if (node.kind === 'expr') {
    fail(ErrorCode.QueryFeatureNotAllowed, '$expr is not allowed in the query predicate for an upsert');
  }
}

function add(path: string, value: Value, found: Map<string, Value>): void {
  if (found.has(path))
    fail(ErrorCode.NotSingleValueField, `cannot infer query fields to set, path '${path}' is matched twice`);
  for (const other of found.keys()) {
    if (other.startsWith(`${path}.`) || path.startsWith(`${other}.`)) {
      fail(
        ErrorCode.NotSingleValueField,
        `cannot infer query fields to set, both paths '${path}' and '${other}' are matched`,
      );
    }
  }
  found.set(path, value);
}

function setPath(doc: Doc, names: readonly string[], value: Value): void {
  let at = doc;
  for (const name of names.slice(0, -1)) {
    const next = at.get(name);
    const inner = next instanceof Doc ? next : new Doc();
    at.set(name, inner);
    at = inner;
  }
  at.set(names.at(-1)!, value);
}
