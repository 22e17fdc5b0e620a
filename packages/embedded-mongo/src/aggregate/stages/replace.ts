import { fail } from '../../errors';
import { type Doc, isDoc, shellText, typeName } from '../../bson';
import type { Expression } from '../../query/scope';
import { compileExpression } from '../expression';
import type { Stage, StageCompiler, StageContext } from '../stage';
import { each } from './each';

function replaceBy(expression: Expression, what: string, { scope, budget }: StageContext): Stage {
  return each(budget, (doc: Doc) => {
    const value = scope.evaluate(expression, doc);
    if (isDoc(value)) return value;
    return fail(
      40228,
      `${what} expression must evaluate to an object, but resulting value was: ${shellText(value)}. Type of resulting value: '${typeName(value)}'.`,
    );
  });
}

export const replaceRoot: StageCompiler = (spec, context) => {
  if (!isDoc(spec))
    return fail(40229, `expected an object as specification for $replaceRoot stage, got ${typeName(spec)}`);
  const unknown = spec.keys.find((key) => key !== 'newRoot');
  if (unknown !== undefined) fail(40415, `BSON field '$replaceRoot.${unknown}' is an unknown field.`);
  const newRoot = spec.get('newRoot');
  if (newRoot === undefined)
    return fail(40414, "BSON field '$replaceRoot.newRoot' is missing but a required field");
  return replaceBy(compileExpression(newRoot, context.scope), "'newRoot'", context);
};

export const replaceWith: StageCompiler = (spec, context) =>
  replaceBy(compileExpression(spec, context.scope), "'replacement document'", context);
