import { fail } from '../../errors';
import { Doc, isNumber, shellText, toNumber, type Value } from '../../bson';
import { PAUSE } from '../budget';
import type { StageCompiler } from '../stage';

/** The whole number, not negative, that a stage takes; anything else fails with the stage's code. */
function wholeNumber(spec: Value, stage: string, code: number): number {
  const refuse = (message: string): never =>
    fail(code, `invalid argument to ${stage} stage: ${message} ${stage}: ${shellText(spec)}`);
  if (!isNumber(spec)) return refuse('Expected a number in:');
  const number = toNumber(spec);
  if (!Number.isInteger(number)) refuse('Expected an integer:');
  if (number < 0) refuse('Expected a non-negative number in:');
  return number;
}

export const limit: StageCompiler = (spec) => {
  const most = wholeNumber(spec, '$limit', 5107201);
  if (most === 0) fail(15958, 'the limit must be positive');
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
  const count = wholeNumber(spec, '$skip', 5107200);
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
