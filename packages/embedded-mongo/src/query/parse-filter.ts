import { ErrorCode, fail } from '../errors';
import type { Doc } from '../bson';
import { bsonTypeOf, BsonType, isDoc, isNumber, isTruthy, Regex, type Value } from '../bson';
import { compileExpression } from '../aggregate/expression';
import { ALWAYS_TRUE, conjunction, type BitTest, type CompareOperator, type MatchNode } from './ast';
import { compileJsonSchema } from './json-schema';
import { parseBitMask, parseModulo, parseRegex, parseSize, parseTypes } from './parse-operand';
import { compileRegex } from './regex';
import { step } from '../work';
import type { Scope } from './scope';

const MAX_NESTING = 100;
const COMPARE_OPERATORS: ReadonlyMap<string, CompareOperator> = new Map([
  ['$eq', 'eq'],
  ['$lt', 'lt'],
  ['$lte', 'lte'],
  ['$gt', 'gt'],
  ['$gte', 'gte'],
]);
const BIT_OPERATORS: ReadonlyMap<string, BitTest> = new Map([
  ['$bitsAllSet', 'allSet'],
  ['$bitsAnySet', 'anySet'],
  ['$bitsAllClear', 'allClear'],
  ['$bitsAnyClear', 'anyClear'],
]);
/** Names of a database reference, which are field names although they begin with a dollar. */
const REFERENCE_NAMES = new Set(['$ref', '$id', '$db']);

/** Whether a value is a document of operators (`{ $gt: 1 }`) rather than a value to compare with. */
export function isOperatorDoc(value: Value | undefined): value is Doc {
  if (!isDoc(value) || value.size === 0) return false;
  const first = value.keys[0]!;
  return first.startsWith('$') && !REFERENCE_NAMES.has(first);
}

/** Parses a filter; every unknown operator and malformed operand is an error. */
export function parseFilter(filter: Doc, scope: Scope): MatchNode {
  return new FilterParser(scope).filter(filter, 0);
}

/** Parses what one path must satisfy: an operator document, a regular expression, or a value. */
export function parseCondition(path: string, condition: Value, scope: Scope): MatchNode {
  return new FilterParser(scope).condition(path, condition, 0);
}

class FilterParser {
  readonly scope: Scope;

  constructor(scope: Scope) {
    this.scope = scope;
  }

  filter(filter: Doc, depth: number): MatchNode {
    if (depth > MAX_NESTING)
      fail(
        ErrorCode.BadValue,
        `exceeded depth limit of ${MAX_NESTING} when converting match expression to internal form`,
      );
    return conjunction(
      filter.keys.map((key, i) => {
        const value = filter.values[i]!;
        return key.startsWith('$') && !REFERENCE_NAMES.has(key)
          ? this.topLevel(key, value, depth + 1)
          : this.condition(key, value, depth + 1);
      }),
    );
  }

  topLevel(operator: string, operand: Value, depth: number): MatchNode {
    switch (operator) {
      case '$and':
        return conjunction(this.clauses(operator, operand, depth));
      case '$or': {
        const children = this.clauses(operator, operand, depth);
        return children.length === 1 ? children[0]! : { kind: 'or', children };
      }
      case '$nor':
        return { kind: 'nor', children: this.clauses(operator, operand, depth) };
      case '$expr':
        return { kind: 'expr', expression: compileExpression(operand, this.scope) };
      case '$jsonSchema':
        if (!isDoc(operand)) fail(ErrorCode.TypeMismatch, '$jsonSchema must be an object');
        return { kind: 'schema', test: compileJsonSchema(operand) };
      case '$comment':
        return ALWAYS_TRUE;
      case '$alwaysTrue':
      case '$alwaysFalse':
        if (!isNumber(operand) || !isTruthy(operand))
          fail(ErrorCode.FailedToParse, `${operator} must be an integer value of 1`);
        return { kind: 'always', value: operator === '$alwaysTrue' };
      case '$where':
        return fail(ErrorCode.BadValue, 'no globalScriptEngine in $where parsing');
      case '$text':
        return fail(ErrorCode.IndexNotFound, 'text index required for $text query');
      default:
        return fail(ErrorCode.BadValue, `unknown top level operator: ${operator}`);
    }
  }

  clauses(operator: string, operand: Value, depth: number): MatchNode[] {
    if (!Array.isArray(operand)) fail(ErrorCode.BadValue, `${operator} must be an array`);
    if (operand.length === 0) fail(ErrorCode.BadValue, `${operator} must be a nonempty array`);
    return operand.map((clause) => {
      if (!isDoc(clause)) return fail(ErrorCode.BadValue, `${operator} entries need to be full objects`);
      return this.filter(clause, depth);
    });
  }

  condition(path: string, condition: Value, depth: number): MatchNode {
    step();
    if (depth > MAX_NESTING)
      fail(
        ErrorCode.BadValue,
        `exceeded depth limit of ${MAX_NESTING} when converting match expression to internal form`,
      );
    if (condition instanceof Regex) {
      compileRegex(condition);
      return { kind: 'regex', path, regex: condition };
    }
    if (!isOperatorDoc(condition)) return this.compare(path, 'eq', condition);
    return conjunction(
      condition.keys.map((operator, i) =>
        this.operator(path, operator, condition.values[i]!, condition, depth),
      ),
    );
  }

