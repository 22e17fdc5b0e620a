import { describe, expect, it } from 'vitest';
import { SEARCH_TERM_LIMIT, isHan, searchRunsOf, searchTermsOf } from './search-text';

describe('the words of a search', () => {
  it.each([
    ['枫桥经验', ['枫桥经验']],
    ['枫桥jingyan', ['枫桥', 'jingyan']],
    ['  Fengqiao   经验 ', ['fengqiao', '经验']],
    ['“八八战略”与浙江', ['八八战略', '与浙江']],
    ['ＦＱＪＹ', ['fqjy']],
    ['T06-C01', ['t06', 'c01']],
    ["Yan'an", ['yan', 'an']],
    ['nǚ', ['nu']],
    ['一 一 一', ['一']],
    ['!?、。', []],
    ['', []],
  ])('of %j are %j', (query, terms) => {
    expect(searchTermsOf(query)).toEqual(terms);
  });

  it('are cut by characters, not by code units, and limited in number', () => {
    const rare = '𠮷'.repeat(SEARCH_TERM_LIMIT + 3);
    expect([...searchTermsOf(rare)[0]!]).toHaveLength(SEARCH_TERM_LIMIT);
    expect(searchTermsOf('a b c d e f g h')).toHaveLength(6);
  });

  it('are either Han or Latin', () => {
    expect(searchRunsOf('AI应用').map(isHan)).toEqual([false, true]);
  });
});
