import { describe, expect, it } from 'vitest';
import { parseFacts } from './facts';
import { sample } from '../testing/sample';

const regulation = sample({
  kinds: { class: '培训', talk: '讲座', paper: '论文' },
  facts: { 形式: { name: '形式', type: 'text' } },
  groups: {
    teachers: { name: '教师', where: { anyOf: [{ role: ['教师', '校长'] }, { not: { category: '工勤' } }] } },
    ours: { name: '本校', where: { unit: '第一中学' } },
  },
  earn: [
    {
      id: 'class',
      clause: '一',
      kinds: 'class',
      gates: [{ clause: '一', where: { rating: '优秀' }, must: { completed: true } }],
      where: { 形式: '脱产' },
      earns: [
        {
          measure: 'hours',
          flat: 1,
          times: [{ where: { organiser: '市委党校' }, by: 2 }],
        },
      ],
    },
    {
      id: 'paper',
      clause: '一',
      kinds: 'paper',
      earns: [
        {
          measure: 'hours',
          by: 'level',
          values: { 市级: 1, 国家: 4, 省级: { by: 'role', values: { 主持: 3, 第二作者: 2 }, otherwise: 1 } },
        },
      ],
    },
  ],
  caps: [{ clause: '二', counts: { where: { subject: '公需' } }, atMost: 3, each: 'subject' }],
  targets: [
    {
      id: 't',
      name: '任务',
      clause: '一',
      groups: ['teachers', 'ours'],
      cycle: 'year',
      needs: { atLeast: 1 },
      relief: [
        { clause: '二', when: { circumstance: ['病假', '产假'] }, exempt: true },
        { clause: '二', when: { person: { role: '支教' } }, exempt: true },
      ],
      prorate: { by: 'months', without: '援藏' },
      makeUp: { clause: '二', after: 'cycle', months: 6, when: { circumstance: '援外' } },
    },
  ],
});

