import { fail } from '../../errors';
import { Doc, isDoc } from '../../bson';
import { compileExpression } from '../expression';
import type { StageCompiler } from '../stage';

/** Documents from an expression instead of a collection. */
export const documents: StageCompiler = (spec, { scope }) => {
  const expression = compileExpression(spec, scope);
  return {
    *run() {
      const values = scope.evaluate(expression, new Doc());
      if (!Array.isArray(values)) return fail(5858203, 'an array is expected');
      for (const value of values)
        yield isDoc(value) ? value : fail(40228, "'newRoot' expression must evaluate to an object");
    },
  };
};
