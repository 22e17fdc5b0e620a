import { ErrorCode, fail } from '../errors';
import { Doc, shellText, type Value } from '../bson';
import type { MatchNode } from '../query/ast';
import { compileDocTest } from '../query/filter';
import { parseFilter } from '../query/parse-filter';
import { valueTest } from '../query/predicate';
import type { Scope } from '../query/scope';
import type { ElementTests } from './build-tree';
import type { ElementTest } from './tree';

/** The option `arrayFilters`: each names the elements it selects by its only top-level field. */
export class ArrayFilters implements ElementTests {
  readonly #tests = new Map<string, ElementTest>();
  readonly #used = new Set<string>();

  constructor(filters: readonly Doc[], scope: Scope) {
    for (const filter of filters) {
      const node = parseFilter(filter, scope);
      const name = filterName(node);
      if (this.#tests.has(name))
        fail(
          ErrorCode.FailedToParse,
          `Found multiple array filters with the same top-level field name ${name}`,
        );
      this.#tests.set(name, elementTest(node, name, scope));
    }
  }

  find(name: string, path: string): ElementTest {
    if (name === '') return () => true;
    this.#used.add(name);
    return (
      this.#tests.get(name) ??
      fail(ErrorCode.BadValue, `No array filter found for identifier '${name}' in path '${path}'`)
    );
  }

  /** A filter that no path uses is a mistake. */
  checkUsed(update: Value): void {
    for (const name of this.#tests.keys()) {
      if (!this.#used.has(name))
        fail(
          ErrorCode.FailedToParse,
          `The array filter for identifier '${name}' was not used in the update ${shellText(update)}`,
        );
    }
  }
}

function filterName(node: MatchNode): string {
  const names = new Set<string>();
  collectNames(node, names);
  const [name, other] = [...names];
  if (name === undefined)
    fail(ErrorCode.FailedToParse, 'Cannot use an expression without a top-level field name in arrayFilters');
  if (other !== undefined)
    fail(
      ErrorCode.FailedToParse,
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${other}'`,
    );
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
    fail(
      ErrorCode.BadValue,
      `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
    );
  }
  return name;
}

function collectNames(node: MatchNode, names: Set<string>): void {
  if ('path' in node) names.add(node.path.split('.')[0]!);
  else if ('children' in node) node.children.forEach((child) => collectNames(child, names));
  else if (node.kind === 'not') collectNames(node.child, names);
}

/** Conditions on the name itself test the element as it is, those below it test its fields. */
function elementTest(node: MatchNode, name: string, scope: Scope): ElementTest {
  const compile = compileDocTest(scope);
  const test = (at: MatchNode): ElementTest => {
    switch (at.kind) {
      case 'and': {
        const tests = at.children.map(test);
        return (element) => tests.every((child) => child(element));
      }
      case 'or':
      case 'nor': {
        const tests = at.children.map(test);
        return (element) => tests.some((child) => child(element)) === (at.kind === 'or');
      }
      case 'not': {
        const child = test(at.child);
        return (element) => !child(element);
      }
      default: {
        if ('path' in at && at.path === name) return valueTest(at, compile);
        const matches = compile(at);
        return (element) => matches(new Doc([name], [element]));
      }
    }
  };
  return test(node);
}
