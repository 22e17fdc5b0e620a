import { describe, expect, it } from 'vitest';
import { settle } from './settle';
import { activity, amountsOf, anyone, earning, sample, settled } from '../testing/sample';

const hours = { rate: 1, of: 'classHours' };

describe('settling one source', () => {
  it('refuses with the reason: kind, date, group, rule, condition, missing fact', () => {
    const regulation = sample({
      groups: { heads: { name: '校长', where: { role: '校长' } } },
      earn: [
        { id: 'talk', clause: '一', kinds: 'talk', groups: 'heads', earns: [{ measure: 'hours', flat: 1 }] },
        {
          id: 'old',
          clause: '二',
          kinds: 'old',
          inForce: { to: '2021-12-31' },
          earns: [{ measure: 'hours', flat: 1 }],
        },
        {
          id: 'class',
          clause: '二',
          kinds: 'class',
          where: { mode: 'hall' },
          gates: [{ clause: '三', must: { presence: { atLeast: '4/5' } }, outcome: '退学' }],
          earns: [{ measure: 'hours', ...hours }],
        },
      ],
      kinds: { class: '培训', talk: '讲座', old: '旧活动' },
      facts: { presence: { name: '在场比例', share: 'presentMinutes', of: 'heldMinutes' } },
    });
    const refusal = (facts: object): unknown => settled(facts, regulation).refusals[0];
    expect(refusal({ kind: 'party' })).toMatchObject({ reason: 'kind-not-covered', needs: [] });
    expect(refusal({ occurredOn: '2019-12-31' })).toMatchObject({ reason: 'not-in-force' });
    expect(refusal({ kind: 'talk' })).toMatchObject({ reason: 'not-in-group', rule: 'talk', clause: '一' });
    expect(refusal({ kind: 'old' })).toMatchObject({ reason: 'not-in-force', rule: 'old' });
    expect(refusal({ mode: 'online' })).toMatchObject({
      reason: 'no-rule-fits',
      rule: 'class',
      needs: [{ fact: 'mode', actual: 'online', wanted: 'hall', met: false }],
    });
    expect(refusal({ mode: 'hall', heldMinutes: 180, presentMinutes: 100 })).toMatchObject({
      reason: 'condition-not-met',
      clause: '三',
      outcome: '退学',
      needs: [{ actual: '5/9', wanted: '≥ 4/5' }],
    });
    expect(refusal({ mode: 'hall' })).toMatchObject({
      reason: 'fact-missing',
      clause: '三',
      needs: [{ fact: 'presence' }],
    });
    expect(refusal({ mode: 'hall', heldMinutes: 0, presentMinutes: 0 })).not.toHaveProperty('outcome');
    expect(refusal({ mode: 'hall', heldMinutes: 10, presentMinutes: 8, classHours: 1 })).toBeUndefined();
  });

  it('refuses without naming a rule where several might have fitted', () => {
    const where = (level: string): object => ({
      id: level,
      clause: '一',
      kinds: 'class',
      where: { level },
      earns: [{ measure: 'hours', flat: 1 }],
    });
    const [refusal] = settled({ level: 'c' }, sample({ earn: [where('a'), where('b')] })).refusals;
    expect(refusal).toMatchObject({
      reason: 'no-rule-fits',
      needs: [{ wanted: 'a' }, { wanted: 'b' }],
    });
    expect([refusal?.rule, refusal?.clause]).toEqual([undefined, undefined]);
  });

  it('ends with the regulation', () => {
    const regulation = sample({ effective: { from: '2020-01-01', to: '2023-12-31' } });
    expect(settled({ classHours: 1 }, regulation).refusals).toMatchObject([{ reason: 'not-in-force' }]);
  });

  it('lets every rule that fits earn, and asks a gate only where it applies', () => {
    const regulation = sample({
      earn: [
        { id: 'study', clause: '一', kinds: ['class', 'talk'], earns: [{ measure: 'hours', flat: 3 }] },
        {
          id: 'keynote',
          clause: '二',
          kinds: 'class',
          where: { role: '重点发言' },
          earns: [{ measure: 'hours', flat: 2 }],
        },
        {
          id: 'long',
          clause: '三',
          kinds: 'talk',
          gates: [{ clause: '三', where: { spanDays: { above: 15 } }, must: { leaveDays: { atMost: 2 } } }],
          earns: [{ measure: 'hours', flat: 1 }],
        },
      ],
    });
    expect(amountsOf({ role: '重点发言' }, regulation)).toEqual([30_000, 20_000]);
    expect(amountsOf({ kind: 'talk', leaveDays: 5 }, regulation)).toEqual([30_000, 10_000]);
    expect(
      amountsOf({ kind: 'talk', from: '2024-03-01', to: '2024-03-31', leaveDays: 2.5 }, regulation),
    ).toEqual([30_000]);
  });

  it('applies only the readings that are chosen', () => {
    const settings = { cap: { question: '?', options: { a: '甲', b: '乙' }, chosen: 'b' } };
    const rule = (id: string, option: string, flat: number): object => ({
      id,
      clause: '一',
      kinds: 'class',
      if: { cap: option },
      earns: [{ measure: 'hours', flat }],
    });
    expect(amountsOf({}, sample({ settings, earn: [rule('x', 'a', 1), rule('y', 'b', 2)] }))).toEqual([
      20_000,
    ]);
    const gated = earning(
      { flat: 1 },
      { gates: [{ clause: '二', if: { cap: 'a' }, must: { approved: true } }] },
      { settings },
    );
    expect(amountsOf({}, gated)).toEqual([10_000]);
    expect(settled({}, sample({ settings, earn: [rule('x', 'a', 1)] })).refusals).toMatchObject([
      { reason: 'not-in-force' },
    ]);
  });

  it('counts on the last day, or spreads evenly over days without losing anything', () => {
    const whole = settled({ from: '2024-12-30', to: '2025-01-02', classHours: 10 }, earning(hours));
    expect(whole.entries.map((entry) => [entry.occurredOn, entry.amount])).toEqual([['2025-01-02', 100_000]]);
    const spread = earning(hours, { spread: { over: 'days' } });
    const shares = settled({ from: '2024-12-30', to: '2025-01-01', classHours: 10 }, spread).entries;
    expect(shares.map((entry) => [entry.occurredOn, entry.amount])).toEqual([
      ['2024-12-30', 33_333],
      ['2024-12-31', 33_333],
      ['2025-01-01', 33_334],
    ]);
    expect(new Set(shares.map((entry) => entry.line)).size).toBe(3);
    const steps = (from: string): unknown =>
      settled({ from, to: '2025-01-01', classHours: 10 }, spread).explanations[0]?.steps.map(
        ({ kind }) => kind,
      );
    expect([steps('2024-12-31'), steps('2025-01-01')]).toEqual([['rate', 'spread'], ['rate']]);
    expect(amountsOf({ dates: ['2024-03-08', '2024-03-01', '2024-03-01'], classHours: 5 }, spread)).toEqual([
      25_000, 25_000,
    ]);
  });

  it('spreads over the days that are held, weekdays first where only their number is known', () => {
    const spread = earning(hours, { spread: { over: 'days' } });
    const on = (facts: object): string[] =>
      settled({ classHours: 12, ...facts }, spread).entries.map(({ occurredOn }) => occurredOn.slice(5));
    const newYear = { from: '2024-12-30', to: '2025-01-04' };
    expect(on({ ...newYear, days: 4 })).toEqual(['12-30', '12-31', '01-01', '01-02']);
    expect(on({ ...newYear, halfDays: 3 })).toEqual(['12-30', '12-31']);
    // Six days from a Friday, four of them weekdays.
    const overWeekend = { from: '2024-12-27', to: '2025-01-01' };
    expect(on({ ...overWeekend, days: 3 })).toEqual(['12-27', '12-30', '12-31']);
    expect(on({ ...overWeekend, days: 4.5 })).toEqual(['12-27', '12-28', '12-30', '12-31', '01-01']);
    for (const known of [{}, { days: 0 }, { days: 6 }])
      expect(on({ ...overWeekend, ...known })).toHaveLength(6);
    expect(on({ dates: ['2024-12-30', '2025-01-03'], days: 1 })).toEqual(['12-30', '01-03']);
  });

  it('spreads a deduction without losing anything either', () => {
    const regulation = earning({ flat: -1 }, { spread: { over: 'days' } });
    expect(amountsOf({ from: '2024-03-01', to: '2024-03-03' }, regulation)).toEqual([-3333, -3333, -3334]);
  });

  it('registers an award over years', () => {
    const regulation = earning({ flat: 100 }, { spread: { over: 'years', years: 2 } });
    expect(
      settled({ occurredOn: '2024-06-30' }, regulation).entries.map((entry) => [
        entry.occurredOn,
        entry.amount,
      ]),
    ).toEqual([
      ['2024-06-30', 500_000],
      ['2025-06-30', 500_000],
    ]);
  });

  it('keeps with an entry the facts by which limits and totals tell entries apart', () => {
    const regulation = earning(
      hours,
      {},
      {
        caps: [
          {
            clause: '二',
            counts: { where: { not: { level: 'city' } } },
            atMost: 'highest',
            each: ['subject', 'source'],
          },
        ],
        targets: [
          {
            id: 't',
            name: '任务',
            clause: '一',
            cycle: 'year',
            needs: {
              anyOf: [
                { largest: 'organiser', atLeast: 5 },
                { where: { anyOf: [{ approved: true }] }, atLeast: 5 },
              ],
            },
          },
        ],
      },
    );
    const [entry] = settled(
      { classHours: 1, subject: '论文', organiser: '党校', level: 'city', approved: true, role: '作者' },
      regulation,
    ).entries;
    expect(entry?.about).toEqual({ subject: '论文', organiser: '党校', level: 'city', approved: 'true' });
  });

  it('reads an own fact that is not recorded as its author says, whatever its type', () => {
    const own = (type: string, ifMissing: unknown, where: object): number[] =>
      amountsOf(
        {},
        sample({
          facts: { own: { name: '自定', type, ifMissing } },
          earn: [{ id: 'x', clause: '一', kinds: 'class', where, earns: [{ measure: 'hours', flat: 1 }] }],
        }),
      );
    expect([
      own('flag', false, { own: false }),
      own('flag', false, { own: true }),
      own('text', '校级', { own: '校级' }),
      own('number', 2, { own: { atLeast: 2 } }),
    ]).toEqual([[10_000], [], [10_000], [10_000]]);
  });

  it('values one source at a time', () => {
    const regulation = earning(hours);
    expect(() =>
      settle([activity({ classHours: 1 }), activity({ classHours: 2 })], regulation, anyone),
    ).toThrow(TypeError);
    expect(settle([], regulation, anyone)).toEqual({ entries: [], refusals: [], explanations: [] });
    const source = { kind: 'class', id: 's' };
    const two = settle(
      [activity({ id: 'b', source, classHours: 2 }), activity({ id: 'a', source, classHours: 1 })],
      regulation,
      anyone,
    );
    expect(two.entries.map((entry) => entry.amount)).toEqual([10_000, 20_000]);
  });

  it('reads dates and filing, and flags only as flags', () => {
    const regulation = earning(
      { flat: 1 },
      { gates: [{ clause: '二', must: { filingDelayDays: { atMost: 30 } } }] },
    );
    expect(amountsOf({ filedOn: '2024-06-09' }, regulation)).toEqual([10_000]);
    expect(settled({ filedOn: '2024-06-10' }, regulation).refusals).toMatchObject([
      { needs: [{ actual: '31', wanted: '≤ 30' }] },
    ]);
    expect(settled({}, regulation).refusals).toMatchObject([{ reason: 'fact-missing' }]);
    const listed = earning({ rate: 1, of: 'spanDays' });
    expect(amountsOf({ dates: ['2024-03-01', '2024-03-08'] }, listed)).toEqual([20_000]);
    const facts = {
      好: { name: '好', type: 'flag' },
      类: { name: '类', type: 'text' },
      数: { name: '数', type: 'number', ifMissing: 2 },
    };
    const own = earning({ rate: 1, of: '数' }, { where: { 好: true, 类: '甲' } }, { facts });
    expect(amountsOf({ details: { 好: true, 类: '甲' } }, own)).toEqual([20_000]);
    expect(amountsOf({ details: { 好: 'true', 类: '甲' } }, own)).toEqual([]);
    expect(settled({ details: { 好: true, 类: '甲', 数: 'x' } }, own).refusals).toMatchObject([
      { reason: 'fact-missing' },
    ]);
  });
});

