import { ErrorCode, fail } from '../errors';
import { approximateSize, Doc, isDoc, type Value } from '../bson';
import { compileSort, type Sort, type SortKey } from '../query/sort';
import { ROOT_SLOT, type Expression, type Frame, type Scope } from '../query/scope';
import { step } from '../work';
import { SIMPLE_ACCUMULATORS } from './accumulators';
import { compileExpression } from './expression';
import { countOf, N_ACCUMULATORS } from './n-accumulators';

/** An accumulator of `$group` that evaluates its own operand on each document. */
export interface FieldAccumulator {
  /** Returns about how many more bytes are kept. */
  add(frame: Frame): number;
  result(): Value;
}

interface Definition {
  create(): FieldAccumulator;
}

/** Compiles `{ $sum: … }` and all others; unknown ones throw 15952. */
export function compileGroupAccumulator(name: string, operand: Value, scope: Scope): Definition {
  const create = SIMPLE_ACCUMULATORS.get(name);
  if (create !== undefined) return simple(create, singleOperand(name, operand, scope));
  const createN = N_ACCUMULATORS.get(name);
  if (createN !== undefined) return nValues(name, createN, operand, scope);
  if (name === '$count') return counting(operand);
  if (TOP_ACCUMULATORS.has(name)) return top(name, operand, scope);
  return fail(15952, `unknown group operator '${name}'`);
}

function singleOperand(name: string, operand: Value, scope: Scope): Expression {
  if (Array.isArray(operand)) {
    if (operand.length !== 1) fail(40237, `The ${name} accumulator is a unary operator`);
    return compileExpression(operand[0]!, scope);
  }
  return compileExpression(operand, scope);
}

function simple(
  create: () => { add(value: Value | undefined): number; result(): Value },
  operand: Expression,
): Definition {
  return {
    create: () => {
      const accumulator = create();
      return { add: (frame) => accumulator.add(operand(frame)), result: () => accumulator.result() };
    },
  };
}

function counting(operand: Value): Definition {
  if (!isDoc(operand) || operand.size > 0)
    fail(ErrorCode.FailedToParse, '$count takes no arguments, i.e. $count:{}');
  return {
    create: () => {
      let count = 0;
      return { add: () => (count++, 0), result: () => count };
    },
  };
}

/** The named operands of an accumulator that takes a document. */
function operands(name: string, operand: Value, names: readonly string[]): Doc {
  if (!isDoc(operand)) return fail(5787801, `specification must be an object; found ${name}`);
  const unknown = operand.keys.find((key) => !names.includes(key));
  if (unknown !== undefined) fail(5787901, `Unknown argument for '${name}' operator: ${unknown}`);
  for (const needed of names)
    if (!operand.has(needed)) fail(5787906, `Missing value for '${needed}' of ${name}`);
  return operand;
}

/** The `n` of an accumulator may depend on nothing but constants and variables. */
function constantCount(spec: Value, scope: Scope): number {
  return countOf(scope.evaluate(compileExpression(spec, scope), new Doc()));
}

function nValues(
  name: string,
  create: (n: number) => { add(value: Value | undefined): number; result(): Value },
  operand: Value,
  scope: Scope,
): Definition {
  const doc = operands(name, operand, ['input', 'n']);
  const input = compileExpression(doc.get('input')!, scope);
  const n = constantCount(doc.get('n')!, scope);
  return simple(() => create(n), input);
}

/** Those that order documents: whether they keep n values and from which end. */
const TOP_ACCUMULATORS: ReadonlyMap<string, { many: boolean; fromEnd: boolean }> = new Map([
  ['$top', { many: false, fromEnd: false }],
  ['$topN', { many: true, fromEnd: false }],
  ['$bottom', { many: false, fromEnd: true }],
  ['$bottomN', { many: true, fromEnd: true }],
]);

interface Ranked {
  readonly key: SortKey;
  readonly value: Value;
}

function top(name: string, operand: Value, scope: Scope): Definition {
  const { many, fromEnd } = TOP_ACCUMULATORS.get(name)!;
  const doc = operands(name, operand, many ? ['output', 'sortBy', 'n'] : ['output', 'sortBy']);
  const sortBy = doc.get('sortBy')!;
  if (!isDoc(sortBy)) return fail(ErrorCode.BadValue, `expected 'sortBy' of ${name} to be an object`);
  const sort = compileSort(sortBy);
  const output = compileExpression(doc.get('output')!, scope);
  const n = many ? constantCount(doc.get('n')!, scope) : 1;
  return {
    create: () => {
      const ranked = new RankedValues(sort, n, fromEnd);
      return {
        add: (frame) => ranked.add(frame[ROOT_SLOT] as Doc, output(frame) ?? null),
        result: () => (many ? ranked.values() : (ranked.values()[0] ?? null)),
      };
    },
  };
}

/** The first or last n values in the order of a sort, pruned now and then. */
class RankedValues {
  readonly #sort: Sort;
  readonly #n: number;
  readonly #fromEnd: boolean;
  #ranked: Ranked[] = [];

  constructor(sort: Sort, n: number, fromEnd: boolean) {
    this.#sort = sort;
    this.#n = n;
    this.#fromEnd = fromEnd;
  }

  add(doc: Doc, value: Value): number {
    this.#ranked.push({ key: this.#sort.keyOf(doc), value });
    if (this.#ranked.length > 2 * this.#n + 64) this.#prune();
    return this.#ranked.length <= this.#n ? approximateSize(value) : 0;
  }

  #prune(): void {
    this.#ranked.sort((a, b) => {
      step();
      return this.#sort.compare(a.key, b.key);
    });
    this.#ranked = this.#fromEnd ? this.#ranked.slice(-this.#n) : this.#ranked.slice(0, this.#n);
  }

  values(): Value[] {
    this.#prune();
    return this.#ranked.map(({ value }) => value);
  }
}
