import { describe, expect, it } from 'vitest';
import { readJson, sayPath } from './json-source';

describe('an author’s JSON', () => {
  const text =
    '{\n  "a": [\n    1,\n    { "b": "x\\"y", "c": null }\n  ],\n  "d": -2.5, "e": true, "f": {}, "g": []\n}\n';

  it('is read as JSON is, with the line of every value', () => {
    const source = readJson(text);
    expect(source.errors).toEqual([]);
    expect(source.value).toEqual(JSON.parse(text));
    expect([
      source.lineOf(['a', 0]),
      source.lineOf(['a', 1, 'b']),
      source.lineOf(['d']),
      source.lineOf(['a', 1, 'zz']),
      source.lineOf(['zz']),
    ]).toEqual([3, 4, 6, 4, 1]);
    // What is missing is looked for where the object around it begins.
    expect(readJson('\n\n{ "a": 1 }').lineOf(['clauses'])).toBe(3);
    expect(readJson('\uFEFF[1]').value).toEqual([1]);
  });

  it.each([
    ['{\n"a": "\uFFFD\uFFFD" }', 2, '文件不是 UTF-8 编码，有读不出的文字；请另存为 UTF-8'],
    ['{"a": 1,\n "a": 2}', 2, '名称“a”重复出现'],
    ['{"a" 1}', 1, '名称“a”后缺少冒号'],
    ['{a: 1}', 1, '此处应为加双引号的名称'],
    ['[1 2]', 1, '此处应为逗号或“]”'],
    ['[\n{"a": 1\n]', 3, '第 2 行的“{”应以“}”结束，这里却是“]”；多半是那里或这里写错了括号'],
    [
      '[{"a": []},\n "b": 1}]',
      2,
      '列表 [ ] 里不能写名称和冒号；多半是前面多了一个“}”或“]”，或这里应是对象 { }',
    ],
    ['[1,\n\n tru]', 3, '无法识别“tru”'],
    ['[７０]', 1, '数字应使用半角：“７０”'],
    ['[070]', 1, '数字不能以 0、小数点或加号开头，也不带单位（文字要加双引号）：“070”'],
    ['[40学时]', 1, '数字不能以 0、小数点或加号开头，也不带单位（文字要加双引号）：“40学时”'],
    ['[1/2]', 1, '分数要加引号："1/2"'],
    ['["a\nb"]', 1, '文字缺少结尾的双引号，或含有未转义的换行'],
    ['["\\q"]', 1, '无法识别“"\\q"”'],
    ['[1] [2]', 1, 'JSON 在此之后应当结束'],
    ['{"a":\n}', 2, '此处缺少值'],
    ['', 1, '此处缺少值'],
    ['{"a": 1,\n}', 2, '最后一项后面不能有逗号'],
    ['{"a": 1,\n,"b": 2}', 2, '这里多了一个逗号'],
    ['[1,, 2]', 1, '这里多了一个逗号'],
    ['{, "a": 1}', 1, '这里多了一个逗号'],
    ['{"a": ,}', 1, '此处缺少值'],
    ['[1, // one\n 2]', 1, 'JSON 中不能写注释'],
    ["{'a': 1}", 1, '文字应加双引号，不能用单引号'],
    ['{"a"：1}', 1, '这里的 ： 是中文标点，应使用英文标点'],
    ['{\n"a": 1，\n"b": 2}', 2, '这里的 ， 是中文标点，应使用英文标点'],
    ['[true、false]', 1, '这里的 、 是中文标点，应使用英文标点'],
    ['["，\\q"]', 1, '无法识别“"，\\q"”'],
    ['{"a": “b”}', 1, '这里的 “ 是中文标点，应使用英文标点'],
  ])('%s is refused on its line', (faulty, line, sentence) => {
    expect(readJson(faulty).errors).toMatchObject([{ line, sentence }]);
  });

  it.each([
    ['{"a": [{"b": 1，"c": 2}]}', 'a[0].b'],
    ['{"a": 1, "b"：2}', 'b'],
    ['{"a": {“b”: 2}}', 'a'],
    ['{"a": {"b": 1} "c": 2}', 'a'],
    ['{"a": 1} 2', ''],
  ])('%s is refused with its place', (faulty, path) => {
    expect(readJson(faulty).errors).toMatchObject([{ path }]);
  });

  it('names places as an author reads them', () => {
    expect(sayPath(['targets', 0, 'needs', 'atLeast'])).toBe('targets[0].needs.atLeast');
    expect(sayPath([])).toBe('');
  });
});
