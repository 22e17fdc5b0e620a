import { fail } from '../../errors';
import { integerOf, isDoc, isNumber, type Doc } from '../../bson';
import { PAUSE } from '../budget';
import type { StageCompiler } from '../stage';

export const sample: StageCompiler = (spec, { random, budget }) => {
  if (!isDoc(spec)) return fail(28745, 'the $sample stage specification must be an object');
  const unknown = spec.keys.find((key) => key !== 'size');
  if (unknown !== undefined) fail(28748, `unrecognized option to $sample: ${unknown}`);
  const size = spec.get('size');
  if (size === undefined) return fail(28749, '$sample stage must specify a size');
  if (!isNumber(size)) return fail(28746, 'size argument to $sample must be a number');
  const wanted = integerOf(size) ?? -1;
  if (wanted < 0) fail(28747, 'size argument to $sample must not be negative');
  return {
    *run(source) {
      const chosen: Doc[] = [];
      let seen = 0;
      for (const item of source) {
        if (item === PAUSE) {
          yield item;
          continue;
        }
        if (budget.tick()) yield PAUSE;
        // Each document replaces one of those chosen with the chance that gives all of them the same.
        const at = Math.floor(random!() * ++seen);
        if (chosen.length < wanted) {
          chosen.push(item);
          [chosen[at], chosen[chosen.length - 1]] = [chosen[chosen.length - 1]!, chosen[at]!];
        } else if (at < wanted) chosen[at] = item;
      }
      yield* chosen;
    },
  };
};
