import { describe, expect, it } from 'vitest';
import { fieldsAt, suggestion, suggestionOrAll } from './nearest-name';

describe('a misspelt name', () => {
  it.each([
    ['atleast', ['atMost', 'atLeast'], '，是不是“atLeast”？'],
    ['clasHours', ['classHours', 'class'], '，是不是“classHours”？'],
    ['hte', ['the', 'hat'], '，是不是“the”？'],
    ['公须', ['专业', '公需'], '，是不是“公需”？'],
    ['第九条', ['第八条', '第九', '第十条'], '，是不是“第九”？'],
    ['第15条', ['第五条', '第十五条'], '，是不是“第十五条”？'],
    ['第20条', ['第二条', '第二十条'], '，是不是“第二十条”？'],
    ['第105条', ['第一百零五条', '第一百五十条'], '，是不是“第一百零五条”？'],
    ['第110条', ['第一百一十条'], '，是不是“第一百一十条”？'],
    ['elective', ['required'], ''],
    ['不合格', ['合格', '良好'], ''],
    ['合格', ['不合格'], ''],
    ['九', ['一'], ''],
    ['same', ['same'], ''],
    ['anything', [], ''],
  ])('%s among %j', (written, known, said) => {
    expect(suggestion(written, known)).toBe(said);
  });

  it('is told the names that there are where none is near', () => {
    expect(suggestionOrAll('不及格', ['合格', '不合格'])).toBe('，是不是“不合格”？');
    expect(suggestionOrAll('差', ['一', '二', '一'])).toBe('，有：一、二');
    expect(suggestionOrAll('差', ['1', '2', '3', '4', '5', '6', '7'])).toBe('，有：1、2、3、4、5、6……');
    expect(suggestionOrAll('差', [])).toBe('');
  });

  it('is looked for among the fields that the format has at its place, in any form', () => {
    const schema = {
      properties: {
        a: { anyOf: [{ type: 'string' }, { properties: { b: {} } }, { allOf: [{ properties: { c: {} } }] }] },
        list: { items: { $ref: '#/$defs/item' } },
        named: { additionalProperties: { properties: { e: {} } } },
      },
      additionalProperties: false,
      $defs: { item: { properties: { d: {}, again: { $ref: '#' } } } },
    };
    const at = (...path: (string | number)[]): string[] => [...fieldsAt(schema, path)];
    expect(at()).toEqual(['a', 'list', 'named']);
    expect(at('a')).toEqual(['b', 'c']);
    expect(at('list', 0)).toEqual(['d', 'again']);
    expect(at('list', 0, 'again', 'list', 1)).toEqual(['d', 'again']);
    expect(at('named', '甲')).toEqual(['e']);
    expect(at('nowhere')).toEqual([]);
  });
});
