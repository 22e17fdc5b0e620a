import { describe, expect, it } from 'vitest';
import { evaluate, parseRegulation, settle, type CreditPerson, type LedgerView } from '../credit';
import { decidedThrough, feedTargetOf } from './feed-target';

const parsed = parseRegulation(
  JSON.stringify({
    format: 1,
    id: 'sample',
    version: 3,
    title: '样本办法',
    english: { 天: 'days', 学时: 'class hours', 年度任务: 'Target of the year' },
    source: { issuer: '样本', title: '样本办法', grade: 'M' },
    effective: { from: '2020-01-01' },
    clauses: { 一: '第一条。', 二: '第二条。', 三: '第三条。' },
    measures: { days: '天', hours: '学时' },
    kinds: { class: '培训' },
    groups: { chiefs: { name: '处级', where: { rank: { atLeast: '县处级副职' } } } },
    cycles: {
      year: { from: '2020-01-01', months: 12 },
      window: { windows: [{ from: '2023-01-01', to: '2027-12-31' }] },
    },
    earn: [
      {
        id: 'class',
        clause: '一',
        kinds: 'class',
        earns: [
          { measure: 'days', rate: 1, of: 'days' },
          { measure: 'hours', rate: 1, of: 'classHours' },
        ],
      },
    ],
    targets: [
      {
        id: 'year',
        name: '年度任务',
        clause: '一',
        cycle: 'year',
        needs: {
          anyOf: [
            { measure: 'days', atLeast: 12 },
            { measure: 'hours', atLeast: 90 },
          ],
        },
        makeUp: { clause: '二', after: 'promotion', months: 12, groups: 'chiefs' },
        relief: [{ clause: '三', when: { circumstance: '病假', months: 6 }, exempt: true }],
      },
      {
        id: 'window',
        name: '五年任务',
        clause: '一',
        cycle: 'window',
        needs: { measure: 'hours', atLeast: 550 },
      },
    ],
    consequences: [{ id: 'c', says: '不得评优', clause: '三', when: { target: 'year', is: 'missed' } }],
  }),
);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
const rules = parsed.regulation;

const cadre: CreditPerson = { id: 'p', history: [{ from: '2020-01-01', postLevel: '乡科级正职' }] };
const entriesOf = (days: number): LedgerView[] =>
  settle(
    [
      {
        id: 'a',
        source: { kind: 'class', id: 'a' },
        kind: 'class',
        occurredOn: '2026-03-02',
        days,
        classHours: days * 6,
      },
    ],
    rules,
    cadre,
  ).entries.map((entry) => ({ ...entry, recordedOn: '2026-03-02' }));

const CUT_OFF = '2026-12-20';
const year = { referenceDate: '2026-12-31' };
const at = (days: number, person = cadre, decided = CUT_OFF) => {
  const evaluation = evaluate(entriesOf(days), rules, person, CUT_OFF, decided);
  return {
    targets: evaluation.targets.map((result) => feedTargetOf(result, rules)),
    flags: evaluation.flags.filter(({ cycle }) => cycle.to === '2026-12-31').map(({ says }) => says),
  };
};
const frozen = (days: number, person = cadre) => at(days, person, decidedThrough(year));

describe('a target of the feed', () => {
  it('runs in an open line and is missed in the frozen one, with what the rules attach to it', () => {
    expect(at(4).targets.map(({ state }) => state)).toEqual(['open', 'open']);
    expect(at(4).flags).toEqual([]);
    const { targets, flags } = frozen(4);
    expect(targets.map(({ target, state }) => [target, state])).toEqual([
      ['year', 'missed'],
      ['window', 'open'],
    ]);
    expect(flags).toEqual(['不得评优']);
  });

  it('says what was asked for, what is there and what is missing, alternative by alternative', () => {
    expect(frozen(4).targets[0]).toMatchObject({
      name: { zh: '年度任务', en: 'Target of the year' },
      regulation: { id: 'sample', version: 3 },
      met: false,
      metBy: [],
      reasons: [
        {
          kind: 'short',
          clause: '一',
          sentence: {
            zh: '有 4 天，要求 12 天，差 8 天；或者有 24 学时，要求 90 学时，差 66 学时',
            en: '4 days, 12 days asked for, 8 days short; or 24 class hours, 90 class hours asked for, 66 class hours short',
          },
        },
      ],
    });
  });

  it.each([
    [
      { above: 24 },
      'above',
      '有 24 学时，要求超过 24 学时，差 0.01 学时',
      '24 class hours, more than 24 class hours asked for, 0.01 class hours short',
    ],
    [
      { atMost: 20 },
      'at-most',
      '有 24 学时，要求不超过 20 学时',
      '24 class hours, no more than 20 class hours allowed',
    ],
    [
      { below: 24 },
      'below',
      '有 24 学时，要求少于 24 学时',
      '24 class hours, less than 24 class hours allowed',
    ],
  ] as const)('says on which side of an amount one must stand: %o', (edge, limit, zh, en) => {
    const [, window] = rules.targets ?? [];
    const edged = { ...rules, targets: [{ ...window!, needs: { measure: 'hours', ...edge } }] };
    const [result] = evaluate(entriesOf(4), edged, cadre, CUT_OFF, '2027-12-31').targets;
    const target = feedTargetOf(result!, edged);
    expect(target).toMatchObject({ met: false, alternatives: [[{ limit, earned: 240_000 }]] });
    expect(target.reasons).toMatchObject([{ kind: 'short', sentence: { zh, en } }]);
  });

  it('says by which measure it is met', () => {
    expect(frozen(12).targets[0]).toMatchObject({
      state: 'met',
      metBy: ['days'],
      reasons: [{ kind: 'met-by', sentence: { zh: '有 12 天，要求 12 天' } }],
    });
  });

  it('names the relief that exempts', () => {
    const ill = { ...cadre, circumstances: [{ kind: '病假', from: '2026-01-05', to: '2026-09-30' }] };
    expect(frozen(0, ill).targets[0]).toMatchObject({
      state: 'exempt',
      reasons: [{ kind: 'relief', clause: '三', sentence: { zh: '免除', en: 'exempt' } }],
    });
  });

  it('that makes up after a promotion goes on beyond the year, and says what it makes up by which clause', () => {
    const promoted = {
      ...cadre,
      history: [...cadre.history, { from: '2026-11-18', postLevel: '县处级副职' }],
    };
    const making = frozen(4, promoted).targets.find(({ reasons }) => reasons[0]?.kind === 'makes-up');
    expect(making).toMatchObject({
      state: 'open',
      cycle: { from: '2026-11-18', to: '2027-11-17' },
      makesUp: { after: 'promotion', clause: '二', cycle: { from: '2026-01-01', to: '2026-11-17' } },
      reasons: [
        { clause: '二', sentence: { zh: '补足提任前 2026 年度没有完成的部分' } },
        {
          kind: 'short',
          sentence: { zh: '有 0 天，要求 8 天，差 8 天；或者有 0 学时，要求 66 学时，差 66 学时' },
        },
      ],
    });
  });
});
