import { fail } from '../../errors';
import { Doc, isNumber, shellText, toNumber, type Value } from '../../bson';
import { PAUSE } from '../budget';
import type { StageCompiler } from '../stage';

/** The whole part; what is not a number counts as 0. */
function integer(spec: Value, stage: string): number {
  if (!isNumber(spec))
    fail(
      stage === '$limit' ? 15957 : 15972,
      `invalid argument to ${stage} stage: Expected a number in: ${stage}: ${shellText(spec)}`,
    );
  return Math.trunc(toNumber(spec)) || 0;
}

export const limit: StageCompiler = (spec) => {
  const most = integer(spec, '$limit');
  if (most <= 0) fail(15958, 'the limit must be positive');
  return {
    limit: most,
    *run(source) {
      let left = most;
      for (const item of source) {
        yield item;
        if (item !== PAUSE && --left <= 0) return;
      }
    },
  };
};

export const skip: StageCompiler = (spec) => {
  const count = integer(spec, '$skip');
  if (count < 0)
    fail(15956, `invalid argument to $skip stage: Expected a non-negative number in: $skip: ${count}`);
  return {
    skip: count,
    *run(source) {
      let left = count;
      for (const item of source) {
        if (item === PAUSE || left-- <= 0) yield item;
      }
    },
  };
};

export const countStage: StageCompiler = (spec) => {
  if (typeof spec !== 'string') return fail(40156, 'the count field must be a non-empty string');
  if (spec === '') fail(40157, 'the count field must be a non-empty string');
  if (spec.startsWith('$')) fail(40158, 'the count field cannot be a $-prefixed path');
  if (spec.includes('\0')) fail(40159, 'the count field cannot contain a null byte');
  if (spec.includes('.')) fail(40160, "the count field cannot contain '.'");
  return {
    *run(source) {
      let count = 0;
      for (const item of source) {
        if (item === PAUSE) yield item;
        else count++;
      }
      if (count > 0) yield new Doc([spec], [count]);
    },
  };
};
