import { describe, expect, it } from 'vitest';
import { activity, evaluated, sample, target } from '../testing/sample';

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
      groups: { women: { name: '女', where: { sex: 'female' } } },
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
    const caps = [
      { clause: '二', counts: { kind: 'exam', measure: 'marks' }, atMost: 'highest', per: 'year' },
    ];
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

  const hours = { measure: 'hours' };
  const totals = (term: object, more: object = {}): object => ({ score: { ...score, add: [term], ...more } });

  it.each<[string, object, number, number]>([
    ['what lies above a number', { ...hours, above: 10, atMost: 20 }, 20, 21],
    ['what lacks to a number', { ...hours, below: 30 }, 24, 25],
    ['how often a number is held', { ...hours, over: 2, atMost: 20 }, 20, 21],
    ['a factor', { ...hours, times: '1/2', atMost: 20 }, 20, 21],
    ['nothing times', { ...hours, times: 0 }, 0, 1],
    ['a term that others have', { ...hours, atMost: 20, groups: 'women' }, 20, 21],
  ])('knows the most of a total by %s', (_name, term, most, more) => {
    const start = { start: 10 };
    if (most > 0) expect(leastOf(most + 10, totals(term, start), [['talk', 6]])).not.toEqual(beyond);
    expect(leastOf(more + 10, totals(term, start), [['talk', 6]])).toEqual(beyond);
  });

  it('knows it after rounding', () => {
    const half = { ...hours, times: '1/2', atMost: 10.5 };
    const round = (mode: string): object => ({ round: { to: 1, mode } });
    expect(leastOf(11, totals(half, round('up')), [])).not.toEqual(beyond);
    expect(leastOf(11, totals(half, round('down')), [])).toEqual(beyond);
  });

  it.each<[string, object, boolean]>([
    ['reached for good', { ...hours, atLeast: 6 }, true],
    ['passed for good', { ...hours, above: 5 }, true],
    ['not passed yet', { ...hours, above: 6 }, true],
    ['not to be passed', { ...hours, below: 6 }, false],
    ['not passed so far', { ...hours, atMost: 6 }, true],
    [
      'one of two that fail',
      {
        anyOf: [
          { ...hours, below: 6 },
          { ...hours, id: 'b', atMost: 5 },
        ],
      },
      false,
    ],
    [
      'one of two',
      {
        anyOf: [
          { ...hours, below: 6 },
          { ...hours, id: 'b', atLeast: 5 },
        ],
      },
      true,
    ],
    [
      'both of two',
      {
        allOf: [
          { ...hours, atLeast: 6 },
          { ...hours, id: 'b', above: 5 },
        ],
      },
      true,
    ],
    [
      'both, of which one fails',
      {
        allOf: [
          { ...hours, atLeast: 6 },
          { ...hours, id: 'b', below: 6 },
        ],
      },
      false,
    ],
    [
      'both, of which one is open',
      {
        allOf: [
          { ...hours, atLeast: 6 },
          { ...hours, id: 'b', atLeast: 9 },
        ],
      },
      true,
    ],
    ['of others', { ...hours, below: 6, groups: 'women' }, true],
    ['a share', { kind: 'talk', ...hours, atLeastShare: '1/2', of: hours }, true],
    ['a band of a total', { total: 'banded', atLeast: 2 }, false],
    ['a band that may be', { total: 'banded', atLeast: 1 }, true],
    ['the largest of something', { ...hours, largest: 'organiser', atLeast: 6 }, true],
  ])('takes a term that hangs on what is %s as it must', (_name, when, may) => {
    const banded = { name: '分档', measure: 'hours', add: [hours], bands: [{ atMost: 50, flat: 1 }] };
    const all = { ...totals({ ...hours, atMost: 20, when }, { start: 10 }), banded };
    const found = leastOf(25, all, [['talk', 6]]);
    if (may) expect(found).not.toEqual(beyond);
    else expect(found).toEqual(beyond);
  });

  it('reads from a table, from bands and from factors whether anything is added or deducted', () => {
    const fine = { ...score, start: 20, add: [{ kind: 'late', measure: 'marks' }], atLeast: 0 };
    const of = (worth: object): unknown =>
      leastOf(21, { score: fine }, [], {
        earn: [{ id: 'late', clause: '一', kinds: 'late', earns: [{ measure: 'marks', ...worth }] }],
      });
    const byMode = { by: 'mode', values: { hall: -1, online: -2 } };
    expect(of(byMode)).toEqual(beyond);
    expect(of({ ...byMode, otherwise: { flat: -3 } })).toEqual(beyond);
    expect(of({ ...byMode, otherwise: 1 })).not.toEqual(beyond);
    expect(of({ of: 'classHours', bands: [{ atLeast: 1, flat: -1 }] })).toEqual(beyond);
    expect(
      of({ of: 'classHours', bands: [{ atLeast: 1, rate: '1/10', round: { to: 1, mode: 'up' } }] }),
    ).not.toEqual(beyond);
    expect(of({ flat: -1, times: [{ where: { mode: 'hall' }, by: -1 }] })).not.toEqual(beyond);
  });

  it('leaves a term that hangs on a target as it may be', () => {
    const of = (second: object): unknown => {
      const regulation = sample({
        totals: {
          score: { ...score, add: [{ ...hours, atMost: 20, when: { target: 'other', is: 'met' } }] },
        },
        targets: [
          { id: 't', name: '得分', clause: '一', cycle: 'year', needs: { total: 'score', atLeast: 15 } },
          { id: 'other', name: '另一项', clause: '一', cycle: 'year', needs: { ...hours, ...second } },
        ],
      });
      return evaluated([], regulation, '2024-08-15').targets[0]?.least;
    };
    expect(of({ atLeast: 12 })).not.toEqual(beyond);
  });
});
