import { describe, expect, it } from 'vitest';
import { amountsOf, earning, settled } from '../testing/sample';

const one = (worth: object, facts: object, sections: object = {}): number[] =>
  amountsOf(facts, earning(worth, {}, sections));

describe('the worth of one activity', () => {
  it('is flat, or a rate for each so many of a fact', () => {
    expect(one({ flat: 24 }, {})).toEqual([240_000]);
    expect(one({ rate: 6, of: 'days' }, { days: 2.5 })).toEqual([150_000]);
    expect(one({ rate: 3, of: 'halfDays' }, { days: 1.5 })).toEqual([90_000]);
    expect(
      one(
        { rate: 1, each: 45, of: 'lengthMinutes', round: { to: 0.01, mode: 'down' } },
        { lengthMinutes: 100 },
      ),
    ).toEqual([22_200]);
  });

  it('counts parts of an each as whole, not at all, or from a half', () => {
    const counted = (eachRound: string): number[] =>
      one({ rate: 2, each: 10, of: 'classHours', eachRound }, { classHours: 24 });
    expect([counted('down'), counted('up'), counted('half-up')].flat()).toEqual([40_000, 60_000, 40_000]);
    expect(one({ rate: 2, each: 10, of: 'classHours', eachRound: 'half-up' }, { classHours: 25 })).toEqual([
      60_000,
    ]);
  });

  it('follows bands with explicit edges', () => {
    const bands = {
      of: 'lengthMinutes',
      bands: [
        { atLeast: 30, flat: 1 },
        { above: 15, below: 30, flat: 0.5 },
        { atMost: 15, flat: 0.25 },
      ],
    };
    const lengths = [45, 30, 29, 16, 15, 8];
    expect(lengths.flatMap((lengthMinutes) => one(bands, { lengthMinutes }))).toEqual([
      10_000, 10_000, 5000, 5000, 2500, 2500,
    ]);
  });

  it('values the slices of a scale each at its own rate', () => {
    const scale = {
      of: 'classHours',
      sliced: true,
      bands: [
        { atMost: 10, rate: 1 },
        { above: 10, atMost: 20, rate: 0.5 },
        { above: 20, rate: 0.1 },
      ],
    };
    expect([5, 10, 14, 30].flatMap((classHours) => one(scale, { classHours }))).toEqual([
      50_000, 100_000, 120_000, 160_000,
    ]);
  });

  it('values a flat slice once, as soon as the quantity reaches it', () => {
    const scale = {
      of: 'classHours',
      sliced: true,
      bands: [
        { atMost: 5, flat: 3 },
        { above: 5, atMost: 20, rate: 0.5 },
        { above: 20, flat: 1 },
      ],
    };
    expect([0, 2, 5, 8, 20, 21].map((classHours) => one(scale, { classHours })[0])).toEqual([
      30_000, 30_000, 30_000, 45_000, 105_000, 115_000,
    ]);
    const steps = settled({ classHours: 8 }, earning(scale)).explanations[0]?.steps;
    expect(steps).toMatchObject([
      { kind: 'slice-flat', band: '≤ 5', result: '3' },
      { kind: 'slice', quantity: '3' },
      { kind: 'rate', result: '1.5' },
      { kind: 'sum', parts: ['3', '1.5'], result: '4.5' },
    ]);
    const first = settled({ classHours: 2 }, earning(scale)).explanations[0]?.steps;
    expect(first).toMatchObject([{ kind: 'slice-flat', result: '3' }]);
  });

  it('looks up tables, also by two facts', () => {
    const table = { by: 'level', values: { city: { by: 'place', values: { '1': 6, '2': 4 } }, province: 8 } };
    expect(one(table, { level: 'city', place: 2 })).toEqual([40_000]);
    expect(one(table, { level: 'province' })).toEqual([80_000]);
    expect(settled({ level: 'nation' }, earning(table)).refusals).toMatchObject([
      { reason: 'not-in-table', needs: [{ fact: 'level', actual: 'nation', wanted: 'city | province' }] },
    ]);
    expect(settled({}, earning(table)).refusals).toMatchObject([
      { reason: 'fact-missing', needs: [{ fact: 'level' }] },
    ]);
    expect(settled({ level: 'city' }, earning(table)).refusals).toMatchObject([
      { reason: 'fact-missing', needs: [{ fact: 'place' }] },
    ]);
  });

  it('multiplies by every factor that applies, then rounds, then limits the item', () => {
    const worth = {
      rate: 1,
      of: 'classHours',
      times: [
        { where: { role: 'second author' }, by: 0.5, clause: '二' },
        { where: { rating: 'excellent' }, by: '1.2' },
      ],
      round: { to: 0.5, mode: 'down' },
      itemAtMost: 10,
      itemAtLeast: 1,
    };
    expect(one(worth, { classHours: 9 })).toEqual([90_000]);
    expect(one(worth, { classHours: 9, role: 'second author' })).toEqual([45_000]);
    expect(one(worth, { classHours: 9, role: 'second author', rating: 'excellent' })).toEqual([50_000]);
    expect(one(worth, { classHours: 30 })).toEqual([100_000]);
    expect(one(worth, { classHours: 0.5 })).toEqual([10_000]);
    const { explanations } = settled({ classHours: 30, role: 'second author' }, earning(worth));
    expect(explanations[0]?.steps).toEqual([
      { kind: 'rate', fact: 'classHours', quantity: '30', each: '1', times: '30', rate: '1', result: '30' },
      { kind: 'factor', by: '0.5', result: '15', clause: '二' },
      { kind: 'round', to: '0.5', mode: 'down', result: '15' },
      { kind: 'item-at-most', limit: '10', cut: '5' },
    ]);
  });

  it('refuses what no band covers, with the bands', () => {
    const bands = {
      of: 'score',
      bands: [
        { atLeast: 90, flat: 5 },
        { atLeast: 60, below: 90, flat: 3 },
      ],
    };
    expect(settled({ score: 59 }, earning(bands)).refusals).toMatchObject([
      { reason: 'outside-bands', clause: '一', needs: [{ wanted: '≥ 90' }, { wanted: '≥ 60 , < 90' }] },
    ]);
    expect(settled({}, earning(bands)).refusals).toMatchObject([{ reason: 'fact-missing' }]);
    const inner = { of: 'score', bands: [{ atLeast: 60, rate: 1, of: 'classHours' }] };
    expect(settled({ score: 70 }, earning(inner)).refusals).toMatchObject([
      { reason: 'fact-missing', needs: [{ fact: 'classHours' }] },
    ]);
  });

  it('keeps quarter hours, and an amount of nothing is explained but makes no entry', () => {
    expect(one({ rate: 1, of: 'classHours' }, { classHours: 0.25 })).toEqual([2500]);
    const nothing = settled({ classHours: 0 }, earning({ rate: 1, of: 'classHours' }));
    expect([
      nothing.entries,
      nothing.refusals,
      nothing.explanations.map((explanation) => explanation.amount),
    ]).toEqual([[], [], [0]]);
  });

  it('reads facts that the author computes', () => {
    const facts = {
      best: { name: '最好成绩', best: 'scores', first: 2 },
      mean: { name: '平均成绩', mean: 'scores' },
      away: { name: '缺席学时', sum: ['leaveHours', 'absentHours'] },
      mark: { name: '总评', weighted: { score: 0.6, 平时: 0.4 } },
      平时: { name: '平时成绩', type: 'number' },
    };
    expect(one({ rate: 1, of: 'best' }, { scores: [58, 83, 90] }, { facts })).toEqual([830_000]);
    expect(
      one({ rate: 1, of: 'mean', round: { to: 1, mode: 'half-up' } }, { scores: [58, 83, 90] }, { facts }),
    ).toEqual([770_000]);
    expect(one({ rate: 1, of: 'away' }, { leaveHours: 3 }, { facts })).toEqual([30_000]);
    expect(one({ rate: 1, of: 'mark' }, { score: 90, details: { 平时: 70 } }, { facts })).toEqual([820_000]);
    for (const fact of ['best', 'mark']) {
      expect(settled({}, earning({ rate: 1, of: fact }, {}, { facts })).refusals).toMatchObject([
        { reason: 'fact-missing' },
      ]);
    }
  });

  it('names what is not recorded of that from which a fact is computed', () => {
    const facts = {
      份数: { name: '份数', sum: ['成员', 'count'] },
      每份: { name: '每份', share: 'count', of: '份数' },
      成员: { name: '成员人数', type: 'number', step: 1 },
    };
    const lacking = (of: string, given: object): unknown =>
      settled(given, earning({ rate: 1, of, round: { to: 1, mode: 'down' } }, {}, { facts })).refusals.map(
        ({ needs }) => needs.map(({ fact }) => fact),
      );
    expect(lacking('每份', {})).toEqual([['成员']]);
    expect(lacking('成员', {})).toEqual([['成员']]);
    // All is there, and yet nothing can be divided by it.
    expect(lacking('每份', { count: 0, details: { 成员: 0 } })).toEqual([['每份']]);
  });
});