  compare(path: string, op: CompareOperator, value: Value): MatchNode {
    if (bsonTypeOf(value) === BsonType.Undefined) fail(ErrorCode.BadValue, 'cannot compare to undefined');
    if (value instanceof Regex && op !== 'eq')
      fail(ErrorCode.BadValue, `Can't have RegEx as arg to predicate over field '${path}'.`);
    return { kind: 'compare', path, op, value };
  }

  operator(path: string, operator: string, operand: Value, siblings: Doc, depth: number): MatchNode {
    const comparison = COMPARE_OPERATORS.get(operator);
    if (comparison !== undefined) return this.compare(path, comparison, operand);
    const bits = BIT_OPERATORS.get(operator);
    if (bits !== undefined)
      return { kind: 'bits', path, test: bits, mask: parseBitMask(path, operator, operand) };
    switch (operator) {
      case '$ne':
        if (operand instanceof Regex) fail(ErrorCode.BadValue, "Can't have regex as arg to $ne.");
        return { kind: 'not', child: this.compare(path, 'eq', operand) };
      case '$in':
        return this.in(path, operator, operand);
      case '$nin':
        return { kind: 'not', child: this.in(path, operator, operand) };
      case '$exists':
        return isTruthy(operand)
          ? { kind: 'exists', path }
          : { kind: 'not', child: { kind: 'exists', path } };
      case '$type':
        return { kind: 'type', path, types: parseTypes(path, operand) };
      case '$size':
        return { kind: 'size', path, size: parseSize(operand) };
      case '$mod':
        return { kind: 'mod', path, ...parseModulo(operand) };
      case '$all':
        return this.all(path, operand, depth);
      case '$elemMatch':
        return this.elemMatch(path, operand, depth);
      case '$not':
        return this.not(path, operand, depth);
      case '$regex':
        return { kind: 'regex', path, regex: parseRegex(operand, siblings.get('$options')) };
      case '$options':
        if (!siblings.has('$regex')) fail(ErrorCode.BadValue, '$options needs a $regex');
        return ALWAYS_TRUE;
      default:
        return fail(ErrorCode.BadValue, `unknown operator: ${operator}`);
    }
  }

  in(path: string, operator: string, operand: Value): MatchNode {
    if (!Array.isArray(operand)) fail(ErrorCode.BadValue, `${operator} needs an array`);
    const regexes = operand.filter((value) => value instanceof Regex);
    regexes.forEach((regex) => compileRegex(regex));
    for (const value of operand) {
      if (isOperatorDoc(value)) fail(ErrorCode.BadValue, `cannot nest $ under ${operator}`);
      if (bsonTypeOf(value) === BsonType.Undefined) fail(ErrorCode.BadValue, 'cannot compare to undefined');
    }
    const values = operand.filter((value) => !(value instanceof Regex));
    if (values.length === 1 && regexes.length === 0)
      return { kind: 'compare', path, op: 'eq', value: values[0]! };
    return { kind: 'in', path, values, regexes };
  }

  all(path: string, operand: Value, depth: number): MatchNode {
    if (!Array.isArray(operand)) fail(ErrorCode.BadValue, '$all needs an array');
    if (operand.length === 0) return { kind: 'always', value: false };
    const wantsElements = isDoc(operand[0]) && operand[0].keys[0] === '$elemMatch';
    return conjunction(
      operand.map((wanted) => {
        const isElements = isDoc(wanted) && wanted.keys[0] === '$elemMatch';
        if (wantsElements !== isElements) {
          if (wantsElements || isElements)
            fail(
              ErrorCode.BadValue,
              wantsElements ? '$all/$elemMatch has to be consistent' : 'no $ expressions in $all',
            );
        }
        if (isElements) return this.elemMatch(path, wanted.values[0]!, depth);
        if (isOperatorDoc(wanted)) fail(ErrorCode.BadValue, 'no $ expressions in $all');
        return this.condition(path, wanted, depth);
      }),
    );
  }

  elemMatch(path: string, operand: Value, depth: number): MatchNode {
    if (!isDoc(operand)) fail(ErrorCode.BadValue, '$elemMatch needs an Object');
    if (isOperatorDoc(operand) && !isLogical(operand.keys[0]!)) {
      const children = operand.keys.map((operator, i) =>
        this.operator('', operator, operand.values[i]!, operand, depth + 1),
      );
      return { kind: 'elemMatchValue', path, children };
    }
    for (const key of operand.keys)
      if (key === '$where') fail(ErrorCode.BadValue, '$elemMatch cannot contain $where expression');
    return { kind: 'elemMatchObject', path, child: this.filter(operand, depth + 1) };
  }

  not(path: string, operand: Value, depth: number): MatchNode {
    if (operand instanceof Regex) return { kind: 'not', child: this.condition(path, operand, depth) };
    if (!isDoc(operand)) fail(ErrorCode.BadValue, '$not needs a regex or a document');
    if (operand.size === 0) fail(ErrorCode.BadValue, '$not cannot be empty');
    return {
      kind: 'not',
      child: conjunction(
        operand.keys.map((operator, i) =>
          this.operator(path, operator, operand.values[i]!, operand, depth + 1),
        ),
      ),
    };
  }
}

const isLogical = (operator: string): boolean =>
  ['$and', '$or', '$nor', '$where', '$expr'].includes(operator);
