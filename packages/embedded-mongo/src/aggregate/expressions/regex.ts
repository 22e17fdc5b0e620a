import { fail, MongoError } from '../../errors';
import { Doc, isNullish, Regex, typeName, type Value } from '../../bson';
import { compileRegex, type CompiledRegex } from '../../query/regex';
import { hold } from '../../work';
import { computed, namedOperands, type OperatorCompiler } from '../expression-context';
import { present } from './date-operands';

/** The operand `regex` with its `options`; undefined when it is null. */
function regexOf(
  pattern: Value | undefined,
  options: Value | undefined,
  operator: string,
): CompiledRegex | undefined {
  if (!isNullish(options) && typeof options !== 'string')
    fail(51106, `${operator} needs 'options' to be of type string`);
  if (isNullish(pattern)) return undefined;
  const given = typeof options === 'string' ? options : '';
  let regex: Regex;
  if (typeof pattern === 'string') regex = new Regex(pattern, given);
  else if (pattern instanceof Regex) {
    if (pattern.options !== '' && given !== '')
      fail(51107, `${operator}: found regex option(s) specified in both 'regex' and 'option' fields`);
    regex = new Regex(pattern.pattern, pattern.options || given);
  } else
    return fail(51105, `${operator} needs 'regex' to be of type string or regex, not ${typeName(pattern)}`);
  if (regex.pattern.includes('\0'))
    fail(51109, `${operator}: regular expression cannot contain an embedded null byte`);
  const unknown = /[^imsxu]/.exec(regex.options); // `u` says nothing: text is Unicode anyway
  if (unknown !== null) fail(51108, `${operator} invalid flag in regex options: ${unknown[0]}`);
  try {
    return compileRegex(regex);
  } catch (error) {
    if (error instanceof MongoError && error.code === 51091)
      fail(51111, `Invalid Regex in ${operator}: ${error.message}`);
    throw error;
  }
}

/** An operator with the operands input, regex and options. */
function regexOperator(
  absent: () => Value,
  apply: (input: string, regex: CompiledRegex) => Value,
): OperatorCompiler {
  return (operand, context) => {
    const { operator } = context;
    const { input, regex, options } = namedOperands(
      operand,
      context,
      { required: ['input', 'regex'], optional: ['options'] },
      { shape: 51103, unknown: 31024, missing: 31022 },
    );
    return computed(present(input, regex, options), (frame) => {
      const text = input(frame);
      if (!isNullish(text) && typeof text !== 'string')
        fail(51104, `${operator} needs 'input' to be of type string`);
      const compiled = regexOf(regex(frame), options?.(frame), operator);
      return typeof text !== 'string' || compiled === undefined ? absent() : apply(text, compiled);
    });
  };
}

/** Turns positions in UTF-16 units, asked for in ascending order, into positions in characters. */
function codePointIndex(text: string): (unitIndex: number) => number {
  let at = 0;
  let points = 0;
  return (unitIndex) => {
    for (; at < unitIndex; points++) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
    return points;
  };
}

function describe(match: RegExpExecArray, index: number, captures: readonly number[]): Doc {
  hold(200 + 16 * captures.length);
  return Doc.of({
    match: match[0],
    idx: index,
    captures: captures.map((group) => match[group] ?? null),
  });
}

function findAll(text: string, regex: CompiledRegex): Doc[] {
  const found: Doc[] = [];
  const indexOf = codePointIndex(text);
  for (const match of regex.all(text)) {
    // An empty match behind the last character is not reported, except in an empty text.
    if (match[0] === '' && match.index >= text.length && text !== '') continue;
    found.push(describe(match, indexOf(match.index), regex.captures));
  }
  return found;
}

export const regexes: Record<string, OperatorCompiler> = {
  $regexMatch: regexOperator(
    () => false,
    (text, regex) => regex.test(text),
  ),
  $regexFind: regexOperator(
    () => null,
    (text, regex) => {
      const match = regex.exec(text);
      return match === null ? null : describe(match, codePointIndex(text)(match.index), regex.captures);
    },
  ),
  $regexFindAll: regexOperator(() => [], findAll),
};
