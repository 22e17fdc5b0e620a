import type { z } from 'zod';
import { civilDate } from '../../core';
import { sayPath, valueAt, type Path } from './json-source';
import { choiceMeaning, fieldsMeant, otherEdge } from './meanings';
import { isExactNumber } from '../value/measure';
import { fieldsAt, nearest, placeBelow, suggestion } from './nearest-name';

export interface Fault {
  readonly path: Path;
  readonly sentence: string;
  /** A field that the format does not know, for which the reader may suggest another. */
  readonly unknownField?: string;
  /** All that may stand there. */
  readonly choices?: readonly string[];
  /** The one of them that is meant. */
  readonly meant?: string;
}

/** A document with what is meant in the place of what is written, where that is known of all its faults. */
export function asMeant(document: unknown, faults: readonly Fault[]): unknown {
  if (!faults.every(({ meant }) => meant !== undefined)) return undefined;
  const mended: unknown = JSON.parse(JSON.stringify(document));
  for (const { path, meant } of faults) {
    const around = valueAt(mended, path.slice(0, -1)) as Record<string, unknown>;
    around[String(path.at(-1))] = meant;
  }
  return mended;
}

/**
 * Faults with the field that the author may have meant: one of that meaning, one of that name further in, or one that is
 * spelt nearly so. What the author has written besides it is not meant.
 */
export const withSuggestions = (
  faults: readonly Fault[],
  document: unknown,
  schema: () => unknown,
): Fault[] =>
  faults.map((fault) => {
    const { unknownField, path, sentence } = fault;
    if (unknownField === undefined) return fault;
    const around = path.slice(0, -1);
    const fields = fieldsAt(schema(), around);
    const beside = valueAt(document, around);
    const free = new Set([...fields].filter((field) => valueAt(beside, [field]) === undefined));
    const meant = fieldsMeant(unknownField, free).map((field) => `“${field}”`);
    if (meant.length > 0) return { ...fault, sentence: `${sentence}，是不是${meant.join('或')}？` };
    const place =
      placeBelow(schema(), around, unknownField) ?? placeAbove(schema(), around, unknownField, document);
    const hint =
      place === undefined
        ? suggestion(unknownField, fields) || otherEdge(unknownField, free)
        : `，应写在 ${place} 里`;
    return { ...fault, sentence: `${sentence}${hint}` };
  });

/** The nearest object around a place that may have such a field and has none: of `targets[0].relief[0].when`, `targets[0]`. */
function placeAbove(schema: unknown, path: Path, field: string, document: unknown): string | undefined {
  const around = path.map((_step, length) => path.slice(0, length)).filter(({ length }) => length > 0);
  const place = around.findLast(
    (one) => fieldsAt(schema, one).has(field) && valueAt(document, [...one, field]) === undefined,
  );
  return place && sayPath(place);
}

/**
 * Words for what a schema found wrong with a document, one fault per place. Of a choice between forms, the form that fits
 * best speaks.
 */
export function faultsOf(issues: readonly z.core.$ZodIssue[], document: unknown, at: Path = []): Fault[] {
  const faults = issues.flatMap((issue) => faultOf(issue, document, [...at, ...(issue.path as Path)]));
  const places = faults.map((fault) => JSON.stringify(fault.path));
  return faults.filter((_fault, index) => places.indexOf(places[index] ?? '') === index);
}

function faultOf(issue: z.core.$ZodIssue, document: unknown, path: Path): Fault[] {
  const isMissing = valueAt(document, path) === undefined;
  switch (issue.code) {
    case 'invalid_union':
      return unionFaults(issue, document, path);
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        sentence: `格式中没有“${key}”这一项`,
        unknownField: key,
      }));
    case 'invalid_type':
      return [
        {
          path,
          sentence: isMissing ? MISSING : shouldBe(issue.expected, valueAt(document, path)),
        },
      ];
    case 'invalid_value':
      return [choiceFault(path, issue.values.map(String), valueAt(document, path))];
    case 'too_small':
      return [
        {
          path,
          sentence:
            issue.origin === 'number' || issue.origin === 'int' ? `不能小于 ${issue.minimum}` : '不能为空',
        },
      ];
    case 'too_big':
      return [
        {
          path,
          sentence:
            issue.origin === 'number' || issue.origin === 'int'
              ? `不能大于 ${issue.maximum}`
              : `过长，最多 ${issue.maximum} 个字`,
        },
      ];
    case 'invalid_key':
      return [{ path, sentence: '名称不能为空，最多 60 个字' }];
    case 'invalid_format':
      return [
        { path, sentence: whyNoDay(valueAt(document, path)) ?? FORMAT_WORDS[issue.format] ?? '写法不对' },
      ];
    default:
      return [
        {
          path,
          sentence:
            issue.message === 'not a calendar day'
              ? whyNoDate(valueAt(document, path))
              : numberAlone(issue.message, valueAt(document, path)) ||
                (CUSTOM_WORDS[issue.message] ?? issue.message),
        },
      ];
  }
}

