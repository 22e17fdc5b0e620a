import { describe, expect, it } from 'vitest';
import { sayWorkings } from '../words/working-words';
import type { CreditPerson } from '../person/person';
import type { Regulation } from '../regulation/regulation-schema';
import { activity, anyone, classes, evaluated, sample, target } from '../testing/sample';

/** A year of 12 hours, of which sick leave of the whole year takes half, and parental leave all. */
const relief = [
  { clause: '二', when: { circumstance: '病假' }, times: 0.5 },
  { clause: '二', when: { circumstance: '产假' }, exempt: true },
];
const on = (kind: string): CreditPerson => ({
  id: 'p',
  history: [{ from: '2024-01-01' }],
  circumstances: [{ kind, from: '2024-01-01', to: '2024-12-31' }],
});
const points = (term: object, more: object = {}): Regulation =>
  target(
    { relief },
    {
      english: { 培训: 'class' },
      totals: { points: { name: '得分', measure: 'hours', cycle: 'year', add: [term], ...more } },
    },
  );
const whole = { round: { to: 0.01, mode: 'half-up' } };

const came = (term: object, hours: number, person = anyone, more: object = {}): number | undefined =>
  evaluated(classes('2024-05', hours), points(term, more), '2024-12-31', person).totals.map(
    ({ amount }) => amount / 10_000,
  )[0];

