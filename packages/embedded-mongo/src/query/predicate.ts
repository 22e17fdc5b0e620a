import {
  Binary,
  BsonSymbol,
  bsonTypeOf,
  compareNumbers,
  compareValues,
  Doc,
  hashValue,
  isNumber,
  rankOf,
  Regex,
  toNumber,
  type Value,
} from '../bson';
import { Rank } from '../bson/type-of';
import { bitsOfBinary, type BitTest, type CompareOperator, type MatchNode, type PathNode } from './ast';
import { step } from '../work';
import { compileRegex } from './regex';
import { bitsOfNumber, longOf } from './parse-operand';

/** A test of one value (undefined: missing), without looking into arrays. */
export type Predicate = (value: Value | undefined) => boolean;

/** Since MongoDB 8.0 null is equal to a missing field, and no longer to BSON's undefined. */
const isNullLike: Predicate = (value) => value === undefined || value === null;

const isNaNValue = (value: Value | undefined): boolean => isNumber(value) && Number.isNaN(toNumber(value));

const accepts: Record<CompareOperator, (order: number) => boolean> = {
  eq: (order) => order === 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
};

export function comparePredicate(op: CompareOperator, operand: Value): Predicate {
  const rank = rankOf(operand);
  const inclusive = op !== 'lt' && op !== 'gt';
  if (rank === Rank.Null || rank === Rank.Undefined) return inclusive ? isNullLike : () => false;
  if (rank === Rank.MinKey || rank === Rank.MaxKey) return extremePredicate(op, operand);
  if (op === 'eq') return equalPredicate(operand, rank);
  const accept = accepts[op];
  if (rank === Rank.Number) {
    const operandIsNaN = isNaNValue(operand);
    return (value) => {
      if (!isNumber(value)) return false;
      if (operandIsNaN || isNaNValue(value)) return inclusive && operandIsNaN && isNaNValue(value);
      return accept(compareValues(value, operand));
    };
  }
  return (value) => rankOf(value) === rank && value !== undefined && accept(compareValues(value, operand));
}

/** MinKey and MaxKey are compared with values of every type, a missing one included. */
function extremePredicate(op: CompareOperator, operand: Value): Predicate {
  const accept = accepts[op];
  return (value) => accept(compareValues(value, operand));
}

function equalPredicate(operand: Value, rank: number): Predicate {
  if (typeof operand === 'string')
    return (value) => value === operand || (value instanceof BsonSymbol && value.value === operand);
  if (typeof operand === 'number' && !Number.isNaN(operand)) {
    return (value) =>
      typeof value === 'number' ? value === operand : isNumber(value) && compareNumbers(value, operand) === 0;
  }
  if (typeof operand === 'boolean') return (value) => value === operand;
  return (value) => value !== undefined && rankOf(value) === rank && compareValues(value, operand) === 0;
}

function inPredicate(values: readonly Value[], regexes: readonly Regex[]): Predicate {
  const matchesNull = values.some((value) => value === null);
  const hashes = new Set(values.map((value) => hashValue(value)));
  const tests = regexes.map(regexPredicate);
  return (value) => {
    if (isNullLike(value)) return matchesNull;
    if (hashes.has(hashValue(value))) return true;
    for (const test of tests) {
      step();
      if (test(value)) return true;
    }
    return false;
  };
}

/** Text that matches, or the very same regular expression stored as a value. */
function regexPredicate(regex: Regex): Predicate {
  const compiled = compileRegex(regex);
  return (value) => {
    if (typeof value === 'string') return compiled.test(value);
    if (value instanceof BsonSymbol) return compiled.test(value.value);
    return value instanceof Regex && value.pattern === regex.pattern && value.options === regex.options;
  };
}

function moduloPredicate(divisor: bigint, remainder: bigint): Predicate {
  return (value) => {
    return isNumber(value) && longOf(value) % divisor === remainder;
  };
}

