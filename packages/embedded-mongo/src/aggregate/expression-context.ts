import { Doc, type Value } from '../bson';
import { fail } from '../errors';
import type { Expression, Frame, Scope } from '../query/scope';
import { hold, step } from '../work';

/** What the compiler of one operator gets: its name, the scope, and the way to compile operands. */
export interface OperatorContext {
  readonly operator: string;
  readonly scope: Scope;
  /** Compiles an operand, in this scope or one with more variables. */
  readonly compile: (value: Value, scope?: Scope) => Expression;
}

/** Turns the operand of an operator into an expression. */
export type OperatorCompiler = (operand: Value, context: OperatorContext) => Expression;

const constants = new WeakMap<Expression, { readonly value: Value | undefined }>();

/** An expression that always gives the same value; `constantOf` recognises it. */
export function constant(value: Value | undefined): Expression {
  const expression: Expression = () => value;
  constants.set(expression, { value });
  return expression;
}

export function constantOf(expression: Expression): { readonly value: Value | undefined } | undefined {
  return constants.get(expression);
}

const NO_FRAME: Frame = [];

/** An expression of operands: evaluated at once when all of them are constant, as MongoDB's optimizer does (so its errors come early). */
export function computed(operands: readonly Expression[], expression: Expression): Expression {
  return operands.every((operand) => constants.has(operand)) ? constant(expression(NO_FRAME)) : expression;
}

/** The operands of an operator that takes a list; a single operand may stand without brackets. */
export function operandList(
  operand: Value,
  context: OperatorContext,
  least: number,
  most = least,
): Expression[] {
  const operands = Array.isArray(operand) ? operand : [operand];
  if (operands.length < least || operands.length > most) {
    const wanted =
      least === most
        ? `exactly ${least} arguments`
        : most === Infinity
          ? `at least ${least} arguments`
          : `at least ${least} arguments, and at most ${most}`;
    fail(16020, `Expression ${context.operator} takes ${wanted}. ${operands.length} were passed in.`);
  }
  return operands.map((value) => context.compile(value));
}

/** The named operands of an operator that takes a document. Unknown and missing names are errors with the given codes. */
export function namedOperands<Required extends string, Optional extends string = never>(
  operand: Value,
  context: OperatorContext,
  names: { required: readonly Required[]; optional?: readonly Optional[] },
  codes: { shape?: number; unknown?: number; missing?: number } = {},
): Record<Required, Expression> & Partial<Record<Optional, Expression>> {
  const { operator } = context;
  if (!(operand instanceof Doc))
    fail(codes.shape ?? 9, `${operator} only supports an object as its argument`);
  const known = new Set<string>([...names.required, ...(names.optional ?? [])]);
  const operands: Record<string, Expression> = {};
  for (const [name, value] of operand.entries()) {
    if (!known.has(name)) fail(codes.unknown ?? 9, `Unrecognized argument to ${operator}: ${name}`);
    operands[name] = context.compile(value);
  }
  for (const name of names.required)
    if (operands[name] === undefined) fail(codes.missing ?? 9, `Missing '${name}' parameter to ${operator}`);
  return operands as Record<Required, Expression> & Partial<Record<Optional, Expression>>;
}

const LONG_TEXT = 256;

/** Counts the work of an operator on this operand. */
function taken(value: Value | undefined): Value | undefined {
  if (typeof value === 'string') {
    if (value.length > LONG_TEXT) step(value.length >> 8);
  } else if (typeof value === 'object' && Array.isArray(value)) step(value.length >> 2);
  return value;
}

/** Counts what an operator has made. */
function made(value: Value | undefined): Value | undefined {
  step();
  if (typeof value === 'string') {
    if (value.length > LONG_TEXT) hold(value.length);
  } else if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) hold(32 + 8 * value.length);
    else if (value instanceof Doc) hold(96 + 16 * value.size);
  }
  return value;
}

/** An operator of one operand. */
export function unary(
  apply: (value: Value | undefined, operator: string) => Value | undefined,
): OperatorCompiler {
  return (operand, context) => {
    const [argument] = operandList(operand, context, 1) as [Expression];
    const { operator } = context;
    return computed([argument], (frame) => made(apply(taken(argument(frame)), operator)));
  };
}

/** An operator of two operands. */
export function binary(
  apply: (first: Value | undefined, second: Value | undefined, operator: string) => Value | undefined,
): OperatorCompiler {
  return (operand, context) => {
    const [first, second] = operandList(operand, context, 2) as [Expression, Expression];
    const { operator } = context;
    return computed([first, second], (frame) =>
      made(apply(taken(first(frame)), taken(second(frame)), operator)),
    );
  };
}

/** An operator of any number of operands. */
export function variadic(
  apply: (values: (Value | undefined)[], operator: string) => Value | undefined,
  least = 0,
  most = Infinity,
): OperatorCompiler {
  return (operand, context) => {
    const operands = operandList(operand, context, least, most);
    const { operator } = context;
    return computed(operands, (frame) =>
      made(
        apply(
          operands.map((argument) => taken(argument(frame))),
          operator,
        ),
      ),
    );
  };
}

/**
 * An operator whose operands may be taken in any order: constants are put together once and come last, as MongoDB's optimizer
 * has it. That decides which of two mistakes is reported, and whether null hides a mistake behind it.
 */
export function commutative(
  apply: (values: (Value | undefined)[], operator: string) => Value | undefined,
): OperatorCompiler {
  return (operand, context) => {
    const { operator } = context;
    const operands = operandList(operand, context, 0, Infinity);
    const isFixed = (expression: Expression): boolean => constants.has(expression);
    const fixed = operands.filter(isFixed);
    const open = operands.filter((expression) => !isFixed(expression));
    const folded =
      open.length > 0 && fixed.length > 1
        ? [
            constant(
              apply(
                fixed.map((expression) => expression(NO_FRAME)),
                operator,
              ),
            ),
          ]
        : fixed;
    const ordered = [...open, ...folded];
    return computed(ordered, (frame) =>
      made(
        apply(
          ordered.map((expression) => taken(expression(frame))),
          operator,
        ),
      ),
    );
  };
}
