import { fail } from '../../errors';
import { isDoc } from '../../bson';
import { compileFilter } from '../../query/filter';
import { PAUSE } from '../budget';
import type { StageCompiler } from '../stage';

export const match: StageCompiler = (spec, { scope, budget }) => {
  if (!isDoc(spec)) return fail(15959, 'the match filter must be an expression in an object');
  const filter = compileFilter(spec, scope);
  return {
    match: filter,
    *run(source) {
      for (const item of source) {
        if (item === PAUSE || filter.matches(item)) yield item;
        else if (budget.tick()) yield PAUSE;
      }
    },
  };
};