describe('a term of a total', () => {
  it('may be what lies above a number or what a target asks of the person', () => {
    expect([came({ above: 10, times: 0.5 }, 16), came({ above: 10 }, 9)]).toEqual([3, 0]);
    const excess = { above: { target: 't' }, times: 2, atMost: 9 };
    expect([came(excess, 14), came(excess, 99), came(excess, 8)]).toEqual([4, 9, 0]);
    // Half of 12 is asked of whoever is ill, nothing of who is exempt.
    expect([came(excess, 8, on('病假')), came(excess, 2, on('产假'))]).toEqual([4, 4]);
  });

  it('may be what lacks of it', () => {
    const lack = { below: { target: 't' }, times: -1 };
    expect([came(lack, 9), came(lack, 12), came(lack, 40)]).toEqual([-3, 0, 0]);
    expect([came(lack, 5, on('病假')), came(lack, 0, on('产假'))]).toEqual([-1, 0]);
    expect(came({ below: 5 }, 2)).toBe(3);
  });

  it('may be how often it holds it, once where nothing is asked', () => {
    const ratio = { over: { target: 't' }, times: 60, atMost: 60 };
    expect([came(ratio, 9, anyone, whole), came(ratio, 24, anyone, whole)]).toEqual([45, 60]);
    expect([came(ratio, 5, on('病假'), whole), came(ratio, 0, on('产假'), whole)]).toEqual([50, 60]);
    expect(came({ over: 8 }, 6, anyone, whole)).toBe(0.75);
  });

  it('is told with what it was held against', () => {
    const told = (term: object, hours: number, person = anyone, language: 'zh' | 'en' = 'zh'): unknown => {
      const regulation = points(term, whole);
      const [total] = evaluated(classes('2024-05', hours), regulation, '2024-12-31', person).totals;
      return sayWorkings(total?.workings ?? [], regulation, language)[0];
    };
    expect(told({ above: { target: 't' }, times: 2 }, 14)).toBe('得分：学时 14 超过 12 的部分 2 × 2 = 4');
    expect(told({ below: 12, times: -1 }, 9)).toBe('得分：学时 9 不到 12 差的 3 × (-1) = -3');
    expect(told({ over: { target: 't' }, times: 60 }, 9)).toBe('得分：学时 9 ÷ 12 = 0.75 × 60 = 45');
    expect(told({ over: { target: 't' }, times: 60 }, 9, on('产假'))).toBe(
      '得分：学时 9（没有要求，按 1） × 60 = 60',
    );
    expect(told({ above: 10 }, 14, anyone, 'en')).toBe('得分: 学时 14, above 10: 4');
    expect(told({ below: 10 }, 9, anyone, 'en')).toBe('得分: 学时 9, short of 10 by 1');
  });

  it('may be held against what hangs on the cycle before', () => {
    const regulation = target(
      { relief: [{ clause: '二', when: { earned: { atLeast: 20 }, cycle: 'previous' }, times: 0.5 }] },
      {
        totals: {
          points: {
            name: '得分',
            measure: 'hours',
            cycle: 'year',
            add: [{ over: { target: 't' }, times: 60 }],
            ...whole,
          },
        },
      },
    );
    const person = { id: 'p', history: [{ from: '2023-01-01' }] };
    const { totals } = evaluated(
      [...classes('2023-05', 24), ...classes('2024-05', 3)],
      regulation,
      '2024-12-31',
      person,
    );
    // 24 of 12 in 2023, so that 2024 asks for 6.
    expect(totals.map(({ amount }) => amount / 10_000)).toEqual([120, 30]);
  });

  it('may be asked for, and the least that closes it goes through it', () => {
    const regulation = target(
      { needs: { total: 'points', atLeast: 6 } },
      {
        totals: { points: { name: '得分', measure: 'hours', add: [{ above: 10, times: 0.5 }] } },
      },
    );
    const [result] = evaluated(classes('2024-05', 16), regulation, '2024-06-30').targets;
    expect(result?.alternatives[0]).toMatchObject([{ earned: 30_000, short: 30_000 }]);
    // In points, as of every amount that hours do not add to one to one.
    expect(result?.least).toEqual([[{ leaf: 'points', measure: 'hours', amount: 30_000 }]]);
  });

  it('lowers what lacks when the missing is made up', () => {
    const made = target(
      {
        needs: { total: 'points', atLeast: 60 },
        makeUp: { clause: '二', after: 'cycle', months: 6 },
      },
      {
        totals: {
          points: { name: '得分', measure: 'hours', start: 60, add: [{ below: 10, times: -1 }] },
        },
      },
    );
    const later = activity({ occurredOn: '2025-02-01', classHours: 10 });
    const person = { id: 'p', history: [{ from: '2024-01-01' }] };
    const { targets, earlier } = evaluated([...classes('2024-05', 4), later], made, '2025-06-30', person);
    const told = [...earlier, ...targets].map(({ state, makesUp }) => [state, makesUp?.cycle.label]);
    expect(told).toContainEqual(['met', '2024']);
  });

  it('may count only where a target stands so, by what the person is asked', () => {
    const extra = (when: object): object => ({ when: { target: 't', ...when }, times: 2 });
    const met = extra({ is: 'met' });
    expect([came(met, 11), came(met, 12)]).toEqual([0, 24]);
    expect([came(met, 6, on('病假')), came(met, 12, on('产假'))]).toEqual([12, 0]);
    expect([came(extra({ is: 'missed' }), 11), came(extra({ is: 'missed' }), 12)]).toEqual([22, 0]);
    expect([came(extra({ is: 'exempt' }), 11), came(extra({ is: 'exempt' }), 11, on('产假'))]).toEqual([
      0, 22,
    ]);
  });

  it('goes by the cycle before where it says so, and is not missed before the end', () => {
    const came = (when: object, hours: readonly number[], asOf = '2024-12-31'): unknown => {
      const regulation = points({ when: { target: 't', ...when } });
      const acts = hours.flatMap((amount, index) => classes(`${2023 + index}-05`, amount));
      const person = { id: 'p', history: [{ from: '2023-01-01' }] };
      return evaluated(acts, regulation, asOf, person).totals.map(({ amount }) => amount / 10_000);
    };
    // There is no cycle before the first one.
    expect(came({ is: 'met', cycle: 'previous' }, [12, 5])).toEqual([0, 5]);
    expect(came({ is: 'missed', cycle: 'previous' }, [12, 5])).toEqual([0, 0]);
    expect(came({ is: 'missed', cycle: 'previous' }, [11, 5])).toEqual([0, 5]);
    expect(came({ is: 'missed' }, [11, 5], '2024-12-30')).toEqual([11, 0]);
    expect(came({ is: 'missed' }, [11, 5])).toEqual([11, 5]);
  });

  it('may be asked for itself, where a target that it looks at is met by what is to be earned yet', () => {
    const regulation = sample({
      totals: {
        points: {
          name: '得分',
          measure: 'hours',
          add: [{}, { when: { target: 't', is: 'met' }, times: 1 }],
        },
      },
      targets: [
        { id: 't', name: '任务', clause: '一', cycle: 'year', needs: { atLeast: 12 } },
        { id: 'high', name: '高分', clause: '一', cycle: 'year', needs: { total: 'points', atLeast: 24 } },
      ],
    });
    const [, high] = evaluated(classes('2024-05', 4), regulation, '2024-06-30').targets;
    expect(high?.alternatives[0]).toMatchObject([{ earned: 40_000 }]);
    expect(evaluated(classes('2024-05', 12), regulation, '2024-06-30').targets[1]?.state).toBe('met');
  });
});
