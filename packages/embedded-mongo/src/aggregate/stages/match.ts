import { fail } from '../../errors';
import { isDoc } from '../../bson';
import { compileFilter, type Filter } from '../../query/filter';
import { PAUSE, type Budget } from '../budget';
import type { Stage, StageCompiler } from '../stage';

export const match: StageCompiler = (spec, { scope, budget }) => {
  if (!isDoc(spec)) return fail(15959, 'the match filter must be an expression in an object');
  return matchStage(compileFilter(spec, scope), budget);
};

export function matchStage(filter: Filter, budget: Budget): Stage {
  return {
    match: filter,
    *run(source) {
      for (const item of source) {
        if (item === PAUSE || filter.matches(item)) yield item;
        else if (budget.tick()) yield PAUSE;
      }
    },
  };
}
