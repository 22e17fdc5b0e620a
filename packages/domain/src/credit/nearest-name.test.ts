import { describe, expect, it } from 'vitest';
import { fieldNames, suggestion } from './nearest-name';

describe('a misspelt name', () => {
  it.each([
    ['atleast', ['atMost', 'atLeast'], '，是不是“atLeast”？'],
    ['clasHours', ['classHours', 'class'], '，是不是“classHours”？'],
    ['hte', ['the', 'hat'], '，是不是“the”？'],
    ['公须', ['专业', '公需'], '，是不是“公需”？'],
    ['第九条', ['第八条', '第九', '第十条'], '，是不是“第九”？'],
    ['elective', ['required'], ''],
    ['九', ['一'], ''],
    ['same', ['same'], ''],
    ['anything', [], ''],
  ])('%s among %j', (written, known, said) => {
    expect(suggestion(written, known)).toBe(said);
  });

  it('is looked for among the fields of a schema, however deep', () => {
    const schema = { properties: { a: { anyOf: [{ properties: { b: {} } }] } }, required: ['a'] };
    expect([...fieldNames(schema)]).toEqual(['a', 'b']);
  });
});
