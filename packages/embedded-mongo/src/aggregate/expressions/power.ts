import { NumberKind, numberKind } from '../../bson/arithmetic';
import { toNumber } from '../../bson';
import type { Numeric } from '../../bson/types';

const LONG_MIN = -(1n << 63n);
const LONG_MAX = (1n << 63n) - 1n;

/**
 * An integer power of integers: int32 when both are and it fits, else int64; undefined when the result is a double
 * (an operand is one, the exponent is negative, or 64 bits do not suffice).
 */
export function bigPower(base: Numeric, exponent: Numeric): Numeric | undefined {
  const kind = Math.max(numberKind(base), numberKind(exponent));
  if (kind > NumberKind.Long) return undefined;
  const b = BigInt(base as number | bigint);
  const e = BigInt(exponent as number | bigint);
  const result =
    b === 0n || b === 1n || b === -1n ? powerOfUnit(b, e) : e < 0n || e > 63n ? undefined : b ** e;
  if (result === undefined || result < LONG_MIN || result > LONG_MAX) return undefined;
  return kind === NumberKind.Int && BigInt.asIntN(32, result) === result ? toNumber(result) : result;
}

function powerOfUnit(base: bigint, exponent: bigint): bigint | undefined {
  if (exponent === 0n) return 1n;
  if (base === 0n) return exponent > 0n ? 0n : undefined;
  return base === 1n || exponent % 2n === 0n ? 1n : base;
}
