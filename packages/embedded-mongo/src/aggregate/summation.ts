import { fitsLong, NumberKind, numberKind } from '../bson/arithmetic';
import { decimalAdd, decimalDivide } from '../bson/decimal-arithmetic';
import { Decimal128, double, toNumber, type Value } from '../bson';
import type { Numeric } from '../bson/types';

/** A sum of numbers that loses nothing on the way: integers exactly, doubles with the error carried along, decimals apart. */
export class Summation {
  count = 0;
  #kind: number = NumberKind.Int;
  /** The exact sum of the integers; a number as long as that is safe. */
  #integers: number | bigint = 0;
  #high = 0;
  #low = 0;
  #decimal: Decimal128 | undefined;

  add(value: Numeric): void {
    this.count++;
    const kind = numberKind(value);
    if (kind > this.#kind) this.#kind = kind;
    if (kind === NumberKind.Int) this.#addInteger(value as number);
    else if (kind === NumberKind.Long) this.#integers = BigInt(this.#integers) + (value as bigint);
    else if (kind === NumberKind.Double) this.#addDouble(toNumber(value));
    else
      this.#decimal =
        this.#decimal === undefined ? (value as Decimal128) : decimalAdd(this.#decimal, value as Decimal128);
  }

  #addInteger(value: number): void {
    if (typeof this.#integers === 'bigint') {
      this.#integers += BigInt(value);
      return;
    }
    const sum: number = this.#integers + value;
    this.#integers = Number.isSafeInteger(sum) ? sum : BigInt(this.#integers) + BigInt(value);
  }

  /** Adds to the high part and keeps what it cannot hold in the low one. */
  #addDouble(value: number): void {
    const sum = this.#high + value;
    if (Number.isFinite(sum)) {
      const part = sum - this.#high;
      this.#low += this.#high - (sum - part) + (value - part);
    }
    this.#high = sum;
  }

  /** The double nearest to the sum of everything but the decimals. */
  #double(): number {
    const total = new Summation();
    total.#high = this.#high;
    total.#low = this.#low;
    const integers = this.#integers;
    const high = Number(integers);
    total.#addDouble(high);
    if (typeof integers === 'bigint') total.#addDouble(Number(integers - BigInt(high)));
    return Number.isFinite(total.#high) ? total.#high + total.#low : total.#high;
  }

  #decimalTotal(): Decimal128 {
    let total = this.#decimal ?? Decimal128.ZERO;
    if (BigInt(this.#integers) !== 0n)
      total = decimalAdd(total, Decimal128.fromBigInt(BigInt(this.#integers)));
    if (this.#high !== 0 || Number.isNaN(this.#high))
      total = decimalAdd(total, Decimal128.fromDouble(this.#high));
    if (this.#low !== 0 && Number.isFinite(this.#low))
      total = decimalAdd(total, Decimal128.fromDouble(this.#low));
    return total;
  }

  /** The sum in the widest type that was added; integers that exceed 64 bits become a double. */
  total(): Value {
    if (this.#kind === NumberKind.Decimal) return this.#decimalTotal();
    if (this.#kind === NumberKind.Double) return double(this.#double());
    const integers = BigInt(this.#integers);
    if (this.#kind === NumberKind.Int && BigInt.asIntN(32, integers) === integers) return Number(integers);
    return fitsLong(integers) ? integers : double(Number(integers));
  }

  average(): Value {
    if (this.count === 0) return null;
    if (this.#kind === NumberKind.Decimal)
      return decimalDivide(this.#decimalTotal(), Decimal128.fromBigInt(BigInt(this.count)));
    return double(this.#double() / this.count);
  }
}
