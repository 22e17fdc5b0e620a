import { BsonType, bsonTypeOf, Doc, isDoc, isTruthy, Regex, typeName, type Value } from '../bson';
import { compileFilter } from './filter';
import { compileExpression } from '../aggregate/expression';
import { parsePath, visitPath } from './path';
import { details, schemaFailure } from './schema-failures';
import type { Scope } from './scope';

/** So many values are shown of an array. */
const MOST_VALUES = 10;

/** Conditions on a path, and what is said when they are not met. Of others no more is told than their names. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['$eq', 'comparison failed'],
  ['$lt', 'comparison failed'],
  ['$lte', 'comparison failed'],
  ['$gt', 'comparison failed'],
  ['$gte', 'comparison failed'],
  ['$ne', 'comparison succeeded'],
  ['$in', 'no matching value found in array'],
  ['$nin', 'matching value found in array'],
  ['$type', 'type did not match'],
]);

/** One condition of a filter: an operator at the top, or one on a path. */
interface Clause {
  readonly filter: Doc;
  readonly path?: string;
  readonly operator: string;
}

/** Why a document does not match a filter, as MongoDB describes a failed validation. */
export function validationFailure(doc: Doc, filter: Doc, scope: Scope): Doc {
  const clauses = clausesOf(filter);
  if (clauses.length === 1) return clauseFailure(doc, clauses[0]!, scope);
  return listFailure(
    doc,
    '$and',
    clauses.map((clause) => clause.filter),
    scope,
  );
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

function listFailure(doc: Doc, operatorName: string, filters: readonly Doc[], scope: Scope): Doc {
  const clausesNotSatisfied = filters.flatMap((filter, index) =>
    compileFilter(filter, scope).matches(doc)
      ? []
      : [Doc.of({ index, details: validationFailure(doc, filter, scope) })],
  );
  return Doc.of({ operatorName, clausesNotSatisfied });
}

function clauseFailure(doc: Doc, { filter, path, operator }: Clause, scope: Scope): Doc {
  const operand = filter.values[0]!;
  if (path !== undefined) return pathFailure(doc, { filter, path, operator });
  switch (operator) {
    case '$jsonSchema':
      return schemaFailure(doc, operand as Doc);
    case '$and':
    case '$or':
      return listFailure(doc, operator, operand as Doc[], scope);
    case '$expr':
      return details({
        operatorName: operator,
        specifiedAs: filter,
        reason: 'expression did not match',
        expressionResult: scope.evaluate(compileExpression(operand, scope), doc),
      });
    default:
      return Doc.of({ operatorName: operator });
  }
}

function pathFailure(doc: Doc, { filter, path, operator }: Required<Clause>): Doc {
  const condition = filter.values[0]!;
  const told = Doc.of({ operatorName: operator, specifiedAs: filter });
  if (operator === '$exists') {
    const wanted = isTruthy((condition as Doc).get('$exists'));
    return told.set('reason', wanted ? 'path does not exist' : 'path does exist');
  }
  const reason = REASONS.get(operator);
  // An expression in a list would have to be told apart from the values.
  if (reason === undefined) return told;
  const values = valuesAt(doc, path);
  if (values === undefined) return told.set('reason', 'field was missing');
  told.set('reason', reason);
  const shown = values.slice(0, MOST_VALUES);
  if (shown.length === 1) told.set('consideredValue', shown[0]!);
  else told.set('consideredValues', shown);
  if (values.length > MOST_VALUES) told.set('consideredValuesTruncated', true);
  if (operator !== '$type' || shown.length === 0) return told;
  const types = [...new Set(shown.map((value) => typeName(value)))].sort();
  return types.length === 1 ? told.set('consideredType', types[0]!) : told.set('consideredTypes', types);
}

/** The values at a path, those of an array one by one; undefined when there is nothing at it. */
function valuesAt(doc: Doc, path: string): Value[] | undefined {
  const values: Value[] = [];
  let exists = false;
  visitPath(doc, parsePath(path), false, (value) => {
    if (value === undefined || bsonTypeOf(value) === BsonType.Missing) return false;
    exists = true;
    if (Array.isArray(value)) for (const element of value) values.push(element);
    else values.push(value);
    return false;
  });
  return exists ? values : undefined;
}
