import { describe, expect, it } from 'vitest';
import type { Activity } from '../person/activity';
import type { CreditPerson } from '../person/person';
import type { Regulation } from '../regulation/regulation-schema';
import { settleAll } from '../reading/facts';
import { classes, target } from '../testing/sample';
import { resultsOf } from './evaluate';
import { countingOfCycle, openedAmounts, type Counting } from './opened';
import { PersonEvaluation } from './person-evaluation';

const anyone: CreditPerson = { id: '甲', history: [{ from: '2020-01-01' }] };
const units = (hours: number): number => hours * 10_000;
const said = (counting: readonly Counting[]): [string, number][] =>
  counting.map(({ entry, amount }) => [entry.occurredOn, amount / 10_000]);

function opened(activities: readonly Activity[], rules: Regulation, asOf: string, person = anyone) {
  const evaluation = PersonEvaluation.of(settleAll(activities, rules, person).entries, rules, person, asOf);
  const { targets, earlier } = resultsOf(evaluation);
  return [...earlier, ...targets].map((result) => {
    const [amount] = openedAmounts(result, evaluation);
    return { result, amount: amount! };
  });
}

describe('an amount of a target', () => {
  it('opens to the entries of its cycle as far as they count, which add up to it', () => {
    const caps = [{ clause: '二', counts: {}, atMost: 9, per: 'year' }];
    const acts = [...classes('2023-05', 8), ...classes('2024-02', 6), ...classes('2024-05', 9)];
    const now = opened(acts, target({}, { caps }), '2024-12-31').at(-1);
    expect(now!.amount).toMatchObject({ carried: 0, isSum: true });
    expect(said(now!.amount.counting)).toEqual([
      ['2024-02-01', 6],
      ['2024-05-01', 3],
    ]);
    expect(now!.result.alternatives[0]?.[0]?.earned).toBe(units(9));
  });

  it('leaves out what made up the cycle before, which opens to just that', () => {
    const makeUp = { clause: '三', after: 'cycle', months: 3 };
    const acts = [...classes('2023-05', 8), ...classes('2024-02', 6), ...classes('2024-05', 9)];
    const all = opened(acts, target({ makeUp }), '2024-12-31');
    const making = all.find(({ result }) => result.makesUp?.cycle.label === '2023');
    const own = all.find(({ result }) => !result.makesUp && result.cycle.label === '2024');
    expect(said(making!.amount.counting)).toEqual([['2024-02-01', 6]]);
    expect(said(own!.amount.counting)).toEqual([
      ['2024-02-01', 2],
      ['2024-05-01', 9],
    ]);
  });

  it('of what is made up after a promotion opens to what was done since', () => {
    const makeUp = { clause: '三', after: 'promotion', months: 12 };
    const promoted: CreditPerson = {
      id: '甲',
      history: [
        { from: '2020-01-01', to: '2024-05-31', postLevel: '乡科级正职' },
        { from: '2024-06-01', postLevel: '县处级副职' },
      ],
    };
    const acts = [...classes('2024-05', 4), ...classes('2024-07', 5)];
    const making = opened(acts, target({ makeUp }), '2024-12-31', promoted).find(
      ({ result }) => result.makesUp,
    );
    expect(said(making!.amount.counting)).toEqual([['2024-07-01', 5]]);
  });

  it('of a total opens to what goes into any of its terms, and says that it is reckoned from them', () => {
    const totals = {
      all: { name: '总学时', measure: 'hours', add: [{ kind: 'class', times: 2 }] },
    };
    const rules = target({ needs: { total: 'all', atLeast: 10 } }, { totals });
    const one = opened(classes('2024-05', 3), rules, '2024-12-31').at(-1);
    expect(one!.amount.isSum).toBe(false);
    expect(said(one!.amount.counting)).toEqual([['2024-05-01', 3]]);
    expect(one!.result.alternatives[0]?.[0]?.earned).toBe(units(6));
  });
});

it('a cycle opens to everything that counts in it', () => {
  const rules = target();
  const acts = [...classes('2023-05', 8), ...classes('2024-02', 6)];
  const evaluation = PersonEvaluation.of(settleAll(acts, rules, anyone).entries, rules, anyone, '2024-12-31');
  const { sums } = resultsOf(evaluation);
  expect(sums.map(({ cycle }) => said(countingOfCycle(cycle, evaluation)))).toEqual([
    [['2023-05-01', 8]],
    [['2024-02-01', 6]],
  ]);
});
