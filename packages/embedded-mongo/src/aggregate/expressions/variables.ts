import { fail } from '../../errors';
import { Doc, typeName } from '../../bson';
import { checkVariableName } from '../../query/scope';
import { constant, operandList, type OperatorCompiler } from '../expression-context';

const letOperator: OperatorCompiler = (operand, context) => {
  if (!(operand instanceof Doc)) return fail(16874, '$let only supports an object as its argument');
  const unknown = operand.keys.find((key) => key !== 'vars' && key !== 'in');
  if (unknown !== undefined) fail(16875, `Unrecognized parameter to $let: ${unknown}`);
  const vars = operand.get('vars');
  const body = operand.get('in');
  if (vars === undefined) return fail(16876, "Missing 'vars' parameter to $let");
  if (body === undefined) return fail(16877, "Missing 'in' parameter to $let");
  if (!(vars instanceof Doc))
    return fail(10065, `invalid parameter: expected an object (vars), found ${typeName(vars)}`);
  vars.keys.forEach(checkVariableName);
  const values = vars.values.map((value) => context.compile(value));
  const { scope, slots } = context.scope.with(vars.keys);
  const result = context.compile(body, scope);
  return (frame) => {
    const evaluated = values.map((value) => value(frame));
    slots.forEach((slot, i) => (frame[slot] = evaluated[i]));
    return result(frame);
  };
};

export const variables: Record<string, OperatorCompiler> = {
  $let: letOperator,
  $literal: (operand) => constant(operand),
  $const: (operand) => constant(operand),
  $expr: (operand, context) => operandList([operand], context, 1)[0]!,
};