/** What may stand there, with what it means, and what is meant by a Chinese word for it. */
function choiceFault(path: Path, choices: readonly string[], written: unknown): Fault {
  const field = String(path.at(-1) ?? '');
  const meaningOf = (choice: string): string | undefined => choiceMeaning(field, choice);
  const said = choices.map((choice) => {
    const meaning = meaningOf(choice);
    return meaning === undefined ? choice : `${choice}（${meaning}）`;
  });
  const text = typeof written === 'string' ? written : '';
  const alike = choices.find((choice) => text !== '' && isAlike(text, meaningOf(choice)));
  const missing = written === undefined ? `${MISSING}，` : '';
  const meant = alike ?? nearest(text, choices);
  const hint = meant === undefined ? '' : `，是不是“${meant}”？`;
  const sentence = `${missing}只能是：${said.join('、')}${hint}`;
  return { path, choices, sentence, ...(meant === undefined ? {} : { meant }) };
}

/** Whether a Chinese word is a meaning or nearly so, as 最高 is of 只计最高的; never one that denies what the other says. */
function isAlike(written: string, meaning: string | undefined): boolean {
  const said = written.replace(/^(未|没有?)/, '没有');
  if (meaning === undefined || said.startsWith('没有') !== meaning.startsWith('没有')) return false;
  return (
    said === meaning ||
    (said.length > 1 && meaning.endsWith(`${said}的`)) ||
    suggestion(said, [meaning]) !== ''
  );
}

const MISSING = '缺少这一项';
const SHOULD_BE = '这里应为';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: '文字（加双引号）',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  object: '对象 { }',
  record: '对象 { }',
  array: '列表 [ ]',
};

/** “这里应为数字”, and what a text that is nearly one has too much. */
function shouldBe(type: string, value: unknown): string {
  const isText = (type === 'number' || type === 'int') && typeof value === 'string';
  const excess = !isText ? '' : isExactNumber(value) ? '去掉引号' : unitOf(value) === '' ? '' : NO_UNIT;
  return `${SHOULD_BE}${TYPE_WORDS[type] ?? type}${excess === '' ? '' : `（${excess}）`}`;
}

/** That a number stands without its unit, said of a text that has both: “只写数，不写单位：8”; '' of any other. */
function numberAlone(message: string, value: unknown): string {
  const unit = NUMBERS.has(message) && typeof value === 'string' ? unitOf(value) : '';
  return unit === '' ? '' : `${NO_UNIT}：${String(value).slice(0, -unit.length).trim()}`;
}

const NO_UNIT = '只写数，不写单位';
const unitOf = (text: string): string => /^\d+(?:\.\d+)?\s*(\p{L}+)$/u.exec(text)?.[1] ?? '';

/** What a value that should be a date lacks, said where it is written like one: “没有这一天：2026 年 2 月只有 28 天”. */
export const whyNoDate = (value: unknown): string => whyNoDay(value) ?? NO_DATE;

/** Why a text that is written like a date names no day; undefined where it does, or is not written like one. */
function whyNoDay(value: unknown): string | undefined {
  const written = typeof value === 'string' ? /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) : null;
  if (!written || civilDate.safeParse(value).success) return undefined;
  const [year, month, day] = written.slice(1).map(Number) as [number, number, number];
  if (month < 1 || month > 12) return `没有这一天：一年没有 ${month} 月`;
  const first = `${written[1]}-${written[2]}-`;
  const length = [31, 30, 29, 28].find((last) => civilDate.safeParse(`${first}${last}`).success);
  return `没有这一天：${year} 年 ${month} 月${day < 1 ? '从 1 日起' : `只有 ${length} 天`}`;
}

const NO_DATE = '应为日期，如 "2026-01-01"';

const FORMAT_WORDS: Readonly<Record<string, string>> = {
  date: NO_DATE,
  regex: NO_DATE,
  url: '应为网址',
};

