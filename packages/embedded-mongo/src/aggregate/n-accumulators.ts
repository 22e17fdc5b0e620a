import { fail } from '../errors';
import { approximateSize, compareValues, integerOf, isNullish, shellText, type Value } from '../bson';
import { step } from '../work';
import type { Accumulator } from './accumulators';

/** The number of values of `$firstN` and its like: a positive integer. */
export function countOf(value: Value | undefined): number {
  const count = integerOf(value);
  if (count === undefined)
    return fail(5787902, `Value for 'n' must be of integral type, but found ${shellText(value)}`);
  return count > 0 ? count : fail(5787908, `'n' must be greater than 0, found ${count}`);
}

class FirstN implements Accumulator {
  readonly #n: number;
  readonly #values: Value[] = [];
  constructor(n: number) {
    this.#n = n;
  }
  add(value: Value | undefined): number {
    if (this.#values.length >= this.#n) return 0;
    this.#values.push(value ?? null);
    return approximateSize(value);
  }
  result(): Value {
    return this.#values;
  }
}

class LastN implements Accumulator {
  readonly #n: number;
  #values: Value[] = [];
  constructor(n: number) {
    this.#n = n;
  }
  add(value: Value | undefined): number {
    this.#values.push(value ?? null);
    if (this.#values.length > 2 * this.#n + 64) this.#values = this.#values.slice(-this.#n);
    return this.#values.length <= this.#n ? approximateSize(value) : 0;
  }
  result(): Value {
    return this.#values.slice(-this.#n);
  }
}

/** The n least or greatest values that are not null, in order. */
class ExtremeN implements Accumulator {
  readonly #n: number;
  readonly #sign: 1 | -1;
  #values: Value[] = [];
  constructor(n: number, sign: 1 | -1) {
    this.#n = n;
    this.#sign = sign;
  }
  add(value: Value | undefined): number {
    if (value === undefined || isNullish(value)) return 0;
    this.#values.push(value);
    if (this.#values.length > 2 * this.#n + 64) this.#prune();
    return this.#values.length <= this.#n ? approximateSize(value) : 0;
  }
  #prune(): void {
    this.#values = this.#values
      .sort((a, b) => {
        step();
        return compareValues(b, a) * this.#sign;
      })
      .slice(0, this.#n);
  }
  result(): Value {
    this.#prune();
    return this.#values;
  }
}

/** The accumulators that keep n values of an expression. */
export const N_ACCUMULATORS: ReadonlyMap<string, (n: number) => Accumulator> = new Map<
  string,
  (n: number) => Accumulator
>([
  ['$firstN', (n) => new FirstN(n)],
  ['$lastN', (n) => new LastN(n)],
  ['$minN', (n) => new ExtremeN(n, -1)],
  ['$maxN', (n) => new ExtremeN(n, 1)],
]);
