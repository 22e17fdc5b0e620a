import { BsonType, bsonTypeOf, Doc, isDoc, isTruthy, Regex, typeName, type Value } from '../bson';
import { compileFilter } from './filter';
import { compileExpression } from '../aggregate/expression';
import { parsePath, visitPath } from './path';
import { details, schemaFailure } from './schema-failures';
import type { Scope } from './scope';

/** So many values are shown of an array. */
const MOST_VALUES = 10;

/** What is said of a condition on the values at a path. */
interface Reason {
  /** When it is not met, and when it is met although it must not be. */
  readonly unmet: string;
  readonly met: string;
  /** Types outside which nothing can meet it, sorted. */
  readonly types?: readonly string[];
  /** It is about arrays as wholes, not about their elements. */
  readonly whole?: true;
}

const COMPARISON: Reason = { unmet: 'comparison failed', met: 'comparison succeeded' };
const MEMBERSHIP: Reason = {
  unmet: 'no matching value found in array',
  met: 'matching value found in array',
};
const NUMBERS = ['decimal', 'double', 'int', 'long'];
const BITS: Reason = {
  unmet: 'bitwise operator failed to match',
  met: 'bitwise operator matched successfully',
  types: ['binData', ...NUMBERS],
};
const ARRAY = { types: ['array'], whole: true } as const;
const opposite = ({ unmet, met, ...rest }: Reason): Reason => ({ unmet: met, met: unmet, ...rest });

const REASONS: ReadonlyMap<string, Reason> = new Map<string, Reason>([
  ...['$eq', '$lt', '$lte', '$gt', '$gte'].map((name) => [name, COMPARISON] as const),
  ['$ne', opposite(COMPARISON)],
  ['$in', MEMBERSHIP],
  ['$nin', opposite(MEMBERSHIP)],
  ['$type', { unmet: 'type did not match', met: 'type did match' }],
  [
    '$regex',
    {
      unmet: 'regular expression did not match',
      met: 'regular expression did match',
      types: ['regex', 'string', 'symbol'],
    },
  ],
  [
    '$mod',
    {
      unmet: '$mod did not evaluate to expected remainder',
      met: '$mod did evaluate to expected remainder',
      types: NUMBERS,
    },
  ],
  ...['$bitsAllSet', '$bitsAllClear', '$bitsAnySet', '$bitsAnyClear'].map((name) => [name, BITS] as const),
  [
    '$size',
    {
      unmet: 'array length was not equal to given size',
      met: 'array length was equal to given size',
      ...ARRAY,
    },
  ],
  [
    '$elemMatch',
    {
      unmet: 'array did not satisfy the child predicate',
      met: 'array did satisfy the child predicate',
      ...ARRAY,
    },
  ],
  [
    '$all',
    {
      unmet: 'array did not contain all specified values',
      met: 'array did contain all specified values',
      whole: true,
    },
  ],
]);

/** One condition of a filter: an operator at the top, or one on a path. */
interface Clause {
  readonly filter: Doc;
  readonly path?: string;
  readonly operator: string;
}

/**
 * Why a document does not match a filter, as MongoDB describes a failed validation; `inverted`: why it matches one that it
 * must not match.
 */
export function validationFailure(doc: Doc, filter: Doc, scope: Scope, inverted = false): Doc {
  const clauses = clausesOf(filter);
  if (clauses.length === 1) return clauseFailure(doc, clauses[0]!, scope, inverted);
  const filters = clauses.map((clause) => clause.filter);
  return listFailure(doc, '$and', filters, scope, inverted);
}

function clausesOf(filter: Doc): Clause[] {
  return filter.entries().flatMap(([key, condition]): Clause[] => {
    if (key.startsWith('$'))
      return key === '$comment' ? [] : [{ filter: Doc.of({ [key]: condition }), operator: key }];
    if (!isDoc(condition) || condition.keys[0]?.startsWith('$') !== true) {
      const operator = condition instanceof Regex ? '$regex' : '$eq';
      return [{ filter: Doc.of({ [key]: condition }), path: key, operator }];
    }
    if (condition.has('$regex'))
      return [{ filter: Doc.of({ [key]: condition }), path: key, operator: '$regex' }];
    return condition.entries().map(([operator, operand]) => ({
      filter: Doc.of({ [key]: Doc.of({ [operator]: operand }) }),
      path: key,
      operator,
    }));
  });
}

