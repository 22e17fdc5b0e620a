import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { exactNumber } from '../value/measure';
import { faultsOf } from './schema-errors';

/** What is said about a value that does not fit a schema, with its place. */
function said(schema: z.ZodType, value: unknown): string[] {
  const parsed = schema.safeParse(value);
  return faultsOf(parsed.error?.issues ?? [], value).map(
    ({ path, sentence }) => `${path.join('.')} ${sentence}`,
  );
}

describe('what a schema found wrong, in words', () => {
  const point = z.strictObject({ x: z.number(), y: z.number() });
  const circle = z.strictObject({ x: z.number(), radius: z.number() });

  it('speaks for the form that fits best', () => {
    const shape = z.union([point, circle]);
    expect(said(shape, { x: 1, y: 'two' })).toEqual(['y 这里应为数字']);
    expect(said(shape, { x: 1, radius: 'two' })).toEqual(['radius 这里应为数字']);
    expect(said(shape, { x: 1, y: 2, z: 3 })).toEqual(['z 格式中没有“z”这一项']);
  });

  it('names all forms where none is begun', () => {
    expect(said(z.union([z.number(), z.string()]), true)).toEqual([' 这里应为数字或文字（加双引号）']);
    expect(said(z.union([z.number(), z.literal('a')]), true)).toEqual([' 可以写：数字；或者 a']);
    expect(said(z.union([z.number(), z.array(z.string())]), [1])).toEqual(['0 这里应为文字（加双引号）']);
  });

  it('says of what is missing that it is, with the choices that there are', () => {
    const choice = z.strictObject({ after: z.enum(['cycle', 'promotion']), format: z.literal(1) });
    expect(said(choice, {})).toEqual([
      'after 缺少这一项，只能是：cycle（周期结束）、promotion（晋升）',
      'format 缺少这一项，只能是：1',
    ]);
    expect(said(choice, { after: 'year', format: 1 })).toEqual([
      'after 只能是：cycle（周期结束）、promotion（晋升）',
    ]);
    expect(said(z.object({ x: z.union([z.number(), z.literal('highest')]) }), {})).toEqual(['x 缺少这一项']);
    expect(said(z.object({ x: z.union([z.literal('a'), z.literal('b')]) }), {})).toEqual([
      'x 缺少这一项，只能是：a、b',
    ]);
    const forms = z.union([
      z.strictObject({ over: z.literal('days') }),
      z.strictObject({ over: z.literal('years'), years: z.number() }),
    ]);
    expect(said(forms, {})).toEqual(['over 缺少这一项，只能是：days（天）、years（年）']);
    expect(said(forms, { over: 'weeks' })).toEqual(['over 只能是：days（天）、years（年）']);
  });

  it('says which choice a Chinese word means', () => {
    const choice = z.strictObject({ is: z.enum(['met', 'missed']), mode: z.enum(['hall', 'online']) });
    expect(said(choice, { is: '没完成', mode: '现场' })).toEqual([
      'is 只能是：met（完成）、missed（没有完成），是不是“missed”？',
      'mode 只能是：hall（现场）、online（线上），是不是“hall”？',
    ]);
    expect(said(choice, { is: '好', mode: 'hall' })).toEqual(['is 只能是：met（完成）、missed（没有完成）']);
  });

  it('says which choice is misspelt, beside other forms', () => {
    const most = z.union([exactNumber, z.literal('highest'), z.strictObject({ first: z.int() })]);
    expect(said(most, 'hightest')).toEqual([' 只能是：highest（只计最高的），是不是“highest”？']);
    expect(said(most, 'all')).toEqual([
      ' 可以写：整数、小数，或加引号的分数（如 "1/7"）；或者 highest（只计最高的）；或者 对象 { }',
    ]);
    expect(said(most, '8 学时')).toEqual([
      ' 只写数，不写单位：8；也可以写：highest（只计最高的）；或者 对象 { }',
    ]);
  });

  it('says what a text has too much that is nearly a number', () => {
    expect(said(z.int(), '15')).toEqual([' 这里应为数字（去掉引号）']);
    expect(said(z.int(), '6个月')).toEqual([' 这里应为数字（只写数，不写单位）']);
    expect(said(exactNumber, '110 学时')).toEqual([' 只写数，不写单位：110']);
    expect(said(exactNumber, '一百')).toEqual([' 应为整数、小数，或加引号的分数（如 "1/7"）']);
    expect(said(z.string(), 15)).toEqual([' 这里应为文字（加双引号）']);
  });

  it('says what a name, a date, an address or a text must be', () => {
    expect(said(z.record(z.string().min(1), z.number()), { '': 1 })).toEqual([' 名称不能为空，最多 60 个字']);
    expect(said(z.iso.date(), '2024/05/01')).toEqual([' 应为日期，如 "2026-01-01"']);
    expect(said(z.url(), 'nowhere')).toEqual([' 应为网址']);
    expect(said(z.email(), 'nobody')).toEqual([' 写法不对']);
    expect(said(z.int(), 1.5)).toEqual([' 这里应为整数']);
    expect(said(z.date(), 'x')).toEqual([' 这里应为date']);
  });

  it('says limits of numbers, texts and lists, and each place once', () => {
    expect(said(z.object({ a: z.number().max(3) }), { a: 4 })).toEqual(['a 不能大于 3']);
    expect(said(z.object({ a: z.string().max(3) }), { a: 'four' })).toEqual(['a 过长，最多 3 个字']);
    const twice = z.string().min(5).regex(/^x/);
    expect(said(z.object({ a: twice }), { a: 'y' })).toEqual(['a 不能为空']);
    expect(
      said(
        z.string().refine(() => false, { message: '自己的话' }),
        '',
      ),
    ).toEqual([' 自己的话']);
  });
});
