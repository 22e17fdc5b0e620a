import { ErrorCode, fail } from '../errors';
import { Doc, type Value } from '../bson';
import {
  checkVariableName,
  checkVariableReference,
  CURRENT_SLOT,
  requireClusterTime,
  requireDocument,
  requireUserRoles,
  Scope,
  unknownVariable,
  type Expression,
  type ScopeConstants,
} from '../query/scope';
import { computed, constant, type OperatorContext } from './expression-context';
import { hold } from '../work';
import { OPERATORS } from './expressions';
import { fieldOf, pathValue } from './field-path';

/** Compiles an aggregation expression. Unknown operators, variables and malformed operands are errors. */
export function compileExpression(value: Value, scope: Scope): Expression {
  if (typeof value === 'string')
    return value.startsWith('$') ? compileReference(value, scope) : constant(value);
  if (Array.isArray(value)) return compileArray(value, scope);
  return value instanceof Doc ? compileDoc(value, scope) : constant(value);
}

function compileArray(elements: Value[], scope: Scope): Expression {
  const expressions = elements.map((element) => compileExpression(element, scope));
  return computed(expressions, (frame) => {
    hold(32 + 8 * expressions.length);
    return expressions.map((expression) => {
      const value = expression(frame);
      return value === undefined ? null : value;
    });
  });
}

function compileDoc(doc: Doc, scope: Scope): Expression {
  const first = doc.keys[0];
  if (first?.startsWith('$') === true) {
    if (doc.size > 1)
      fail(
        15983,
        `an expression specification must contain exactly one field, the name of the expression. Found ${doc.size} fields`,
      );
    return compileOperator(first, doc.values[0]!, scope);
  }
  const names = doc.keys;
  for (const name of names) {
    if (name.startsWith('$')) fail(16410, "FieldPath field names may not start with '$'.");
    if (name.includes('.')) fail(16412, "FieldPath field names may not contain '.'.");
  }
  const expressions = doc.values.map((value) => compileExpression(value, scope));
  return computed(expressions, (frame) => {
    hold(96 + 16 * names.length);
    const out = new Doc();
    for (let i = 0; i < names.length; i++) {
      const value = expressions[i]!(frame);
      if (value !== undefined) out.push(names[i]!, value);
    }
    return out;
  });
}

function compileOperator(operator: string, operand: Value, scope: Scope): Expression {
  const compile = OPERATORS.get(operator);
  if (compile === undefined) fail(ErrorCode.InvalidPipelineOperator, `Unrecognized expression '${operator}'`);
  const context: OperatorContext = {
    operator,
    scope,
    compile: (value, inner) => compileExpression(value, inner ?? scope),
  };
  return compile(operand, context);
}

/** `$field.path`, `$$variable.path`. */
function compileReference(text: string, scope: Scope): Expression {
  if (text === '$') fail(16872, "'$' by itself is not a valid FieldPath");
  return text.startsWith('$$') ? compileVariable(text.slice(2), scope) : compileField(text.slice(1), scope);
}

function compileField(path: string, scope: Scope): Expression {
  const names = checkPath(path);
  requireDocument(scope);
  if (names.length === 1) {
    const name = names[0]!;
    return (frame) => fieldOf(frame[CURRENT_SLOT], name);
  }
  return (frame) => pathValue(frame[CURRENT_SLOT], names, 0);
}

function compileVariable(text: string, scope: Scope): Expression {
  const dot = text.indexOf('.');
  const name = dot < 0 ? text : text.slice(0, dot);
  const names = dot < 0 ? [] : checkPath(text.slice(dot + 1));
  const base = variable(name, scope);
  return names.length === 0 ? base : (frame) => pathValue(base(frame), names, 0);
}

function variable(name: string, scope: Scope): Expression {
  switch (name) {
    case 'NOW':
      return constant(scope.now);
    case 'CLUSTER_TIME':
      return constant(requireClusterTime(scope));
    case 'REMOVE':
      return constant(undefined);
    case 'USER_ROLES':
      return constant(requireUserRoles(scope));
    case 'ROOT':
    case 'CURRENT':
      requireDocument(scope);
      break;
    case 'KEEP':
    case 'PRUNE':
    case 'DESCEND':
      if (scope.slot(name) === undefined) unknownVariable(name);
      break;
    default:
      checkVariableReference(name);
  }
  const slot = scope.slot(name) ?? unknownVariable(name);
  return (frame) => frame[slot];
}

function checkPath(path: string): string[] {
  if (path.endsWith('.')) fail(40353, "FieldPath must not end with a '.'.");
  const names = path.split('.');
  for (const name of names) {
    if (name === '') fail(15998, 'FieldPath field names may not be empty strings.');
    if (name.startsWith('$'))
      fail(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
    if (name.includes('\0')) fail(16411, 'FieldPath field names may not contain null bytes.');
  }
  return names;
}

/** The scope of a command: its clock and the variables of its option `let`, expressions that look at no document. */
export function createScope({ variables, ...constants }: ScopeConstants & { variables?: Doc }): Scope {
  const root = Scope.root(constants);
  if (variables === undefined || variables.size === 0) return root;
  variables.keys.forEach(checkVariableName);
  const outside = root.withoutDocument();
  const { scope, slots } = root.with(variables.keys);
  variables.values.forEach((value, i) => {
    scope.frame[slots[i]!] = outside.evaluate(compileExpression(value, outside), undefined);
  });
  return scope;
}
