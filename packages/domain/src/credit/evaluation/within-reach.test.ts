import { describe, expect, it } from 'vitest';
import { activity, evaluated, target } from '../testing/sample';

type Done = readonly (readonly [kind: string, amount: number])[];

const score = { name: '得分', measure: 'hours' };

/** The amounts of the least for a total, of which `talk` is the learning, `lapse` a fault and `late` a deduction of 3 each. */
function leastOf(asked: number, totals: object, done: Done, more: object = {}): unknown {
  const earns = (kind: string, measure: string, worth: object): object => ({
    id: kind,
    clause: '一',
    kinds: kind,
    earns: [{ measure, ...worth }],
  });
  const regulation = target(
    { needs: { total: 'score', atLeast: asked } },
    {
      measures: { hours: '学时', faults: '次', marks: '分' },
      kinds: { talk: '讲座', lapse: '舞弊', late: '缺课', exam: '考试' },
      earn: [
        earns('talk', 'hours', { rate: 1, of: 'classHours' }),
        earns('lapse', 'faults', { flat: 1 }),
        earns('late', 'marks', { rate: -3, of: 'classHours' }),
        earns('exam', 'marks', { flat: 30 }),
      ],
      totals,
      ...more,
    },
  );
  const acts = done.map(([kind, classHours]) => activity({ kind, occurredOn: '2024-03-05', classHours }));
  const [first] = evaluated(acts, regulation, '2024-08-15').targets;
  return first?.least.map((list) => list.map(({ amount }) => amount / 10_000));
}

const beyond = [[]];

describe('the least of a total', () => {
  it('is nothing once what was deducted leaves it below for good', () => {
    const learnt = { ...score, add: [{ measure: 'hours' }], atMost: 50 };
    const totals = {
      learnt,
      score: { ...score, add: [{ total: 'learnt' }, { measure: 'faults', times: -5 }] },
    };
    expect(leastOf(50, totals, [['talk', 6]])).toEqual([[44]]);
    expect(
      leastOf(50, totals, [
        ['talk', 6],
        ['lapse', 1],
      ]),
    ).toEqual(beyond);
    expect(
      leastOf(45, totals, [
        ['talk', 6],
        ['lapse', 1],
      ]),
    ).toEqual([[44]]);
  });

  it('is nothing once it is cleared', () => {
    const caught = { measure: 'faults', above: 0 };
    const all = { ...score, add: [{ measure: 'hours' }] };
    const cleared = { ...score, add: [{ total: 'all' }, { total: 'all', times: -1, when: caught }] };
    expect(leastOf(40, { all, score: cleared }, [])).toEqual([[40]]);
    expect(leastOf(40, { all, score: cleared }, [['lapse', 1]])).toEqual(beyond);
    const plain = { ...score, add: [{ measure: 'hours' }, { measure: 'hours', times: -1, when: caught }] };
    expect(leastOf(40, { score: plain }, [['lapse', 1]])).toEqual(beyond);
  });

  it('is nothing once what a term hangs on cannot be any more, and goes by it where it still may be', () => {
    const clean = { ...score, add: [{ measure: 'hours', when: { measure: 'faults', atMost: 0 } }] };
    expect(leastOf(40, { score: clean }, [['lapse', 1]])).toEqual(beyond);
    const either = {
      anyOf: [
        { measure: 'faults', atMost: 0 },
        { measure: 'hours', id: 'h', atLeast: 100 },
      ],
    };
    const forgiven = { ...score, add: [{ measure: 'hours', when: either }] };
    expect(leastOf(40, { score: forgiven }, [['lapse', 1]])).toEqual([[100]]);
  });

  it('never takes a deduction for a way to earn, and knows that what was deducted stays', () => {
    const attendance = { ...score, start: 30, add: [{ kind: 'late', measure: 'marks' }], atLeast: 0 };
    const points = { ...score, add: [{ measure: 'hours' }], bands: [{ atLeast: 20, flat: 40 }] };
    const exam = { ...score, add: [{ kind: 'exam', measure: 'marks' }] };
    const totals = {
      attendance,
      points,
      exam,
      score: { ...score, add: ['attendance', 'points', 'exam'].map((total) => ({ total })) },
    };
    const caps = [{ clause: '二', counts: { kind: 'exam', measure: 'marks' }, atMost: 'highest', per: 'year' }];
    expect(leastOf(101, totals, [], { caps })).toEqual(beyond);
    expect(leastOf(98, totals, [['late', 1]], { caps })).toEqual(beyond);
    expect(leastOf(97, totals, [['late', 1]], { caps })).not.toEqual(beyond);
  });

  it('counts what quarters have lost also inside other totals', () => {
    const lost = {
      ...score,
      per: 'quarter',
      everyPeriod: true,
      add: [{ measure: 'hours' }],
      bands: [{ below: 5, flat: -2 }],
    };
    const points = { ...score, add: [{ measure: 'hours' }], bands: [{ atLeast: 20, flat: 40 }] };
    const raw = { ...score, add: [{ total: 'points' }, { total: 'lost' }], atLeast: 0 };
    const cleared = {
      ...score,
      add: [{ total: 'raw' }, { total: 'raw', times: -1, when: { measure: 'faults', above: 0 } }],
    };
    // The first two quarters are over with 4 and with none.
    expect(leastOf(37, { lost, points, raw, score: cleared }, [['talk', 4]])).toEqual(beyond);
    expect(leastOf(36, { lost, points, raw, score: cleared }, [['talk', 4]])).not.toEqual(beyond);
  });
});
