import { describe, expect, test } from 'vitest';
import { DateTime, Doc, Regex, UNDEFINED, type Value } from '../../src/bson';
import { compileFilter, compileProjection, compileSort, createScope } from '../../src/query';
import { compileRegex, testTogether } from '../../src/query/regex';
import { doc } from '../doc';

const scope = createScope({ now: new DateTime(0) });
const matches = (filter: Doc, document: Doc): boolean => compileFilter(filter, scope).matches(document);

describe('null and missing', () => {
  test.each<[Value, boolean]>([
    [5, true],
    [[], false],
    [[1], false],
    [[doc({ b: 1 })], false],
    [[doc({})], true],
    [doc({ b: null }), true],
    [doc({ b: 1 }), false],
  ])('a.b: null against a: %o is %s', (a, result) => {
    expect(matches(doc({ 'a.b': null }), Doc.of({ a }))).toBe(result);
  });

  test('null is not equal to undefined, which is a type of its own', () => {
    const undefinedOnes = [Doc.of({ a: UNDEFINED }), Doc.of({ a: [UNDEFINED] })];
    for (const one of undefinedOnes) {
      for (const condition of [null, { $in: [null] }, { $gte: null }, { $lte: null }])
        expect(matches(doc({ a: condition }), one)).toBe(false);
      expect(matches(doc({ a: { $ne: null } }), one)).toBe(true);
      expect(matches(doc({ a: { $type: 'undefined' } }), one)).toBe(true);
    }
  });

  test('a range admits null only together with equality', () => {
    expect(matches(doc({ a: { $gte: null } }), new Doc())).toBe(true);
    expect(matches(doc({ a: { $gt: null } }), doc({ a: null }))).toBe(false);
  });
});

describe('arrays', () => {
  test('a negation negates the match of the whole array', () => {
    expect(matches(doc({ a: { $ne: 1 } }), doc({ a: [1, 2] }))).toBe(false);
    expect(matches(doc({ a: { $not: { $gt: 1 } } }), doc({ a: [0, 1] }))).toBe(true);
  });

  test('two bounds may be met by two elements, but not within $elemMatch', () => {
    const document = doc({ a: [1, 9] });
    expect(matches(doc({ a: { $gt: 3, $lt: 5 } }), document)).toBe(true);
    expect(matches(doc({ a: { $elemMatch: { $gt: 3, $lt: 5 } } }), document)).toBe(false);
  });

  test('a number in a path is a position or a name, and does not enter an array at its end', () => {
    expect(matches(doc({ 'a.0': 1 }), doc({ a: [1, 2] }))).toBe(true);
    expect(matches(doc({ 'a.0': 1 }), doc({ a: { '0': 1 } }))).toBe(true);
    expect(matches(doc({ 'a.0': 1 }), doc({ a: [[1]] }))).toBe(false);
  });

  test('the position is that of the outermost array', () => {
    const filter = compileFilter(doc({ 'a.b': 3 }), scope);
    expect(filter.position(doc({ a: [{ b: [1] }, { b: [2, 3] }] }))).toBe(1);
    expect(filter.position(doc({ a: { b: 3 } }))).toBeUndefined();
  });
});

test('equality heeds the order of fields', () => {
  expect(matches(doc({ a: { b: 1, c: 2 } }), doc({ a: { c: 2, b: 1 } }))).toBe(false);
});

test('names such as __proto__ and numbers are ordinary fields in their order', () => {
  const document = new Doc(['b', '10', '2', '__proto__'], [1, 2, 3, 4]);
  expect(matches(new Doc(['__proto__'], [4]), document)).toBe(true);
  expect(matches(new Doc(['constructor'], [null]), document)).toBe(true);
  expect(compileProjection(new Doc(['b'], [0]), { scope }).apply(document).keys).toEqual([
    '10',
    '2',
    '__proto__',
  ]);
});

describe('regular expressions', () => {
  test.each<[string, string, string, boolean]>([
    ['(?i)ABC', '', 'xabc', true],
    ['a b # comment', 'x', 'ab', true],
    ['\\Aabc\\z', '', 'abc', true],
    ['abc$', '', 'abc\n', true],
    ['abc\\z', '', 'abc\n', false],
    ['a++b', '', 'aab', true],
    ['(?>a+)ab', '', 'aaab', false],
    ['^a.c$', 's', 'a\nc', true],
    ['^b', 'm', 'a\nb', true],
    ['[[:alpha:]]+$', '', 'ab', true],
    ['\\Qa.c\\E', '', 'abc', false],
    ['(a)(?>b)(c)\\2', '', 'abcc', true],
    ['a(?i:b)c', '', 'aBc', true],
    ['a(?i:b)c', '', 'aBC', false],
    ['\\w', 'i', 'ſ', false],
    ['^.$', '', '😀', true],
  ])('%s with options "%s" on %j is %s', (pattern, options, text, result) => {
    expect(compileRegex(new Regex(pattern, options)).test(text)).toBe(result);
  });

  test.each(['(', '[', '*', '\\u0061', 'a)'])('%s is invalid', (pattern) => {
    expect(() => compileRegex(new Regex(pattern, ''))).toThrow(/Regular expression is invalid/);
  });
});

