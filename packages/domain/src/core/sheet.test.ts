import { describe, expect, it } from 'vitest';
import { columnWidth, sheetCell, sheetName } from './index';

describe('a sheet of a workbook', () => {
  it('has a name that spreadsheets take', () => {
    expect(sheetName('审计/2026 [甲]: a*b?')).toBe('审计 2026  甲   a b ');
    expect(sheetName('长'.repeat(40))).toHaveLength(31);
  });

  it('has columns in which nothing is cut, Chinese signs being twice as wide', () => {
    expect(columnWidth('还差', ['5.5 天'])).toEqual({ width: 8, wraps: false });
    expect(columnWidth('还差', ['年度集中培训：5.5 天 或 38 学时'])).toEqual({ width: 33, wraps: false });
    expect(columnWidth('年度集中培训 学时 已有', [92.25])).toEqual({ width: 24, wraps: false });
    expect(columnWidth('原因', ['很长'.repeat(30)])).toEqual({ width: 60, wraps: true });
  });

  it('has days that are days, figures that are figures, and texts no longer than a cell takes', () => {
    expect(sheetCell('2026-02-28')).toEqual(new Date('2026-02-28T00:00:00Z'));
    expect(['2026-02-30', '1899-12-31', '2026-02-28 至 2026-03-02', ''].map(sheetCell)).toEqual([
      '2026-02-30',
      '1899-12-31',
      '2026-02-28 至 2026-03-02',
      '',
    ]);
    expect(sheetCell(0.5)).toBe(0.5);
    expect(sheetCell('长'.repeat(40_000))).toHaveLength(32_767);
  });
});
