export { Scope, type Expression, type Frame } from './scope';
export { createScope } from '../aggregate/expression';
export { compileFilter, filterOf, type Filter } from './filter';
export type { MatchNode, PathNode, CompareOperator } from './ast';
export { parsePath, visitPath } from './path';
export {
  keyRanges,
  intersectRanges,
  unionRanges,
  invertRanges,
  prefixRanges,
  type KeyRange,
} from './key-ranges';
export { implies, matchesMissing, sameNode } from './implication';
export { compileKeyPattern, type KeyPattern, type IndexTuples } from './index-keys';
export { compileSort, sortOf, naturalDirection, type Sort, type SortKey, type SortPart } from './sort';
export { compileProjection, type Projection } from './projection';
export { distinctValues, ValueSet } from './distinct';