describe('a table', () => {
  it('gives what it says for any other value, or refuses', () => {
    const table = { by: 'level', values: { city: 12, nation: { rate: 2, of: 'count' } } };
    const open = earning({ ...table, otherwise: 3 });
    expect(['city', 'nation', 'town'].map((level) => amountsOf({ level }, open))).toEqual([
      [120_000],
      [20_000],
      [30_000],
    ]);
    expect(settled({ level: 'town' }, earning(table)).refusals).toMatchObject([{ reason: 'not-in-table' }]);
    expect(settled({ level: 'constructor' }, earning(table)).refusals).toMatchObject([
      { reason: 'not-in-table' },
    ]);
  });
});

describe('a filing deadline', () => {
  it('is counted from the end of the cycle that holds the activity', () => {
    const facts = { late: { name: '超过年末天数', filedAfter: 'year' } };
    const gate = { gates: [{ clause: '二', must: { late: { atMost: 31 } } }] };
    const regulation = earning({ flat: 1 }, gate, { facts });
    expect(amountsOf({ filedOn: '2025-01-31' }, regulation)).toEqual([10_000]);
    expect(settled({ filedOn: '2025-02-01' }, regulation).refusals).toMatchObject([
      { reason: 'condition-not-met', needs: [{ actual: '32', wanted: '≤ 31' }] },
    ]);
    expect(settled({}, regulation).refusals).toMatchObject([{ reason: 'fact-missing' }]);
  });
});
