import { describe, expect, it } from 'vitest';
import { evaluate, type Evaluation } from './evaluate';
import { ruleOn } from './governing';
import type { Activity } from '../person/activity';
import type { CreditPerson } from '../person/person';
import { settleAll } from '../reading/facts';
import type { Regulation } from '../regulation/regulation-schema';
import { classes, target } from '../testing/sample';

const units = (hours: number): number => hours * 10_000;
const version = (number: number, from: string, more: object = {}, sections: object = {}): Regulation =>
  target(more, { version: number, effective: { from }, ...sections });
const person: CreditPerson = { id: 'p', history: [{ from: '2023-01-01' }] };

/** Each activity is settled by the version of its day, as the ledger holds it. */
function evaluated(
  activities: readonly Activity[],
  [last, ...before]: readonly [Regulation, ...Regulation[]],
  asOf: string,
  who = person,
): Evaluation {
  const entries = activities.flatMap((one) => {
    return settleAll([one], ruleOn({ rules: last, before }, one.occurredOn ?? ''), who).entries;
  });
  return evaluate(entries, last, who, asOf, asOf, before);
}

describe('a new version', () => {
  const makeUp = { clause: '三', after: 'cycle', months: 6 };
  const first = version(1, '2020-01-01', { makeUp });
  const second = version(2, '2024-01-01', { needs: { measure: 'hours', atLeast: 20 } });

  it('leaves what is owed of a cycle under the version before, by its rules, and what makes it up counts no more', () => {
    const acts = [...classes('2023-05', 8), ...classes('2024-02', 3), ...classes('2024-03', 30)];
    const open = evaluated(acts.slice(0, 2), [second, first], '2024-02-15');
    expect(open.owed.map(({ rules }) => rules)).toEqual([first]);
    expect(open.owed.map(({ result }) => result)).toMatchObject([
      {
        state: 'open',
        makesUp: { cycle: { label: '2023' } },
        alternatives: [[{ required: units(4), earned: units(3), short: units(1) }]],
      },
    ]);
    expect(open.targets).toMatchObject([{ alternatives: [[{ required: units(20), earned: 0 }]] }]);
    const done = evaluated(acts, [second, first], '2024-04-01');
    expect(done.owed).toMatchObject([{ result: { state: 'met' } }]);
    expect(done.targets).toMatchObject([{ alternatives: [[{ earned: units(29) }]] }]);
    expect(evaluated(acts, [second, first], '2024-07-01').owed).toEqual([]);
    // The same where the version before says itself when it ends.
    const closed = { ...first, effective: { from: '2020-01-01', to: '2023-12-31' } };
    expect(evaluated(acts, [second, closed], '2024-04-01').owed).toMatchObject([
      { result: { state: 'met' } },
    ]);
    expect(evaluated(acts, [second], '2024-04-01')).toMatchObject({
      owed: [],
      targets: [{ alternatives: [[{ earned: units(33) }]] }],
    });
  });

  it('leaves what a promotion in the time of the version before gave to make up', () => {
    const promoted: CreditPerson = {
      id: 'p',
      history: [
        { from: '2023-01-01', postLevel: '乡科级正职' },
        { from: '2023-11-10', postLevel: '县处级副职' },
      ],
    };
    const before = version(1, '2020-01-01', { makeUp: { clause: '三', after: 'promotion', months: 12 } });
    const { owed } = evaluated(classes('2023-05', 8), [second, before], '2024-02-15', promoted);
    expect(owed).toMatchObject([
      {
        rules: before,
        result: {
          state: 'open',
          cycle: { from: '2023-11-10', to: '2024-11-09' },
          alternatives: [[{ short: units(4) }]],
        },
      },
    ]);
  });

  it('decides itself about a promotion on its first day, unless the cycle of what was missing had ended before', () => {
    const after = { clause: '三', after: 'promotion', months: 12 };
    const promotedOn = (on: string): CreditPerson => ({
      id: 'p',
      history: [
        { from: '2023-01-01', postLevel: '乡科级正职' },
        { from: on, postLevel: '县处级副职' },
      ],
    });
    const made = (from: string): (readonly [string, string | undefined])[] => {
      const versions = [
        version(2, from, { makeUp: after }),
        version(1, '2020-01-01', { makeUp: after }),
      ] as const;
      const { targets, owed } = evaluated(classes('2023-05', 8), versions, '2024-02-15', promotedOn(from));
      return [
        ...owed.map(({ result }) => ['owed', result.makesUp?.cycle.label] as const),
        ...targets.filter(({ makesUp }) => makesUp).map((own) => ['own', own.makesUp?.cycle.label] as const),
      ];
    };
    expect(made('2023-11-10')).toEqual([['own', '2023']]);
    expect(made('2024-01-01')).toEqual([['owed', '2023']]);
  });

  it('takes over what the last cycle of the version before carries, for as long as it lives', () => {
    const carryOver = [
      {
        clause: '三',
        cycle: 'year',
        from: { measure: 'hours' },
        above: 12,
        to: { measure: 'hours' },
        lasts: 2,
      },
    ];
    const versions = [
      version(2, '2024-01-01', {}, { carryOver }),
      version(1, '2020-01-01', {}, { carryOver }),
    ] as const;
    const closed = { ...versions[1], effective: { from: '2020-01-01', to: '2023-12-31' } };
    expect(evaluated(classes('2023-05', 20), [versions[0], closed], '2024-06-30').targets).toEqual(
      evaluated(classes('2023-05', 20), versions, '2024-06-30').targets,
    );
    const earned = (asOf: string): unknown =>
      evaluated(classes('2023-05', 20), versions, asOf).targets.map(({ alternatives }) => {
        const leaf = alternatives[0]?.[0];
        return [leaf?.earned, leaf?.carried];
      });
    expect(earned('2024-06-30')).toEqual([[units(8), units(8)]]);
    // Nothing of it was needed to reach 12 in 2024, so it lived on; after its second cycle it is gone.
    expect(earned('2025-06-30')).toEqual([[0, 0]]);
    expect(
      evaluated([...classes('2023-05', 20), ...classes('2024-05', 12)], versions, '2025-06-30').targets,
    ).toMatchObject([{ alternatives: [[{ carried: units(8) }]] }]);
    expect(
      evaluated([...classes('2023-05', 20), ...classes('2024-05', 12)], versions, '2026-06-30').targets,
    ).toMatchObject([{ alternatives: [[{ carried: 0 }]] }]);
  });

  it('counts on how often in a row something was so, and draws once what the version before has drawn', () => {
    const consequences = [
      { id: 'twice', says: '诫勉', clause: '三', when: { target: 't', is: 'missed', inARow: 2 } },
      { id: 'once', says: '提醒', clause: '三', when: { target: 't', is: 'missed' } },
    ];
    const versions = [
      version(2, '2024-01-01', {}, { consequences }),
      version(1, '2020-01-01', {}, { consequences }),
    ] as const;
    const { flags } = evaluated([], versions, '2024-12-31');
    expect(flags.map(({ flag, cycle }) => [flag, cycle.label])).toEqual([
      ['twice', '2024'],
      ['once', '2024'],
    ]);
  });
});
