import { fail } from '../../errors';
import * as decimal from '../../bson/decimal-functions';
import { decimalDivide, decimalMultiply } from '../../bson/decimal-arithmetic';
import { toDecimal } from '../../bson/arithmetic';
import { Decimal128, double, isNullish, isNumber, toNumber, typeName, type Value } from '../../bson';
import type { Numeric } from '../../bson/types';
import { binary, type OperatorCompiler } from '../expression-context';
import { ofNumber } from './arithmetic';
import { bigPower } from './power';

/** A function of one number: doubles with the runtime's, decimals with ours; `accepts` says which arguments it is defined for. */
interface Definition {
  readonly doubles: (value: number) => number;
  readonly decimals: (value: Decimal128) => Decimal128;
  readonly check?: (value: number, operator: string) => void;
}

function mathFunction({ doubles, decimals, check }: Definition): OperatorCompiler {
  return ofNumber((value, operator) => {
    const number = toNumber(value);
    if (!Number.isNaN(number)) check?.(number, operator);
    return value instanceof Decimal128 ? decimals(value) : double(doubles(number));
  });
}

const positive = (code: number) => (value: number, operator: string) => {
  if (value <= 0) fail(code, `${operator}'s argument must be a positive number, but is ${value}`);
};

const within = (least: number, most: number, text: string) => (value: number, operator: string) => {
  if (value < least || value > most)
    fail(50989, `cannot apply ${operator} to ${value}, value must be in ${text}`);
};

const finite = (value: number, operator: string): void => {
  if (!Number.isFinite(value))
    fail(50989, `cannot apply ${operator} to ${value > 0 ? 'inf' : '-inf'}, value must be in (-inf,inf)`);
};

function logarithmOf(
  code: number,
  doubles: (value: number) => number,
  decimals: (value: Decimal128) => Decimal128,
): OperatorCompiler {
  return ofNumber((value, operator) => {
    const number = toNumber(value);
    // NaN is answered as a double, whatever the type of the argument.
    if (Number.isNaN(number)) return NaN;
    positive(code)(number, operator);
    return value instanceof Decimal128 ? decimals(value) : double(doubles(number));
  });
}

function logarithm(argument: Value | undefined, base: Value | undefined): Value {
  if (isNullish(argument) || isNullish(base)) return null;
  if (!isNumber(argument)) fail(28756, `$log's argument must be numeric, not ${typeName(argument)}`);
  if (!isNumber(base)) fail(28757, `$log's base must be numeric, not ${typeName(base)}`);
  const x = toNumber(argument);
  const b = toNumber(base);
  if (x <= 0) fail(28758, `$log's argument must be a positive number, but is ${x}`);
  if (b <= 0 || b === 1) fail(28759, `$log's base must be a positive number not equal to 1, but is ${b}`);
  if (Number.isNaN(x) || Number.isNaN(b)) return NaN;
  if (argument instanceof Decimal128 || base instanceof Decimal128) {
    return decimalLogarithm(toDecimal(argument), b, toDecimal(base));
  }
  return double(Math.log(x) / Math.log(b));
}

/** With decimals MongoDB divides by the base itself, not by its logarithm, unless the base is 2 or 10. */
function decimalLogarithm(argument: Decimal128, base: number, divisor: Decimal128): Decimal128 {
  if (base === 2) return decimal.decimalLog2(argument);
  if (base === 10) return decimal.decimalLog10(argument);
  return decimalDivide(decimal.decimalLn(argument), divisor);
}

function power(base: Value | undefined, exponent: Value | undefined): Value {
  if (isNullish(base) || isNullish(exponent)) return null;
  if (!isNumber(base)) fail(28762, `$pow's base must be numeric, not ${typeName(base)}`);
  if (!isNumber(exponent)) fail(28763, `$pow's exponent must be numeric, not ${typeName(exponent)}`);
  if (toNumber(base) === 0 && toNumber(exponent) < 0)
    fail(28764, '$pow cannot take a base of 0 and a negative exponent');
  if (base instanceof Decimal128 || exponent instanceof Decimal128)
    return decimal.decimalPower(toDecimal(base), toDecimal(exponent));
  return bigPower(base, exponent) ?? double(doublePower(toNumber(base), toNumber(exponent)));
}

/** As in C: 1 to any power is 1, also (-1) to an infinite one; JS answers NaN. */
function doublePower(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && (exponent === Infinity || exponent === -Infinity))) return 1;
  return Math.pow(base, exponent);
}

function arcTangent2(y: Value | undefined, x: Value | undefined, operator: string): Value {
  if (isNullish(y) || isNullish(x)) return null;
  if (!isNumber(y)) fail(51044, `${operator} only supports numeric types, not ${typeName(y)}`);
  if (!isNumber(x)) fail(51045, `${operator} only supports numeric types, not ${typeName(x)}`);
  if (y instanceof Decimal128 || x instanceof Decimal128)
    return decimal.decimalAtan2(toDecimal(y), toDecimal(x));
  return double(Math.atan2(toNumber(y), toNumber(x)));
}

const scaled =
  (factor: number, decimalFactor: Decimal128) =>
  (value: Numeric): Value =>
    value instanceof Decimal128 ? decimalMultiply(value, decimalFactor) : double(toNumber(value) * factor);

export const mathematics: Record<string, OperatorCompiler> = {
  $sqrt: mathFunction({
    doubles: Math.sqrt,
    decimals: decimal.decimalSqrt,
    check: (value) => {
      if (value < 0) fail(28714, "$sqrt's argument must be greater than or equal to 0");
    },
  }),
  $exp: mathFunction({ doubles: Math.exp, decimals: decimal.decimalExp }),
  $ln: logarithmOf(28766, Math.log, decimal.decimalLn),
  $log10: logarithmOf(28761, Math.log10, decimal.decimalLog10),
  $log: binary(logarithm),
  $pow: binary(power),
  $sin: mathFunction({ doubles: Math.sin, decimals: decimal.decimalSin, check: finite }),
  $cos: mathFunction({ doubles: Math.cos, decimals: decimal.decimalCos, check: finite }),
  $tan: mathFunction({ doubles: Math.tan, decimals: decimal.decimalTan, check: finite }),
  $asin: mathFunction({ doubles: Math.asin, decimals: decimal.decimalAsin, check: within(-1, 1, '[-1,1]') }),
  $acos: mathFunction({ doubles: Math.acos, decimals: decimal.decimalAcos, check: within(-1, 1, '[-1,1]') }),
  $atan: mathFunction({ doubles: Math.atan, decimals: decimal.decimalAtan }),
  $atan2: binary(arcTangent2),
  $sinh: mathFunction({ doubles: Math.sinh, decimals: decimal.sinh }),
  $cosh: mathFunction({ doubles: Math.cosh, decimals: decimal.cosh }),
  $tanh: mathFunction({ doubles: Math.tanh, decimals: decimal.tanh }),
  $asinh: mathFunction({ doubles: Math.asinh, decimals: decimal.asinh }),
  $acosh: mathFunction({
    doubles: Math.acosh,
    decimals: decimal.acosh,
    check: within(1, Infinity, '[1,inf]'),
  }),
  $atanh: mathFunction({ doubles: Math.atanh, decimals: decimal.atanh, check: within(-1, 1, '[-1,1]') }),
  $degreesToRadians: ofNumber(scaled(Math.PI / 180, decimal.DEGREE)),
  $radiansToDegrees: ofNumber(scaled(180 / Math.PI, decimal.DEGREES_PER_RADIAN)),
};
