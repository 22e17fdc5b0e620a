import type { Doc } from '../../bson';
import { PAUSE, type Budget } from '../budget';
import type { Item, Stage } from '../stage';

/** A stage that turns each document into one other. */
export function each(budget: Budget, change: (doc: Doc) => Doc): Stage {
  return {
    oneToOne: true,
    *run(source: Iterable<Item>) {
      for (const item of source) {
        if (item === PAUSE) yield item;
        else {
          if (budget.tick()) yield PAUSE;
          yield change(item);
        }
      }
    },
  };
}
