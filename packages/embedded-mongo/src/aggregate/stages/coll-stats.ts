import { ErrorCode, fail } from '../../errors';
import { isDoc, isNumber, toNumber, typeName, type Value } from '../../bson';
import type { CollectionStatistics, StageCompiler } from '../stage';

const NOT_OFFERED = ['latencyStats', 'queryExecStats', 'operationStats'];

/** One document of figures about the collection instead of its documents. */
export const collStats: StageCompiler = (spec, { place, statistics }) => {
  if (!isDoc(spec)) fail(5447000, `$collStats must take a nested object but found: ${typeName(spec)}`);
  if (place !== 'top' || statistics === undefined)
    fail(ErrorCode.NotImplemented, '$collStats is offered only as the first stage of a whole aggregation');
  const wanted: { -readonly [key in keyof CollectionStatistics]: CollectionStatistics[key] } = {};
  for (const [key, value] of spec.entries()) {
    if (NOT_OFFERED.includes(key))
      fail(ErrorCode.NotImplemented, `$collStats.${key} is not offered by this server`);
    if (key !== 'storageStats' && key !== 'count')
      fail(40415, `BSON field '$collStats.${key}' is an unknown field.`);
    if (!isDoc(value))
      fail(
        ErrorCode.TypeMismatch,
        `BSON field '$collStats.${key}' is the wrong type '${typeName(value)}', expected type 'object'`,
      );
    for (const option of value.keys)
      if (key !== 'storageStats' || option !== 'scale')
        fail(40415, `BSON field '$collStats.${key}.${option}' is an unknown field.`);
    if (key === 'count') wanted.count = true;
    else wanted.scale = scaleOf(value.get('scale'));
  }
  return { run: () => statistics(wanted) };
};

function scaleOf(scale: Value | undefined): number {
  if (scale === undefined) return 1;
  if (!isNumber(scale))
    fail(
      ErrorCode.TypeMismatch,
      `BSON field '$collStats.storageStats.scale' is the wrong type '${typeName(scale)}', expected type 'number'`,
    );
  const factor = Math.trunc(toNumber(scale));
  return factor >= 1 ? factor : fail(ErrorCode.BadValue, `scale has to be at least 1, but got ${factor}`);
}