/** The clauses of a list that have failed, or with `inverted` those that hold. */
function listFailure(
  doc: Doc,
  operatorName: string,
  filters: readonly Doc[],
  scope: Scope,
  inverted: boolean,
): Doc {
  const told = filters.flatMap((filter, index) =>
    compileFilter(filter, scope).matches(doc) === inverted
      ? [Doc.of({ index, details: validationFailure(doc, filter, scope, inverted) })]
      : [],
  );
  return Doc.of({ operatorName, [inverted ? 'clausesSatisfied' : 'clausesNotSatisfied']: told });
}

function clauseFailure(doc: Doc, clause: Clause, scope: Scope, inverted: boolean): Doc {
  const { filter, path, operator } = clause;
  const operand = filter.values[0]!;
  if (path !== undefined)
    return operator === '$not'
      ? notFailure(doc, path, (operand as Doc).values[0]!, scope, inverted)
      : pathFailure(doc, { filter, path, operator }, inverted);
  switch (operator) {
    case '$jsonSchema':
      return inverted
        ? Doc.of({ operatorName: operator, reason: 'schema matched' })
        : schemaFailure(doc, operand as Doc);
    case '$and':
    case '$or':
      return listFailure(doc, operator, operand as Doc[], scope, inverted);
    case '$nor':
      return listFailure(doc, operator, operand as Doc[], scope, !inverted);
    case '$expr':
      return details({
        operatorName: operator,
        specifiedAs: filter,
        reason: inverted ? 'expression did match' : 'expression did not match',
        expressionResult: scope.evaluate(compileExpression(operand, scope), doc),
      });
    default:
      return Doc.of({ operatorName: operator });
  }
}

function notFailure(doc: Doc, path: string, condition: Value, scope: Scope, inverted: boolean): Doc {
  const negated = Doc.of({ [path]: condition });
  return Doc.of({ operatorName: '$not', details: validationFailure(doc, negated, scope, !inverted) });
}

function pathFailure(doc: Doc, { filter, path, operator }: Required<Clause>, inverted: boolean): Doc {
  const condition = filter.values[0]!;
  const told = Doc.of({ operatorName: operator, specifiedAs: filter });
  if (operator === '$exists') {
    const wanted = isTruthy((condition as Doc).get('$exists')) !== inverted;
    return told.set('reason', wanted ? 'path does not exist' : 'path does exist');
  }
  const reason = REASONS.get(operator);
  // An expression in a list would have to be told apart from the values.
  if (reason === undefined) return told;
  const values = valuesAt(doc, path, reason.whole === true);
  if (values === undefined) return told.set('reason', 'field was missing');
  const shown = values.slice(0, MOST_VALUES);
  const { types } = reason;
  if (types && !shown.some((value) => types.includes(typeName(value)))) {
    told.set('reason', 'type did not match');
    addTypes(told, 'considered', typeNames(shown));
    addTypes(told, 'expected', types);
  } else told.set('reason', inverted ? reason.met : reason.unmet);
  if (shown.length === 1) told.set('consideredValue', shown[0]!);
  else told.set('consideredValues', shown);
  if (values.length > MOST_VALUES) told.set('consideredValuesTruncated', true);
  if (operator === '$type') addTypes(told, 'considered', typeNames(shown));
  return told;
}

const typeNames = (values: readonly Value[]): string[] =>
  [...new Set(values.map((value) => typeName(value)))].sort();

function addTypes(told: Doc, what: 'considered' | 'expected', names: readonly string[]): void {
  if (names.length === 1) told.set(`${what}Type`, names[0]!);
  else if (names.length > 1) told.set(`${what}Types`, [...names]);
}

/** The values at a path, those of an array one by one unless `whole`; undefined when there is nothing at it. */
function valuesAt(doc: Doc, path: string, whole: boolean): Value[] | undefined {
  const values: Value[] = [];
  let exists = false;
  visitPath(doc, parsePath(path), false, (value) => {
    if (value === undefined || bsonTypeOf(value) === BsonType.Missing) return false;
    exists = true;
    if (Array.isArray(value) && !whole) for (const element of value) values.push(element);
    else values.push(value);
    return false;
  });
  return exists ? values : undefined;
}
