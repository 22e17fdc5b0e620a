import { fail } from '../errors';
import type { Regex } from '../bson';
import { translatePattern } from './pcre';

export interface CompiledRegex {
  readonly expression: RegExp;
  /** The JS group of each group of the original pattern. */
  readonly captures: readonly number[];
}

const CACHE_LIMIT = 500;
const cache = new Map<string, CompiledRegex>();

/** Compiles a BSON regular expression; an invalid one throws 51091. Unknown options mean nothing. */
export function compileRegex(regex: Regex): CompiledRegex {
  const key = `${regex.options}/${regex.pattern}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const { source, flags, captures } = translatePattern(regex.pattern, regex.options);
  let expression: RegExp;
  try {
    expression = new RegExp(source, flags);
  } catch (error) {
    return fail(51091, `Regular expression is invalid: ${(error as Error).message}`);
  }
  const compiled = { expression, captures };
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(key, compiled);
  return compiled;
}

/** The text with which every match begins, for a pattern `^literal…` without flags; empty when there is none. */
export function literalPrefix(regex: Regex): { prefix: string; exact: boolean } {
  if (regex.options.replace('s', '') !== '') return { prefix: '', exact: false };
  const start = /^(?:\^|\\A)/.exec(regex.pattern);
  if (start === null || regex.pattern.includes('|')) return { prefix: '', exact: false };
  const body = regex.pattern.slice(start[0].length);
  const match = /^(?:[^\\^$.*+?()[\]{}|]|\\[^a-zA-Z0-9])*/.exec(body)!;
  let text = match[0];
  const next = body[text.length];
  // A quantifier makes the character before it optional or repeated.
  if (next !== undefined && '*?{'.includes(next)) text = text.replace(/(?:\\.|[^\\])$/su, '');
  return {
    prefix: text.replace(/\\(.)/gsu, '$1'),
    exact: match[0].length === body.length || body.slice(match[0].length) === '.*',
  };
}
