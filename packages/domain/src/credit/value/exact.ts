import Fraction from 'fraction.js';

/**
 * An exact rational number. Amounts of credit are small, so numerator and denominator are kept as safe integers;
 * what would leave that range on the way is computed with big integers and is an error only if the result stays there.
 */
export class Exact {
  /** Numerator, with the sign. */
  readonly n: number;
  /** Denominator, above 0, without a common divisor with the numerator. */
  readonly d: number;

  private constructor(n: number, d: number) {
    this.n = n;
    this.d = d;
  }

  static readonly ZERO = new Exact(0, 1);
  static readonly ONE = new Exact(1, 1);

  /** The quotient of two integers. */
  static ratio(numerator: number, denominator: number): Exact {
    if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator === 0) {
      throw new RangeError(`no exact number: ${numerator}/${denominator}`);
    }
    if (denominator === 1) return new Exact(numerator || 0, 1);
    const divisor = greatestDivisor(Math.abs(numerator), Math.abs(denominator));
    const sign = denominator < 0 ? -1 : 1;
    return new Exact((sign * numerator) / divisor || 0, Math.abs(denominator) / divisor);
  }

  /** A whole number, a decimal ("49.75", also as a number) or a fraction ("1/7"). */
  static of(value: number | string): Exact {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return new Exact(value, 1);
    const [, sign, whole = '', decimals = '', denominator = '1'] =
      /^(-?)(\d+)(?:\.(\d+)|\/(\d+))?$/.exec(String(value)) ?? [];
    if (sign === undefined) throw new RangeError(`no exact number: ${value}`);
    const scale = 10 ** decimals.length * Number(denominator);
    return Exact.ratio(Number(`${sign}${whole}${decimals}`), scale);
  }

  add(other: Exact): Exact {
    if (this.d === 1 && other.d === 1) return whole(this.n + other.n) ?? this.#big('add', other);
    const left = this.n * other.d;
    const right = other.n * this.d;
    const denominator = this.d * other.d;
    return isSafe(left) && isSafe(right) && isSafe(left + right) && isSafe(denominator)
      ? Exact.ratio(left + right, denominator)
      : this.#big('add', other);
  }

  sub(other: Exact): Exact {
    return this.add(other.negated());
  }

  mul(other: Exact): Exact {
    if (this.d === 1 && other.d === 1) return whole(this.n * other.n) ?? this.#big('mul', other);
    const numerator = this.n * other.n;
    const denominator = this.d * other.d;
    return isSafe(numerator) && isSafe(denominator)
      ? Exact.ratio(numerator, denominator)
      : this.#big('mul', other);
  }

  div(other: Exact): Exact {
    if (other.n === 0) throw new RangeError('division by zero');
    return this.mul(other.n < 0 ? new Exact(-other.d, -other.n) : new Exact(other.d, other.n));
  }

  negated(): Exact {
    return new Exact(-this.n || 0, this.d);
  }

  abs(): Exact {
    return this.n < 0 ? this.negated() : this;
  }

  /** Below 0, 0 or above 0 as this is less than, equal to or more than the other. */
  compare(other: Exact): number {
    if (this.d === other.d) return this.n - other.n;
    const left = this.n * other.d;
    const right = other.n * this.d;
    return isSafe(left) && isSafe(right) ? left - right : this.sub(other).n;
  }

  equals(other: Exact): boolean {
    return this.n === other.n && this.d === other.d;
  }

  get isWhole(): boolean {
    return this.d === 1;
  }

  floor(): Exact {
    return this.d === 1 ? this : new Exact(Math.floor(this.n / this.d), 1);
  }

  ceil(): Exact {
    return this.d === 1 ? this : new Exact(Math.ceil(this.n / this.d), 1);
  }

  /** The greatest number of which both are multiples. */
  commonStep(other: Exact): Exact {
    const [left, right] = [this.n * other.d, other.n * this.d].map(Math.abs);
    return Exact.ratio(greatestDivisor(left ?? 0, right ?? 0), this.d * other.d);
  }

  /** "19/30", or "3" for a whole number. */
  toString(): string {
    return this.d === 1 ? String(this.n) : `${this.n}/${this.d}`;
  }

  #big(operation: 'add' | 'mul', other: Exact): Exact {
    const result = new Fraction(BigInt(this.n), BigInt(this.d))[operation](
      new Fraction(BigInt(other.n), BigInt(other.d)),
    );
    return Exact.ratio(Number(result.s * result.n), Number(result.d));
  }
}

const isSafe = Number.isSafeInteger;

const whole = (value: number): Exact | undefined => (isSafe(value) ? Exact.ratio(value, 1) : undefined);

function greatestDivisor(left: number, right: number): number {
  let [a, b] = [left, right];
  while (b !== 0) [a, b] = [b, a % b];
  return a || 1;
}

export const lesser = (a: Exact, b: Exact): Exact => (a.compare(b) <= 0 ? a : b);
export const greater = (a: Exact, b: Exact): Exact => (a.compare(b) >= 0 ? a : b);