describe('several tables for one activity', () => {
  const tables = (measures: readonly [string, string]): Parameters<typeof settled>[1] =>
    earning(
      {},
      {
        earns: [
          { measure: measures[0], by: 'level', values: { 省: 2 } },
          { measure: measures[1], by: 'level', values: { 市: 1 } },
        ],
      },
      { measures: { hours: '学时', points: '分' } },
    );

  it('refuse it only where none has a place for it', () => {
    const of = (level: string, regulation: Parameters<typeof settled>[1]): unknown => {
      const { entries, refusals } = settled({ level }, regulation);
      return [entries.map(({ amount }) => amount / 10_000), refusals.map(({ reason }) => reason)];
    };
    expect(of('市', tables(['hours', 'hours']))).toEqual([[1], []]);
    expect(of('县', tables(['hours', 'hours']))).toEqual([[], ['not-in-table', 'not-in-table']]);
    expect(of('市', tables(['hours', 'points']))).toEqual([[1], []]);
    expect(of('县', tables(['hours', 'points']))).toEqual([[], ['not-in-table', 'not-in-table']]);
  });

  it('refuse a value that only an amount by another fact goes with', () => {
    const regulation = earning(
      {},
      {
        earns: [
          { measure: 'hours', by: 'level', values: { 省: 2 } },
          { measure: 'points', by: 'role', values: { 主讲: 1 } },
          { measure: 'points', rate: 1, of: 'classHours' },
        ],
      },
      { measures: { hours: '学时', points: '分' } },
    );
    const { entries, refusals } = settled({ level: '省级', role: '主讲', classHours: 3 }, regulation);
    expect(entries.map(({ measure }) => measure)).toEqual(['points', 'points']);
    expect(refusals).toMatchObject([{ reason: 'not-in-table', needs: [{ fact: 'level', actual: '省级' }] }]);
  });
});