const CUSTOM_WORDS: Readonly<Record<string, string>> = {
  'not an exact number': '应为整数、小数，或加引号的分数（如 "1/7"）',
  negative: '不能是负数',
  'too large': '数太大，最多七位整数',
  'half days only': '应为数字，且是 0.5 的倍数',
  'at most two decimals': '应为数字，最多两位小数',
  'one of occurredOn, dates, or from and to': '日期应三选一：occurredOn，或 dates，或 from 与 to',
  'from without to, or to before from': '有 from 应有 to，且 to 不早于 from',
  'to without from': '有 to 应有 from',
  'days and halfDays contradict each other': 'days 与 halfDays 互相矛盾',
};

/** The sentences about texts that may be numbers. */
const NUMBERS: ReadonlySet<string> = new Set([
  'not an exact number',
  'at most two decimals',
  'half days only',
]);

/** The form whose faults lie deepest is the one the author meant. Where forms differ by a word, all of them are named. */
function unionFaults(issue: z.core.$ZodIssueInvalidUnion, document: unknown, path: Path): Fault[] {
  const forms = issue.errors
    .filter((errors) => !errors.some(isOfOtherForm))
    .map((errors) => faultsOf(errors, document, path))
    .filter((faults) => faults.length > 0);
  const scalar = forms.filter((faults) => faults.every((fault) => fault.path.length === path.length));
  const deep = forms.filter((faults) => !scalar.includes(faults));
  const best = (deep.length > 0 ? deep : scalar).sort((a, b) => rank(a, path) - rank(b, path))[0];
  if (!best) return [{ path, sentence: '这里的写法不符合格式' }];
  const all = forms.flat();
  const withAllChoices = (fault: Fault): Fault => {
    if (!fault.choices) return fault;
    const same = all.filter((other) => sayPath(other.path) === sayPath(fault.path));
    const choices = new Set(same.flatMap((other) => other.choices ?? []));
    return choiceFault(fault.path, [...choices], valueAt(document, fault.path));
  };
  if (deep.length > 0) return best.map(withAllChoices);
  const [first] = scalar.flat();
  if (first && scalar.flat().every(({ choices }) => choices)) return [withAllChoices(first)];
  const meant = scalar.flat().find(({ choices, sentence }) => choices && sentence.endsWith('？'));
  if (meant) return [meant];
  return [{ path, sentence: either([...new Set(scalar.flat().map((fault) => fault.sentence))]) }];
}

/** Whether something stands there that only another form has. */
const isOfOtherForm = (issue: z.core.$ZodIssue): boolean =>
  issue.code === 'invalid_type' && issue.expected === 'never';

/** How a sentence begins that says what may stand there. */
const MAY_BE = /^(?:这里应为|应为|只能是：)/;

/**
 * One sentence for several: «这里应为数字或文字», «可以写：数字；或者 highest», «不能是负数；也可以写 highest»; of what is
 * missing only that.
 */
function either(sentences: readonly string[]): string {
  const [first] = sentences;
  if (sentences.includes(MISSING)) return MISSING;
  if (sentences.length < 2 || first === undefined) return first ?? '';
  if (sentences.every((sentence) => sentence.startsWith(SHOULD_BE)))
    return `${SHOULD_BE}${sentences.map((sentence) => sentence.slice(SHOULD_BE.length)).join('或')}`;
  const amiss = sentences.filter((sentence) => !MAY_BE.test(sentence));
  const forms = sentences.filter((sentence) => MAY_BE.test(sentence)).map((form) => form.replace(MAY_BE, ''));
  const may = forms.length === 0 ? [] : [`${amiss.length > 0 ? '也' : ''}可以写：${forms.join('；或者 ')}`];
  return [...amiss, ...may].join('；');
}

const rank = (faults: readonly Fault[], path: Path): number =>
  faults.filter((fault) => fault.path.length === path.length + 1).length * 10 + faults.length;

/** That a file is of the other kind: said once, instead of every field that is missing or out of place. */
export function otherKind(value: unknown, wanted: 'regulation' | 'facts'): Fault[] | undefined {
  const has = (key: string): boolean => typeof value === 'object' && value !== null && key in value;
  const found = has('earn') === has('asOf') ? undefined : has('earn') ? 'regulation' : 'facts';
  if (found === undefined || found === wanted) return undefined;
  const sentence = wanted === 'facts' ? '这是办法文件，这里应为事实文件' : '这是事实文件，这里应为办法文件';
  return [{ path: [], sentence }];
}