test.each<[string, Doc, number]>([
  ['a zero character', doc({ s: { $regex: 'a\0b' } }), 2],
  ['a zero character among the options', doc({ s: { $regex: 'a', $options: 'i\0' } }), 2],
])('a regular expression is refused for %s', (_, filter, code) => {
  expect(() => compileFilter(filter, scope)).toThrow(expect.objectContaining({ code }) as Error);
});

test.each(['u', 'g', 'l', 'gu'])('the options %s change nothing', (options) => {
  expect(matches(doc({ s: { $regex: '^.$', $options: options } }), doc({ s: '中' }))).toBe(true);
  expect(matches(doc({ s: { $regex: 'A', $options: options } }), doc({ s: 'a' }))).toBe(false);
  expect(matches(Doc.of({ s: new Regex('A', `${options}i`) }), doc({ s: 'a' }))).toBe(true);
});

test('a pattern that would backtrack for ages is stopped', () => {
  expect(() => compileRegex(new Regex('^(a+)+$', '')).test(`${'a'.repeat(60)}b`)).toThrow(/takes too long/);
  expect(compileRegex(new Regex('^(ab*)+$', '')).test('abbbabababababbbbbbbbabab')).toBe(true);
});

test.each([
  'x*y',
  'x.*y.*z',
  '\\S+@\\S+\\.com',
  '(x?){30}x{30}z',
  'x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x?x{30}z',
])('the pattern %s is stopped on a long text, and is at home on a short one', (pattern) => {
  const regex = compileRegex(new Regex(pattern, ''));
  expect(() => regex.test('x'.repeat(100_000))).toThrow(/takes too long/);
  expect(regex.test('xxxxx')).toBe(false);
});

test('patterns are dangerous that need very many steps on an ordinary text', () => {
  const dangerous = ['(a+)+', '(foo|bar)+', 'a*b*c*', '(a{1,9}){9}', '\\w+@\\w+\\.'];
  const harmless = ['abc', '^ab+', 'a.*b', 'a?b?c?', '(ab){3}', '\\d{4}-\\d{2}', 'x{1,3}'];
  const isDangerous = (pattern: string) => compileRegex(new Regex(pattern, '')).isDangerous;
  expect(dangerous.filter((pattern) => !isDangerous(pattern))).toEqual([]);
  expect(harmless.filter(isDangerous)).toEqual([]);
});

test('texts are tested together, and one by one where that takes too long', () => {
  const regex = compileRegex(new Regex('^(a+)+$', ''));
  const texts = ['aaa', 'b', 'a'.repeat(500)];
  expect(testTogether(texts, (text) => regex.test(text))).toEqual([true, false, true]);
  expect(() => testTogether([...texts, `${'a'.repeat(60)}b`], (text) => regex.test(text))).toThrow(
    /takes too long/,
  );
  let calls = 0;
  const slowAtFirst = (text: string) => {
    if (++calls === 2) for (;;);
    return regex.test(text);
  };
  expect(testTogether(texts, slowAtFirst)).toEqual([true, false, true]);
  // An error of the test's own is passed on, and the next search has its guard again.
  expect(() => testTogether(texts, () => expect.fail('own'))).toThrow('own');
  expect(() => regex.test(`${'a'.repeat(60)}b`)).toThrow(/takes too long/);
});

describe('sorting', () => {
  const sorted = (spec: Doc, docs: Doc[]): Value[] =>
    compileSort(spec)
      .sort(docs)
      .map((one) => one.get('_id')!);

  test('an array is sorted by its least element upwards and its greatest downwards, an empty one before null', () => {
    const docs = [
      doc({ _id: 1, a: [5, 1] }),
      doc({ _id: 2, a: [3] }),
      doc({ _id: 3 }),
      doc({ _id: 4, a: [] }),
    ];
    expect(sorted(doc({ a: 1 }), docs)).toEqual([4, 3, 1, 2]);
    expect(sorted(doc({ a: -1 }), docs)).toEqual([1, 2, 3, 4]);
  });

  test('two fields of one array are taken from the same element', () => {
    const docs = [
      doc({
        _id: 1,
        a: [
          { b: 1, c: 9 },
          { b: 5, c: 0 },
        ],
      }),
      doc({ _id: 2, a: { b: 1, c: 3 } }),
    ];
    expect(sorted(doc({ 'a.b': 1, 'a.c': 1 }), docs)).toEqual([2, 1]);
  });

  test('two arrays in one sort are an error', () => {
    expect(() => sorted(doc({ a: 1, b: 1 }), [doc({ a: [1], b: [1] })])).toThrow(/parallel arrays/);
  });
});
