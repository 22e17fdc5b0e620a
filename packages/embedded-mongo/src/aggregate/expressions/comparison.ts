import { compareValues } from '../../bson';
import { binary, type OperatorCompiler } from '../expression-context';

/** Comparisons over all types: missing < null < numbers < text …; there is no bracketing by type as in filters. */
export const comparison: Record<string, OperatorCompiler> = {
  $cmp: binary((a, b) => compareValues(a, b)),
  $eq: binary((a, b) => compareValues(a, b) === 0),
  $ne: binary((a, b) => compareValues(a, b) !== 0),
  $lt: binary((a, b) => compareValues(a, b) < 0),
  $lte: binary((a, b) => compareValues(a, b) <= 0),
  $gt: binary((a, b) => compareValues(a, b) > 0),
  $gte: binary((a, b) => compareValues(a, b) >= 0),
};
