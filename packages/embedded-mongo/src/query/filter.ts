import type { Doc } from '../bson';
import { isTruthy, type Value } from '../bson';
import { inCanonicalOrder, type MatchNode, type PathNode } from './ast';
import { parseFilter } from './parse-filter';
import { parsePath, visitPath } from './path';
import { elementFinder, leafTest, type CompileDocTest, type Predicate } from './predicate';
import { step } from '../work';
import { compileRegex } from './regex';
import type { Scope } from './scope';

/** Where a match was found: the position in the outermost array on the path. */
interface Found {
  position: number;
}

type Matcher = (doc: Doc, found: Found | undefined) => boolean;

/** A compiled filter. */
export interface Filter {
  readonly source: Doc;
  readonly node: MatchNode;
  matches(doc: Doc): boolean;
  /** Whether it searches with patterns that need a guard: then `testTogether` is worth its while. */
  readonly isDangerous: boolean;
  /** The position in the outermost array that made the document match, for the positional operator. */
  position(doc: Doc): number | undefined;
}

export function compileFilter(source: Doc, scope: Scope): Filter {
  return filterOf(source, parseFilter(source, scope), scope);
}

/** A filter of an already parsed node. */
export function filterOf(source: Doc, node: MatchNode, scope: Scope): Filter {
  const matcher = compileNode(node, scope);
  // The clause that is tested last decides the position, and the clauses are tested in their canonical order.
  let locator: Matcher | undefined;
  return {
    source,
    node,
    matches: (doc) => matcher(doc, undefined),
    isDangerous: isDangerous(node),
    position: (doc) => {
      locator ??= compileNode(canonical(node), scope);
      const found: Found = { position: -1 };
      return locator(doc, found) && found.position >= 0 ? found.position : undefined;
    },
  };
}

function isDangerous(node: MatchNode): boolean {
  switch (node.kind) {
    case 'regex':
      return compileRegex(node.regex).isDangerous;
    case 'in':
      return node.regexes.some((regex) => compileRegex(regex).isDangerous);
    case 'and':
    case 'or':
    case 'nor':
    case 'elemMatchValue':
      return node.children.some(isDangerous);
    case 'not':
    case 'elemMatchObject':
      return isDangerous(node.child);
    default:
      return false;
  }
}

function canonical(node: MatchNode): MatchNode {
  if (node.kind === 'and') return { kind: 'and', children: inCanonicalOrder(node.children.map(canonical)) };
  return node.kind === 'or' ? { kind: 'or', children: node.children.map(canonical) } : node;
}

/** Compiles a node to a test of documents, for operators that apply filters to parts of a document. */
export function compileDocTest(scope: Scope): CompileDocTest {
  return (node) => {
    const matcher = compileNode(node, scope);
    return (doc) => matcher(doc, undefined);
  };
}

function compileNode(node: MatchNode, scope: Scope): Matcher {
  switch (node.kind) {
    case 'and':
      return all(node.children.map((child) => compileNode(child, scope)));
    case 'or':
      return any(node.children.map((child) => compileNode(child, scope)));
    case 'nor': {
      const matches = any(node.children.map((child) => compileNode(child, scope)));
      return (doc) => !matches(doc, undefined);
    }
    case 'not': {
      const matches = compileNode(node.child, scope);
      return (doc) => !matches(doc, undefined);
    }
    case 'expr': {
      const { expression } = node;
      return (doc) => isTruthy(scope.evaluate(expression, doc));
    }
    case 'schema': {
      const { test } = node;
      return (doc) => test(doc);
    }
    case 'always':
      return () => node.value;
    default:
      return compilePathNode(node, scope);
  }
}

function all(matchers: Matcher[]): Matcher {
  if (matchers.length === 2) {
    const [first, second] = matchers as [Matcher, Matcher];
    return (doc, found) => first(doc, found) && second(doc, found);
  }
  return (doc, found) => {
    step(matchers.length >> 3);
    for (const matcher of matchers) if (!matcher(doc, found)) return false;
    return true;
  };
}

function any(matchers: Matcher[]): Matcher {
  return (doc, found) => {
    step(matchers.length >> 3);
    for (const matcher of matchers) if (matcher(doc, found)) return true;
    return false;
  };
}

function compilePathNode(node: PathNode, scope: Scope): Matcher {
  const parts = parsePath(node.path);
  const { expandLeaf, test } = leafTest(node, compileDocTest(scope));
  if (node.kind === 'elemMatchObject' || node.kind === 'elemMatchValue') return elementMatcher(node, scope);
  if (parts.length === 1) return fieldMatcher(parts[0]!.name, expandLeaf, test);
  return (doc, found) =>
    visitPath(doc, parts, expandLeaf, (value, position) => {
      if (!test(value)) return false;
      if (found !== undefined && position >= 0) found.position = position;
      return true;
    });
}

/** The common case of a field of the document itself. */
function fieldMatcher(name: string, expandLeaf: boolean, test: Predicate): Matcher {
  return (doc, found) => {
    const value = doc.get(name);
    if (!expandLeaf || !Array.isArray(value)) return test(value);
    step(1 + (value.length >> 3));
    const position = value.findIndex((element: Value) => test(element));
    if (position < 0) return test(value);
    if (found !== undefined) found.position = position;
    return true;
  };
}

/** `$elemMatch` also tells which element matched, unless an outer array already did. */
function elementMatcher(
  node: PathNode & { kind: 'elemMatchObject' | 'elemMatchValue' },
  scope: Scope,
): Matcher {
  const parts = parsePath(node.path);
  const find = elementFinder(node, compileDocTest(scope));
  return (doc, found) =>
    visitPath(doc, parts, false, (value, position) => {
      const element = Array.isArray(value) ? find(value) : -1;
      if (element < 0) return false;
      if (found !== undefined) found.position = position >= 0 ? position : element;
      return true;
    });
}
