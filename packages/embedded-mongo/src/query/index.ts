export { Scope } from './scope';
export { createScope } from '../aggregate/expression';
export { compileFilter, type Filter } from './filter';
export { testTogether } from './regex';
export type { MatchNode } from './ast';
export {
  keyRanges,
  intersectRanges,
  invertRanges,
  prefixRanges,
  rangeText,
  type KeyRange,
} from './key-ranges';
export { implies, matchesMissing } from './implication';
export { compileKeyPattern, type KeyPattern } from './index-keys';
export { compileSort, naturalDirection, type Sort, type SortKey } from './sort';
export { compileProjection } from './projection';
export { distinctValues, ValueSet } from './distinct';
export { validationFailure } from './validation-failure';
