import { fail } from '../../errors';
import { Doc, isNullish, isTruthy, typeName, type Value } from '../../bson';
import type { Expression } from '../../query/scope';
import {
  computed,
  constant,
  constantOf,
  operandList,
  unary,
  type OperatorCompiler,
} from '../expression-context';

const and: OperatorCompiler = (operand, context) => {
  const operands = operandList(operand, context, 0, Infinity);
  return (
    decided(operands, false) ??
    computed(operands, (frame) => operands.every((argument) => isTruthy(argument(frame))))
  );
};

const or: OperatorCompiler = (operand, context) => {
  const operands = operandList(operand, context, 0, Infinity);
  return (
    decided(operands, true) ??
    computed(operands, (frame) => operands.some((argument) => isTruthy(argument(frame))))
  );
};

/** A constant operand that decides the whole, so that the others are never evaluated. */
function decided(operands: readonly Expression[], value: boolean): Expression | undefined {
  const decides = operands.some((operand) => {
    const fixed = constantOf(operand);
    return fixed !== undefined && isTruthy(fixed.value) === value;
  });
  return decides ? constant(value) : undefined;
}

const COND_PARTS = ['if', 'then', 'else'] as const;
const COND_MISSING = { if: 17080, then: 17081, else: 17082 } as const;

const cond: OperatorCompiler = (operand, context) => {
  const parts = operand instanceof Doc ? condParts(operand) : operand;
  const [condition, then, otherwise] = operandList(parts, context, 3) as [Expression, Expression, Expression];
  const fixed = constantOf(condition);
  if (fixed !== undefined) return isTruthy(fixed.value) ? then : otherwise;
  return (frame) => (isTruthy(condition(frame)) ? then(frame) : otherwise(frame));
};

function condParts(operand: Doc): Value[] {
  const unknown = operand.keys.find((key) => !(COND_PARTS as readonly string[]).includes(key));
  if (unknown !== undefined) fail(17083, `Unrecognized parameter to $cond: ${unknown}`);
  return COND_PARTS.map(
    (part) =>
      operand.get(part) ??
      (operand.has(part) ? null : fail(COND_MISSING[part], `Missing '${part}' parameter to $cond`)),
  );
}

const ifNull: OperatorCompiler = (operand, context) => {
  const operands = operandList(operand, context, 2, Infinity);
  return (frame) => {
    let value: Value | undefined;
    for (const argument of operands) {
      value = argument(frame);
      if (!isNullish(value)) return value;
    }
    return value;
  };
};

interface Branch {
  readonly test: Expression;
  readonly then: Expression;
}

const switchOperator: OperatorCompiler = (operand, context) => {
  if (!(operand instanceof Doc))
    fail(40060, `$switch requires an object as an argument, found: ${typeName(operand)}`);
  let branches: Branch[] = [];
  let fallback: Expression | undefined;
  for (const [name, value] of operand.entries()) {
    if (name === 'branches') {
      if (!Array.isArray(value))
        fail(40061, `$switch expected an array for 'branches', found: ${typeName(value)}`);
      branches = value.map((branch) => compileBranch(branch, context.compile));
    } else if (name === 'default') fallback = context.compile(value);
    else fail(40067, `$switch found an unknown argument: ${name}`);
  }
  if (branches.length === 0) fail(40068, '$switch requires at least one branch.');
  return (frame) => {
    for (const { test, then } of branches) if (isTruthy(test(frame))) return then(frame);
    if (fallback === undefined)
      return fail(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    return fallback(frame);
  };
};

function compileBranch(branch: Value, compile: (value: Value) => Expression): Branch {
  if (!(branch instanceof Doc))
    fail(40062, `$switch expected each branch to be an object, found: ${typeName(branch)}`);
  const unknown = branch.keys.find((key) => key !== 'case' && key !== 'then');
  if (unknown !== undefined) fail(40063, `$switch found an unknown argument to a branch: ${unknown}`);
  const test = branch.get('case');
  const then = branch.get('then');
  if (test === undefined) fail(40064, "$switch requires each branch have a 'case' expression");
  if (then === undefined) fail(40065, "$switch requires each branch have a 'then' expression.");
  return { test: compile(test), then: compile(then) };
}

export const conditional: Record<string, OperatorCompiler> = {
  $and: and,
  $or: or,
  $not: unary((value) => !isTruthy(value)),
  $cond: cond,
  $ifNull: ifNull,
  $switch: switchOperator,
};
