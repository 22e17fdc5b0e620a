import vm from 'node:vm';
import { ErrorCode, fail } from '../errors';
import type { Regex } from '../bson';
import { translatePattern } from './pcre';

/** How long a pattern that might explode may work on one text. */
const TIME_LIMIT_MS = 100;
/** Below this length no pattern takes long. */
const SHORT_TEXT = 20;

/** Where such a pattern can be stopped; made when the first one comes. */
let guarded: { context: vm.Context; exec: vm.Script } | undefined;

/** A regular expression of MongoDB's, ready to use. */
export class CompiledRegex {
  /** The JS group of each group of the original pattern. */
  readonly captures: readonly number[];
  readonly #expression: RegExp;
  readonly #mayExplode: boolean;

  constructor(expression: RegExp, captures: readonly number[], mayExplode: boolean) {
    this.#expression = expression;
    this.captures = captures;
    this.#mayExplode = mayExplode;
  }

  test(text: string): boolean {
    if (this.#mayExplode) return this.#search(this.#expression, text) !== null;
    return this.#expression.test(text);
  }

  exec(text: string): RegExpExecArray | null {
    return this.#search(this.#expression, text);
  }

  /** All matches, one after the other. */
  *all(text: string): Generator<RegExpExecArray> {
    const expression = new RegExp(this.#expression, `${this.#expression.flags}g`);
    for (let match = this.#search(expression, text); match !== null; match = this.#search(expression, text)) {
      yield match;
      if (match[0] === '') expression.lastIndex += (text.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1;
    }
  }

  /** One search; a pattern that backtracks without end is stopped. */
  #search(expression: RegExp, text: string): RegExpExecArray | null {
    if (!this.#mayExplode || text.length <= SHORT_TEXT) return expression.exec(text);
    guarded ??= { context: vm.createContext(), exec: new vm.Script('expression.exec(text)') };
    Object.assign(guarded.context, { expression, text });
    try {
      return guarded.exec.runInContext(guarded.context, { timeout: TIME_LIMIT_MS }) as RegExpExecArray | null;
    } catch {
      return fail(51156, 'Error occurred while executing the regular expression: it takes too long');
    }
  }
}

const CACHE_LIMIT = 500;
const cache = new Map<string, CompiledRegex>();

/** Compiles a BSON regular expression; an invalid one throws 51091, an unknown option 51108. */
export function compileRegex(regex: Regex): CompiledRegex {
  const key = `${regex.options}/${regex.pattern}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  for (const [what, text] of [
    ['Regular expression', regex.pattern],
    ['Regular expression options string', regex.options],
  ] as const)
    if (text.includes('\0')) fail(ErrorCode.BadValue, `${what} cannot contain an embedded null byte`);
  checkRegexOptions(regex.options, '$regex');
  const { source, flags, captures, mayExplode } = translatePattern(regex.pattern, regex.options);
  let compiled: CompiledRegex;
  try {
    compiled = new CompiledRegex(new RegExp(source, flags), captures, mayExplode);
  } catch (error) {
    return fail(51091, `Regular expression is invalid: ${(error as Error).message}`);
  }
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(key, compiled);
  return compiled;
}

/** `u` is known and says nothing: text is Unicode anyway. */
export function checkRegexOptions(options: string, operator: string): void {
  const unknown = /[^imsxu]/.exec(options);
  if (unknown !== null) fail(51108, `${operator} invalid flag in regex options: ${unknown[0]}`);
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
