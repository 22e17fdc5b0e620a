import { describe, expect, it } from 'vitest';
import { columnWidth, sheetName } from './index';

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
});
