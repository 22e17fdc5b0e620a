import { describe, expect, it } from 'vitest';
import { ActivityFacts, datesOf, firstDayOf, lastDayOf, type Activity } from './activity';
import { parseFacts } from '../reading/facts';
import { activity, sample } from '../testing/sample';

const regulation = sample({
  facts: {
    文: { name: '文', type: 'text' },
    数: { name: '数', type: 'number', ifMissing: 2 },
    最好: { name: '前两次最好', best: 'scores', first: 2 },
    平均: { name: '平均', mean: 'scores' },
    合计: { name: '合计', sum: ['days', '数'] },
    超期: { name: '超期', filedAfter: 'year' },
  },
});
const value = (facts: Partial<Activity>, fact: string): string | undefined =>
  new ActivityFacts(activity(facts), regulation).value(fact)?.toString();

describe('the days of an activity', () => {
  it.each<[string, Partial<Activity>, string, string, number]>([
    ['one day', { occurredOn: '2024-05-01' }, '2024-05-01', '2024-05-01', 1],
    ['a span over a leap day', { from: '2024-02-28', to: '2024-03-01' }, '2024-02-28', '2024-03-01', 3],
    [
      'listed days in any order, some twice',
      { dates: ['2024-05-09', '2024-05-02', '2024-05-09', '2024-05-06'] },
      '2024-05-02',
      '2024-05-09',
      3,
    ],
  ])('are those of %s', (_what, facts, first, last, days) => {
    const given = activity(facts);
    expect([firstDayOf(given), lastDayOf(given)]).toEqual([first, last]);
    expect(datesOf(given)).toHaveLength(days);
    expect(value(facts, 'spanDays')).toBe(String(days));
  });

  it('are accepted as a span that begins and ends in order', () => {
    const errors = (from: string, to: string): number => {
      const file = { asOf: '2024-12-31', person: { id: 'p', history: [] } };
      const activities = [{ id: 'a', kind: 'class', from, to, classHours: 1 }];
      const parsed = parseFacts(JSON.stringify({ ...file, activities }), sample());
      return parsed.ok ? 0 : parsed.errors.length;
    };
    expect([errors('2024-05-01', '2024-05-01'), errors('2024-05-02', '2024-05-01')]).toEqual([0, 1]);
  });
});

describe('the facts of an activity', () => {
  it('have days for half days and half days for days', () => {
    expect([value({ halfDays: 3 }, 'days'), value({ days: 2.5 }, 'halfDays')]).toEqual(['3/2', '5']);
    expect([value({ days: '1.5' }, 'halfDays'), value({ days: 1, halfDays: 2 }, 'days')]).toEqual(['3', '1']);
    expect([value({}, 'days'), value({}, 'halfDays')]).toEqual([undefined, undefined]);
  });

  it('are missing, or what the format or the author says is meant then', () => {
    expect([value({}, 'score'), value({}, 'count'), value({}, 'lateTimes')]).toEqual([undefined, '1', '0']);
    expect([value({}, '文'), value({}, '数')]).toEqual([undefined, '2']);
    expect(value({ details: { 数: '多' } }, '数')).toBeUndefined();
  });

  it('are reckoned from others only where all of these are known', () => {
    expect([value({ days: 3 }, '合计'), value({}, '合计')]).toEqual(['5', undefined]);
    const scores = [70, 90, 95];
    expect([value({ scores }, '最好'), value({ scores: [90, 70] }, '最好')]).toEqual(['90', '90']);
    expect([value({ scores }, '平均'), value({}, '平均')]).toEqual(['85', undefined]);
  });

  it('know how late a filing was, if it was filed', () => {
    expect(value({ filedOn: '2025-01-10' }, '超期')).toBe('10');
    expect(value({ filedOn: '2024-06-01', occurredOn: '2024-05-02' }, 'filingDelayDays')).toBe('30');
    expect([value({}, '超期'), value({}, 'filingDelayDays')]).toEqual([undefined, undefined]);
    expect(value({ occurredOn: '2019-12-31', filedOn: '2020-01-10' }, '超期')).toBeUndefined();
  });
});
