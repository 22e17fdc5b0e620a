export * from './types';
export { Doc, RawDoc } from './doc';
export { Decimal128 } from './decimal128';
export { decode } from './decode';
export { encode, encodeBehind } from './encode';
export {
  bsonTypeOf,
  typeName,
  isNumber,
  isDoc,
  isNullish,
  isTruthy,
  toNumber,
  integerOf,
  double,
  rankOf,
} from './type-of';
export { compareValues, compareStrings, compareNumbers, equalValues, identicalValues } from './compare';
export { hashValue } from './hash';
export { encodeKey, successor, type Direction } from './key-encoding';
export { shellText } from './text';
export { approximateSize, deeperThan } from './size';
