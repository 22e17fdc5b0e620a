import vm from 'node:vm';
import { ErrorCode, fail } from '../errors';
import type { Regex } from '../bson';
import { computedMs, step } from '../work';
import { translatePattern, type Risk } from './pcre';

/** How long a pattern may work on one text, where it could take very long. */
const TIME_LIMIT_MS = 100;

/** So many steps are a matter of milliseconds: texts on which a pattern cannot need more are searched without a guard. */
const HARMLESS_STEPS = 1e7;
/** Where repetitions stand within repetitions, only a short text is harmless. */
const SHORT_TEXT = 20;
/** A pattern that is harmless up to so many characters is guarded so rarely that one at a time will do. */
const LONG_TEXT = 1_000;

/** So many matches are looked for under one guard. */
const MATCHES_AT_ONCE = 1_000;

/** Then the clock is looked at. */
const STEPS_OF_A_GUARD = 1_000;

/** Where a search can be stopped; made when the first one comes. Each use costs a thread: about 0.2 ms. */
let guard: { context: vm.Context; run: vm.Script } | undefined;
let isGuarded = false;

const TOO_LONG = Symbol('too long');

/**
 * Does work that may search with any patterns, all under one guard: TOO_LONG when it had to be stopped, at any place and perhaps
 * after another attempt, so that it must not change anything.
 */
function guarded<T>(work: () => T): T | typeof TOO_LONG {
  if (isGuarded) return work();
  guard ??= { context: vm.createContext(), run: new vm.Script('work()') };
  guard.context['work'] = work;
  isGuarded = true;
  const before = computedMs();
  try {
    for (;;) {
      try {
        return guard.run.runInContext(guard.context, { timeout: TIME_LIMIT_MS }) as T;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        // Unless the machine did something else in that time: then once more.
        if (computedMs() - before >= TIME_LIMIT_MS / 2) return TOO_LONG;
      }
    }
  } finally {
    isGuarded = false;
    guard.context['work'] = undefined;
  }
}

/**
 * Tests many values with a pure test that searches with dangerous patterns, all at once under one guard; when together they take
 * too long, one by one, each with its own time.
 */
export function testTogether<T>(values: readonly T[], test: (value: T) => boolean): boolean[] {
  const all = () => values.map((value) => test(value));
  const results = guarded(all);
  return results === TOO_LONG ? all() : results;
}

/** A regular expression of MongoDB's, ready to use. */
export class CompiledRegex {
  /** The JS group of each group of the original pattern. */
  readonly captures: readonly number[];
  readonly #expression: RegExp;
  /** The longest text on which it is harmless. */
  readonly #harmless: number;

  constructor(expression: RegExp, captures: readonly number[], risk: Risk) {
    this.#expression = expression;
    this.captures = captures;
    this.#harmless = harmlessLength(risk);
  }

  /** Whether ordinary texts are long enough for it to need a guard. */
  get isDangerous(): boolean {
    return this.#harmless < LONG_TEXT;
  }

  test(text: string): boolean {
    if (text.length <= this.#harmless) return this.#expression.test(text);
    return this.#inTime(() => this.#expression.test(text));
  }

  exec(text: string): RegExpExecArray | null {
    if (text.length <= this.#harmless) return this.#expression.exec(text);
    return this.#inTime(() => this.#expression.exec(text));
  }

  /** All matches, one after the other. */
  *all(text: string): Generator<RegExpExecArray> {
    const expression = new RegExp(this.#expression, `${this.#expression.flags}g`);
    for (let from = 0; ; from = expression.lastIndex) {
      const some = (): RegExpExecArray[] => nextMatches(expression, text, from);
      const matches = text.length <= this.#harmless ? some() : this.#inTime(some);
      yield* matches;
      if (matches.length < MATCHES_AT_ONCE) return;
    }
  }

  #inTime<T>(search: () => T): T {
    step(STEPS_OF_A_GUARD);
    const result = guarded(search);
    if (result === TOO_LONG)
      return fail(51156, 'Error occurred while executing the regular expression: it takes too long');
    return result;
  }
}

function nextMatches(expression: RegExp, text: string, from: number): RegExpExecArray[] {
  expression.lastIndex = from;
  const matches: RegExpExecArray[] = [];
  while (matches.length < MATCHES_AT_ONCE) {
    step();
    const match = expression.exec(text);
    if (match === null) break;
    matches.push(match);
    if (match[0] === '') expression.lastIndex += (text.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1;
  }
  return matches;
}

/** A search begins at each character, and each repetition may end at each of the following. */
function harmlessLength({ repetitions, explosive }: Risk): number {
  if (explosive) return SHORT_TEXT;
  return repetitions === 0 ? Infinity : Math.floor(HARMLESS_STEPS ** (1 / (repetitions + 1)));
}

const known = new WeakMap<Regex, CompiledRegex>();

const CACHE_LIMIT = 500;
const cache = new Map<string, CompiledRegex>();

/** Compiles a BSON regular expression; an invalid one throws 51091. Options that it does not know say nothing. */
export function compileRegex(regex: Regex): CompiledRegex {
  let compiled = known.get(regex);
  if (compiled === undefined) known.set(regex, (compiled = compileText(regex)));
  return compiled;
}

/** The same text is met over and over, each time as another value. */
function compileText(regex: Regex): CompiledRegex {
  const key = `${regex.options}/${regex.pattern}`;
  const cached = cache.get(key);
  if (cached !== undefined) return cached;
  step(10);
  for (const [what, text] of [
    ['Regular expression', regex.pattern],
    ['Regular expression options string', regex.options],
  ] as const)
    if (text.includes('\0')) fail(ErrorCode.BadValue, `${what} cannot contain an embedded null byte`);
  const { source, flags, captures, risk } = translatePattern(regex.pattern, regex.options);
  let compiled: CompiledRegex;
  try {
    compiled = new CompiledRegex(new RegExp(source, flags), captures, risk);
  } catch (error) {
    return fail(51091, `Regular expression is invalid: ${(error as Error).message}`);
  }
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(key, compiled);
  return compiled;
}

/** The text with which every match begins, for a pattern `^literal…` without flags; empty when there is none. */
export function literalPrefix(regex: Regex): string {
  if (regex.options.replace('s', '') !== '') return '';
  const start = /^(?:\^|\\A)/.exec(regex.pattern);
  if (start === null || regex.pattern.includes('|')) return '';
  const body = regex.pattern.slice(start[0].length);
  let text = /^(?:[^\\^$.*+?()[\]{}|]|\\[^a-zA-Z0-9])*/.exec(body)![0];
  const next = body[text.length];
  // A quantifier makes the character before it optional or repeated.
  if (next !== undefined && '*?{'.includes(next)) text = text.replace(/(?:\\.|[^\\])$/su, '');
  return text.replace(/\\(.)/gsu, '$1');
}
