import {
  approximateSize,
  compareValues,
  double,
  isNullish,
  isNumber,
  toNumber,
  Decimal128,
  type Value,
} from '../bson';
import { ValueSet } from '../query/distinct';
import { mergeDocs } from './expressions/object';
import { Summation } from './summation';

/** Takes values one by one and gives one result. */
export interface Accumulator {
  /** Returns about how many more bytes are kept. */
  add(value: Value | undefined): number;
  result(): Value;
}

class Sum implements Accumulator {
  readonly #sum = new Summation();
  add(value: Value | undefined): number {
    if (isNumber(value)) this.#sum.add(value);
    return 0;
  }
  result(): Value {
    return this.#sum.total();
  }
}

class Average implements Accumulator {
  readonly #sum = new Summation();
  add(value: Value | undefined): number {
    if (isNumber(value)) this.#sum.add(value);
    return 0;
  }
  result(): Value {
    return this.#sum.average();
  }
}

/** How much more one kept value takes than the largest one before; numbers and their like are part of the group. */
class KeptSize {
  #largest = 0;
  growth(value: Value): number {
    if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return 0;
    const size = approximateSize(value);
    if (size <= this.#largest) return 0;
    const growth = size - this.#largest;
    this.#largest = size;
    return growth;
  }
}

/** The least or greatest value that is not null. */
class Extreme implements Accumulator {
  readonly #sign: 1 | -1;
  #best: Value | undefined;
  readonly #size = new KeptSize();
  constructor(sign: 1 | -1) {
    this.#sign = sign;
  }
  add(value: Value | undefined): number {
    if (value === undefined || isNullish(value)) return 0;
    if (this.#best !== undefined && compareValues(value, this.#best) * this.#sign <= 0) return 0;
    this.#best = value;
    return this.#size.growth(value);
  }
  result(): Value {
    return this.#best ?? null;
  }
}

class First implements Accumulator {
  readonly #size = new KeptSize();
  #value: Value = null;
  #taken = false;
  add(value: Value | undefined): number {
    if (this.#taken) return 0;
    this.#taken = true;
    this.#value = value ?? null;
    return this.#size.growth(this.#value);
  }
  result(): Value {
    return this.#value;
  }
}

class Last implements Accumulator {
  readonly #size = new KeptSize();
  #value: Value = null;
  add(value: Value | undefined): number {
    this.#value = value ?? null;
    return this.#size.growth(this.#value);
  }
  result(): Value {
    return this.#value;
  }
}

class Push implements Accumulator {
  readonly #values: Value[] = [];
  add(value: Value | undefined): number {
    if (value === undefined) return 0;
    this.#values.push(value);
    return approximateSize(value);
  }
  result(): Value {
    return this.#values;
  }
}

class AddToSet implements Accumulator {
  readonly #values = new ValueSet();
  add(value: Value | undefined): number {
    if (value === undefined) return 0;
    const before = this.#values.size;
    this.#values.add(value);
    return this.#values.size > before ? 2 * approximateSize(value) : 0;
  }
  result(): Value {
    return this.#values.toArray();
  }
}

class MergeObjects implements Accumulator {
  readonly #size = new KeptSize();
  #merged = mergeDocs([]);
  add(value: Value | undefined): number {
    this.#merged = mergeDocs([this.#merged, value]);
    return this.#size.growth(this.#merged);
  }
  result(): Value {
    return this.#merged;
  }
}

/** Standard deviation by Welford's recurrence. */
class StandardDeviation implements Accumulator {
  readonly #isSample: boolean;
  #count = 0;
  #mean = 0;
  #squares = 0;
  constructor(isSample: boolean) {
    this.#isSample = isSample;
  }
  add(value: Value | undefined): number {
    if (!isNumber(value)) return 0;
    const number = value instanceof Decimal128 ? value.toNumber() : toNumber(value);
    this.#count++;
    const delta = number - this.#mean;
    this.#mean += delta / this.#count;
    this.#squares += delta * (number - this.#mean);
    return 0;
  }
  result(): Value {
    const divisor = this.#isSample ? this.#count - 1 : this.#count;
    return divisor < 1 ? null : double(Math.sqrt(this.#squares / divisor));
  }
}

/** The accumulators that take the value of one expression. */
export const SIMPLE_ACCUMULATORS: ReadonlyMap<string, () => Accumulator> = new Map<string, () => Accumulator>(
  [
    ['$sum', () => new Sum()],
    ['$avg', () => new Average()],
    ['$min', () => new Extreme(-1)],
    ['$max', () => new Extreme(1)],
    ['$first', () => new First()],
    ['$last', () => new Last()],
    ['$push', () => new Push()],
    ['$addToSet', () => new AddToSet()],
    ['$mergeObjects', () => new MergeObjects()],
    ['$stdDevPop', () => new StandardDeviation(false)],
    ['$stdDevSamp', () => new StandardDeviation(true)],
  ],
);