const notesOf = (person: object, ...activities: readonly object[]): string[] => {
  const parsed = parseFacts(
    JSON.stringify({
      asOf: '2024-12-31',
      person: { id: '甲', history: [], ...person },
      activities: activities.map((one, index) => ({ id: String(index), occurredOn: '2024-05-01', ...one })),
    }),
    regulation,
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.notes.map(({ path, sentence }) => `${path} ${sentence}`);
};

describe('words of facts that no rule names are noted', () => {
  it('circumstances, with the one that is meant', () => {
    const from = '2024-01-01';
    const circumstances = ['病假', '援藏', '休产假', '疗养', '疗养', '援外'].map((kind) => ({ kind, from }));
    expect(notesOf({ circumstances })).toEqual([
      'person.circumstances[2].kind 办法没有提到特殊情况“休产假”，不影响任何任务，是不是“产假”？',
      'person.circumstances[3].kind 办法没有提到特殊情况“疗养”，不影响任何任务',
    ]);
  });

  it('roles and categories of people; of units, any of which is usual, what is nearly named', () => {
    const history = [
      { from: '2020-01-01', roles: ['教师', '支教', '书记'], category: '工勤', units: ['第二小学'] },
      { from: '2020-06-01', roles: ['校长助理'] },
      { from: '2021-01-01', roles: ['老师'], category: '干部', units: ['第一中'] },
    ];
    expect(notesOf({ history })).toEqual([
      'person.history[1].roles[0] 没有任何规则提到角色“校长助理”，提到的是：教师、校长、支教',
      'person.history[2].roles[0] 没有任何规则提到角色“老师”，是不是“教师”？',
      'person.history[2].units[0] 没有任何规则提到单位“第一中”，是不是“第一中学”？',
      'person.history[2].category 没有任何规则提到人员类别“干部”，提到的是：工勤',
    ]);
  });

  it('facts of an activity that the rules for its kind look at', () => {
    expect(
      notesOf(
        {},
        { kind: 'class', rating: '优秀', organiser: '市委党校', details: { 形式: '脱产' }, level: '校级' },
        { kind: 'class', rating: '优', organiser: '省委党校', details: { 形式: '脱产班' } },
        { kind: 'paper', level: '省级', role: '成员', rating: '优', subject: '甲' },
        { kind: 'paper', level: '省及', role: '主持人', subject: '公需' },
        { kind: 'talk', level: '省部' },
      ),
    ).toEqual([
      'activities[1].details.形式 没有任何规则提到形式“脱产班”，是不是“脱产”？',
      'activities[1].rating 没有任何规则提到等次“优”，提到的是：优秀',
      'activities[1].organiser 没有任何规则提到举办单位“省委党校”，是不是“市委党校”？',
      'activities[3].level 没有任何规则提到级别“省及”，是不是“省级”？',
      'activities[3].role 没有任何规则提到担任角色“主持人”，是不是“主持”？',
    ]);
  });
});

describe('a kind of activity that the regulation does not define', () => {
  it('is noted once, with the kinds that there are', () => {
    expect(notesOf({}, { kind: 'abc' }, { kind: 'talk' }, { kind: 'abc' })).toEqual([
      'activities[0].kind 办法没有活动种类“abc”，不计入，有：class、talk、paper',
    ]);
  });
});

describe('a word that no rule names and that is no slip', () => {
  it('is one with another number, where a table takes any other value', () => {
    expect(
      notesOf({}, { kind: 'paper', level: '省级', role: '第一作者' }, { kind: 'talk', role: '第二' }),
    ).toEqual([]);
  });

  it('is another level, which is not called the nearest one', () => {
    const levels = ['县级', '省部级', '国家级'].map((level) => ({ kind: 'paper', level }));
    expect(notesOf({}, ...levels)).toEqual([
      'activities[0].level 没有任何规则提到级别“县级”，提到的是：市级、国家、省级',
      'activities[1].level 没有任何规则提到级别“省部级”，提到的是：市级、国家、省级',
      'activities[2].level 没有任何规则提到级别“国家级”，是不是“国家”？',
    ]);
  });

  it('is a short word that begins otherwise, where a table takes any other value', () => {
    const noted = (role: string): unknown[] => notesOf({}, { kind: 'paper', level: '省级', role });
    expect(noted('支持')).toEqual([]);
    expect(noted('主特')).toHaveLength(1);
  });

  it('is any value of what only a factor asks for', () => {
    expect(notesOf({}, { kind: 'class', organiser: '行业协会' })).toEqual([]);
  });
});

describe('more of something than of what it is part of', () => {
  it('is noted', () => {
    const hours = { kind: 'talk', totalHours: 40 };
    expect(
      notesOf(
        {},
        { ...hours, leaveHours: 92, absentHours: 40 },
        { kind: 'talk', presentMinutes: 450, lengthMinutes: 45 },
        { kind: 'talk', presentMinutes: 45, heldMinutes: 45, leaveDays: 2, days: 1 },
      ),
    ).toEqual([
      'activities[0].leaveHours 请假学时 92 多于全班总学时 40',
      'activities[1].presentMinutes 在场分钟 450 多于时长（分钟） 45',
      'activities[2].leaveDays 请假天数 2 多于天数 1',
    ]);
  });
});

describe('more days than the one on which an activity occurred', () => {
  it('are noted, since they lie on that day alone', () => {
    expect(
      notesOf({}, { kind: 'talk', halfDays: 9 }, { kind: 'talk', days: 3 }, { kind: 'talk', days: 1 }),
    ).toEqual([
      'activities[0].halfDays 9 个半天多于 occurredOn 的 1 天；几天的活动写 from、to 或 dates，才能按天、按年分开计',
      'activities[1].days 3 天多于 occurredOn 的 1 天；几天的活动写 from、to 或 dates，才能按天、按年分开计',
    ]);
  });
});
