import { describe, expect, it } from 'vitest';
import { parseRegulation } from './regulation';
import { sampleText } from '../testing/sample';

const needs = { measure: 'hours', atLeast: 40 };
const target = { id: 't', name: '任务', clause: '一', cycle: 'year', needs };
const cap = { clause: '二', counts: {}, atMost: 20, per: 'year' };

const carry = { clause: '三', cycle: 'year', from: {}, above: 10, to: { measure: 'hours' } };

const EARN = ['class', 'talk'].map((kind) => ({
  id: kind,
  clause: '一',
  kinds: kind,
  earns: [{ measure: 'hours', rate: 1, of: 'classHours' }],
}));

const notesOf = (sections: object): string[] => {
  const parsed = parseRegulation(sampleText({ kinds: { class: '培训' }, ...sections }));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.notes.map(({ path, sentence }) => `${path} ${sentence}`);
};

describe('what limits keep everybody below', () => {
  const note = 'targets[0].needs.atLeast 上限（caps）使一期最多只能计 20，达不到这里要求的 40';

  it('is noted at the amount', () => {
    expect(notesOf({ caps: [cap], targets: [target] })).toEqual([note]);
    const within = { ...target, needs: { anyOf: [{ allOf: [{ ...needs, id: 'a' }] }, { above: 20 }] } };
    expect(notesOf({ caps: [cap], targets: [within] })).toEqual([
      note.replace('needs', 'needs.anyOf[0].allOf[0]'),
      'targets[0].needs.anyOf[1].above 上限（caps）使一期最多只能计 20，达不到这里要求的 20',
    ]);
  });

  it('counts a limit inside a wider one once', () => {
    const kinds = { kinds: { class: '培训', talk: '讲座' }, earn: EARN };
    const caps = [
      { ...cap, counts: { kind: 'talk' }, atMost: 16 },
      { ...cap, atMost: 24 },
    ];
    expect(notesOf({ ...kinds, caps, targets: [target] })).toEqual([note.replace('20', '24')]);
    const apart = [caps[0], { ...cap, counts: { kind: 'class' }, atMost: 20 }];
    expect(notesOf({ ...kinds, caps: apart, targets: [target] })).toEqual([note.replace('20', '36')]);
  });

  it('is noted of totals as well: by their bands, limits and what they are made of', () => {
    const asked = { ...target, needs: { total: 'all', atLeast: 40 } };
    const all = { name: '总分', measure: 'hours', add: [{ measure: 'hours' }] };
    const noteOf = (total: object, more: object = {}): string[] =>
      notesOf({ totals: { all: { ...all, ...total } }, targets: [asked], ...more });
    const said = (most: number): string[] => [
      `targets[0].needs.atLeast 合计“总分”一期最多只能是 ${most}，达不到这里要求的 40`,
    ];
    expect(noteOf({ atMost: 30 })).toEqual(said(30));
    expect(noteOf({ bands: [{ atLeast: 10, flat: 35 }] })).toEqual(said(35));
    expect(noteOf({ start: 10 }, { caps: [cap] })).toEqual(said(30));
    expect(noteOf({ start: 20 }, { caps: [cap] })).toEqual([]);
    expect(noteOf({ per: 'quarter', bands: [{ atLeast: 1, flat: 5 }] })).toEqual(said(20));
    expect(noteOf({})).toEqual([]);
  });

  it.each<[string, object]>([
    ['enough may count', { caps: [{ ...cap, atMost: 40 }] }],
    ['the limit is of a day', { caps: [{ ...cap, per: 'day' }] }],
    ['it is one for each work', { caps: [{ ...cap, each: 'subject' }] }],
    ['it is for some time', { caps: [{ ...cap, inForce: { to: '2026-12-31' } }] }],
    [
      'another reading is chosen',
      {
        caps: [{ ...cap, if: { s: 'b' } }],
        settings: { s: { question: '？', options: { a: '甲', b: '乙' }, chosen: 'a' } },
      },
    ],
    ['something is carried over, no matter how much', { caps: [cap], carryOver: [carry] }],
    ['enough may be carried over', { caps: [cap], carryOver: [{ ...carry, atMost: 10, lasts: 2 }] }],
    [
      'somebody of whom less is asked may carry it over',
      {
        caps: [cap],
        carryOver: [{ ...carry, above: { target: 't' } }],
        targets: [{ ...target, relief: [{ clause: '三', when: { circumstance: '病假' }, less: 30 }] }],
      },
    ],
    [
      'another kind is unlimited',
      {
        kinds: { class: '培训', talk: '讲座' },
        caps: [{ ...cap, counts: { kind: 'class' } }],
        earn: [{ id: 'e', clause: '一', kinds: ['class', 'talk'], earns: [{ measure: 'hours', flat: 1 }] }],
      },
    ],
  ])('is not where %s', (_what, sections) => {
    expect(notesOf({ targets: [target], ...sections })).toEqual([]);
  });

  it('is noted where what may be carried over is not enough, or never is', () => {
    const noted = (more: object): string[] =>
      notesOf({ caps: [cap], carryOver: [{ ...carry, ...more }], targets: [target] });
    expect(noted({ atMost: 12 })).toEqual([note.replace('20', '32')]);
    // Nobody earns more than 20.
    expect(noted({ above: 30 })).toEqual([note]);
    expect(noted({ above: { target: 't' } })).toEqual([note]);
  });

  it('is noted of kinds that earn nothing in this measure', () => {
    const measures = { hours: '学时', days: '天' };
    const kinds = { class: '培训', talk: '讲座' };
    const earns = (kind: string, measure: string): object => ({
      id: kind,
      clause: '一',
      kinds: kind,
      earns: [{ measure, flat: 1 }],
    });
    const earn = [earns('class', 'hours'), earns('talk', 'days')];
    const noted = (asked: object): string[] =>
      notesOf({ measures, kinds, earn, targets: [{ ...target, needs: asked }] });
    const sentence = 'targets[0].needs.atLeast 没有任何 earn 给“培训”计天，这里永远是 0';
    expect(noted({ measure: 'days', kind: 'class', atLeast: 1 })).toEqual([sentence]);
    expect(noted({ measure: 'days', kind: ['class', 'talk'], atLeast: 1 })).toEqual([]);
  });

  describe('by limits of shorter periods', () => {
    const cycles = {
      year: { from: '2020-01-01', months: 12 },
      quarterly: { from: '2019-11-01', months: 3 },
      gaps: { from: '2020-01-01', months: 1, every: 3 },
      last5: { lastMonths: 5 },
      own: { around: 'employment', monthsAfter: 12, repeats: true },
    };
    const most = (per: string, more: object = {}, about: object = {}): string[] =>
      notesOf({
        cycles,
        caps: [{ ...cap, atMost: 6, per, ...more }],
        targets: [{ ...target, ...about }],
      }).map((said) => said.replace(/.*最多只能计 |，.*/g, ''));

    it.each([
      ['quarter', '24'],
      ['half-year', '12'],
      // From November on they touch a year five times.
      ['quarterly', '30'],
      ['last5', '18'],
    ])('is noted: of the %s %s', (per, sum) => {
      expect(most(per)).toEqual([sum]);
    });

    it('counts the days and weeks of the longest year', () => {
      expect(most('day', { atMost: '1/10' })).toEqual(['36.6']);
      expect(most('week', { atMost: 0.5 })).toEqual(['27']);
      expect(most('day')).toEqual([]);
    });

    it('is not noted where days lie between the periods, or nobody knows where these lie', () => {
      expect(most('gaps')).toEqual([]);
      expect(most('own')).toEqual([]);
      expect(most('quarter', {}, { cycle: 'own' })).toEqual([]);
      expect(most('quarter', { per: undefined, cycle: 'quarterly' })).toEqual([]);
    });
  });

  it('counts each kind that is limited by itself', () => {
    const kinds = { class: '培训', talk: '讲座', visit: '参观' };
    const earn = [
      { id: 'e', clause: '一', kinds: ['class', 'talk'], earns: [{ measure: 'hours', flat: 1 }] },
      { id: 'v', clause: '一', kinds: 'visit', earns: [{ measure: 'hours', flat: 1 }] },
    ];
    const noted = (each: string | string[], atMost: number): string[] =>
      notesOf({ kinds, earn, caps: [{ ...cap, each, atMost }], targets: [target] });
    expect(noted('kind', 13)).toEqual([note.replace('20', '39')]);
    expect(noted('kind', 14)).toEqual([]);
    expect(noted('rule', 13)).toEqual([note.replace('20', '26')]);
    expect(noted(['rule', 'kind'], 13)).toEqual([note.replace('20', '39')]);
    expect(noted('organiser', 1)).toEqual([]);
  });

  it('adds up limits of several kinds', () => {
    const kinds = { class: '培训', talk: '讲座' };
    const earn = [
      { id: 'e', clause: '一', kinds: ['class', 'talk'], earns: [{ measure: 'hours', flat: 1 }] },
    ];
    const caps = [
      { ...cap, counts: { kind: 'class' } },
      { ...cap, counts: { kind: 'talk' }, atMost: 15 },
    ];
    expect(notesOf({ kinds, earn, caps, targets: [target] })).toEqual([note.replace('20', '35')]);
  });
});