function bitsPredicate(test: BitTest, mask: bigint): Predicate {
  const accept: Record<BitTest, (bits: bigint) => boolean> = {
    allSet: (bits) => (bits & mask) === mask,
    anySet: (bits) => (bits & mask) !== 0n,
    allClear: (bits) => (bits & mask) === 0n,
    anyClear: (bits) => (bits & mask) !== mask,
  };
  const decide = accept[test];
  return (value) => {
    const bits =
      value instanceof Binary ? bitsOfBinary(value) : isNumber(value) ? bitsOfNumber(value) : undefined;
    return bits !== undefined && decide(bits);
  };
}

/** How the values of a path are tested: arrays at its end either element by element and as a whole, or only as a whole. */
interface LeafTest {
  readonly expandLeaf: boolean;
  readonly test: Predicate;
}

/** Compiles what `$elemMatch` asks of the documents in an array; given by the caller because it needs whole filters. */
export type CompileDocTest = (node: MatchNode) => (doc: Doc) => boolean;

export function leafTest(node: PathNode, compileDocTest: CompileDocTest): LeafTest {
  switch (node.kind) {
    case 'compare':
      return { expandLeaf: true, test: comparePredicate(node.op, node.value) };
    case 'in':
      return { expandLeaf: true, test: inPredicate(node.values, node.regexes) };
    case 'regex':
      return { expandLeaf: true, test: regexPredicate(node.regex) };
    case 'type': {
      const { types } = node;
      return { expandLeaf: true, test: (value) => value !== undefined && types.has(bsonTypeOf(value)) };
    }
    case 'mod':
      return { expandLeaf: true, test: moduloPredicate(node.divisor, node.remainder) };
    case 'bits':
      return { expandLeaf: true, test: bitsPredicate(node.test, node.mask) };
    case 'exists':
      return { expandLeaf: false, test: (value) => value !== undefined };
    case 'size': {
      const { size } = node;
      return { expandLeaf: false, test: (value) => Array.isArray(value) && value.length === size };
    }
    case 'elemMatchObject':
    case 'elemMatchValue': {
      const find = elementFinder(node, compileDocTest);
      return { expandLeaf: false, test: (value) => Array.isArray(value) && find(value) >= 0 };
    }
  }
}

/** The position of the first element that an `$elemMatch` accepts, or -1. */
export function elementFinder(
  node: PathNode & { kind: 'elemMatchObject' | 'elemMatchValue' },
  compileDocTest: CompileDocTest,
): (array: Value[]) => number {
  if (node.kind === 'elemMatchValue') {
    const tests = node.children.map((child) => valueTest(child, compileDocTest));
    return (array) =>
      array.findIndex((element) => {
        step();
        return tests.every((test) => test(element));
      });
  }
  const matches = compileDocTest(node.child);
  return (array) =>
    array.findIndex((element) => {
      step();
      if (element instanceof Doc) return matches(element);
      return (
        Array.isArray(element) &&
        matches(
          new Doc(
            element.map((_, i) => String(i)),
            element,
          ),
        )
      );
    });
}

/** A node applied to a single value, whatever its path: inside a value `$elemMatch`, in array filters and `$pull`. */
export function valueTest(node: MatchNode, compileDocTest: CompileDocTest): Predicate {
  switch (node.kind) {
    case 'and': {
      const tests = node.children.map((child) => valueTest(child, compileDocTest));
      return (value) => tests.every((test) => test(value));
    }
    case 'or': {
      const tests = node.children.map((child) => valueTest(child, compileDocTest));
      return (value) => tests.some((test) => test(value));
    }
    case 'nor': {
      const tests = node.children.map((child) => valueTest(child, compileDocTest));
      return (value) => !tests.some((test) => test(value));
    }
    case 'not': {
      const test = valueTest(node.child, compileDocTest);
      return (value) => !test(value);
    }
    case 'always':
      return () => node.value;
    case 'expr':
    case 'schema': {
      const matches = compileDocTest(node);
      return (value) => value instanceof Doc && matches(value);
    }
    default:
      return leafTest(node, compileDocTest).test;
  }
}
