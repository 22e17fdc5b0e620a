import { beforeAll, describe, expect, it } from 'vitest';
import {
  civilDate,
  formatAmount,
  formatChange,
  formatDay,
  formatDays,
  formatFigure,
  formatMinutes,
  formatMoment,
  formatPercent,
  formatShare,
  formatSpan,
  formatTime,
  fromTenThousandths,
  tellTime,
} from './index';

const start = '2026-11-22T14:00:00+08:00';
const end = '2026-11-22T16:30:00+08:00';

describe('dates', () => {
  beforeAll(() => tellTime(new Date(start)));

  it('read as people write them, in either language', () => {
    expect(formatSpan(start, end, 'zh')).toBe('11月22日 周日 14:00–16:30');
    expect(formatSpan(start, end, 'en')).toBe('Sun 22 Nov 14:00–16:30');
    expect(formatMoment(start, 'zh')).toBe('11月22日 周日 14:00');
  });

  it('are those of Shanghai, wherever the phone is', () => {
    expect(formatMoment('2026-11-22T16:00:00Z', 'zh')).toBe('11月23日 周一 00:00');
    expect(civilDate('2026-12-31T16:00:00Z')).toBe('2027-01-01');
    expect(formatTime('2026-11-22T05:58:07Z', true)).toBe('13:58:07');
  });

  it('name both days when a session crosses midnight', () => {
    expect(formatSpan('2026-11-22T22:00:00+08:00', '2026-11-23T01:00:00+08:00', 'zh')).toBe(
      '11月22日 周日 22:00 – 11月23日 周一 01:00',
    );
  });

  it('shorten a run of days to what differs', () => {
    expect(formatDays('2026-12-03T01:00:00Z', '2026-12-05T01:00:00Z', 'zh')).toBe('12月3–5日');
    expect(formatDays('2026-12-03T01:00:00Z', '2026-12-05T01:00:00Z', 'en')).toBe('3–5 Dec');
    expect(formatDays('2026-11-30T01:00:00Z', '2026-12-02T01:00:00Z', 'zh')).toBe('11月30日–12月2日');
    expect(formatDays(start, end, 'en')).toBe('22 Nov');
  });

  it('carry the year only when it is another one', () => {
    expect(formatDay('2025-11-22T01:00:00Z', 'zh', start)).toBe('2025年11月22日');
    expect(formatDay('2025-11-22T01:00:00Z', 'en', start)).toBe('22 Nov 2025');
    expect(formatDay(start, 'zh', end)).toBe('11月22日');
    expect(formatDay(start, 'zh')).toBe('11月22日');
  });

  it('of last year carry it from the first minute of the next, in every form', () => {
    tellTime(new Date('2026-12-31T16:00:00Z'));
    expect(formatDay(start, 'zh')).toBe('2026年11月22日');
    expect(formatDay('2027-01-02', 'zh')).toBe('1月2日');
    expect(formatMoment(start, 'zh')).toBe('2026年11月22日 周日 14:00');
    expect(formatMoment(start, 'en')).toBe('Sun 22 Nov 2026 14:00');
    expect(formatSpan(start, end, 'zh')).toBe('2026年11月22日 周日 14:00–16:30');
    expect(formatDays('2026-12-03', '2026-12-05', 'zh')).toBe('2026年12月3–5日');
    expect(formatDays('2026-12-03', '2026-12-05', 'en')).toBe('3–5 Dec 2026');
    expect(formatDays('2026-11-30', '2026-12-02', 'zh')).toBe('2026年11月30日–12月2日');
    expect(formatDays('2026-11-30', '2026-12-02', 'en')).toBe('30 Nov – 2 Dec 2026');
    expect(formatDays('2026-12-30', '2027-01-02', 'zh')).toBe('2026年12月30日–2027年1月2日');
    expect(formatDays('2026-12-30', '2027-01-02', 'en')).toBe('30 Dec 2026 – 2 Jan 2027');
    tellTime(new Date(start));
    expect(formatDay(start, 'zh')).toBe('11月22日');
  });
});

describe('amounts', () => {
  it('drop the zeros of the wire and keep every digit that counts', () => {
    expect(formatAmount('8.5000', 'day', 'zh')).toBe('8.5 天');
    expect(formatAmount('92.0000', 'classHour', 'zh')).toBe('92 学时');
    expect(formatFigure('0.0001')).toBe('0.0001');
    expect(formatFigure('-0.0000')).toBe('0');
    expect(formatFigure('-0.5')).toBe('−0.5');
    expect(formatFigure(100)).toBe('100');
  });

  it('separate thousands from ten thousand on only', () => {
    expect(formatFigure(9999)).toBe('9999');
    expect(formatFigure('12500.50')).toBe('12\u202f500.5');
    expect(formatFigure(1234567)).toBe('1\u202f234\u202f567');
  });

  it('come from ten-thousandths without rounding', () => {
    expect(formatFigure(fromTenThousandths(85_000))).toBe('8.5');
    expect(formatFigure(fromTenThousandths(-5_000))).toBe('−0.5');
    expect(formatFigure(fromTenThousandths(1))).toBe('0.0001');
    expect(formatFigure(fromTenThousandths(-1))).toBe('−0.0001');
  });

  it('refuse what is not a decimal', () => {
    expect(() => formatFigure('1e3')).toThrow(RangeError);
    expect(() => formatFigure('')).toThrow(RangeError);
  });

  it('say one day and two days in English', () => {
    expect(formatAmount(1, 'day', 'en')).toBe('1 day');
    expect(formatAmount('0.5', 'day', 'en')).toBe('0.5 days');
    expect(formatShare('7', '12', 'day', 'en')).toBe('7 / 12 days');
    expect(formatShare('7.0', '12', 'day', 'zh')).toBe('7 / 12 天');
    expect(formatShare('30', '30', 'credit', 'zh', '> ')).toMatch(/^30 \/ > 30 /);
  });

  it('call a measure as its regulation does, in our words where it is one of our units', () => {
    const online = { zh: '网络学时', en: 'online hours' };
    expect(formatAmount('39', online, 'zh')).toBe('39 网络学时');
    expect(formatShare('39', '50', online, 'en')).toBe('39 / 50 online hours');
    expect(formatAmount(1, { zh: '学时', en: '' }, 'en')).toBe('1 class hour');
    expect(formatAmount(1, { zh: '天', en: 'days' }, 'en')).toBe('1 day');
    expect(formatAmount(2, { zh: '学时', en: 'credit hours' }, 'en')).toBe('2 credit hours');
    expect(formatAmount(2, { zh: '公需', en: '' }, 'en')).toBe('2 公需');
  });

  it('show the sign of a change', () => {
    expect(formatChange('0.5', 'day', 'zh')).toBe('+0.5 天');
    expect(formatChange('-4', 'classHour', 'zh')).toBe('−4 学时');
    expect(formatChange('0', 'classHour', 'zh')).toBe('0 学时');
  });

  it('never round a share up to the limit', () => {
    expect(formatPercent(0.7999)).toBe('79 %');
    expect(formatPercent(0.29)).toBe('29 %');
    expect(formatPercent(1)).toBe('100 %');
  });

  it('speak of hours once there is one', () => {
    expect(formatMinutes(45, 'zh')).toBe('45 分钟');
    expect(formatMinutes(72, 'zh')).toBe('1 小时 12 分钟');
    expect(formatMinutes(120, 'en')).toBe('2 h');
  });
});
