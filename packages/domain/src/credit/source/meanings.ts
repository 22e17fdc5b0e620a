import { FACT_NAMES, type FactName } from '../regulation/fact-names';
import { factValue } from '../regulation/fact-values';
import { suggestion } from './nearest-name';

/** What the words of the format mean, for those who choose among them. */
const CHOICES: Readonly<Record<string, string>> = {
  missed: '没有完成',
  met: '完成',
  exempt: '免除',
  'not-made-up': '没有完成且至今没有补足',
  'make-up-missed': '补足期满仍没有补足',
  promotion: '晋升',
  appointment: '任职',
  employment: '参加工作',
  joining: '进入组',
  cycle: '周期结束',
  days: '天',
  years: '年',
  months: '月',
  day: '每天',
  week: '每周',
  month: '每月',
  quarter: '每季度',
  'half-year': '每半年',
  down: '舍去',
  up: '进上',
  'half-up': '四舍五入',
  start: '第一天',
  end: '最后一天',
  any: '只要当过',
  this: '本周期',
  previous: '上一周期',
  'last-day': '月末在岗',
  'first-day': '月初在岗',
  'any-day': '有一天就算',
  'every-day': '整月',
  mean: '人均',
  sum: '合计',
  count: '人数',
  share: '人数比例',
  number: '数',
  text: '文字',
  flag: '是否',
  once: '不等周期结束',
  highest: '只计最高的',
  A: '官方原文',
  B: '转载',
  C: '摘要',
  M: '自拟',
};

/** What one of the words that may stand in a field means; undefined where it speaks for itself. */
export function choiceMeaning(field: string, choice: string): string | undefined {
  const value = factValue(field, choice, 'zh');
  return value === choice ? CHOICES[choice] : value;
}

/** Words for two fields at once, between which the author has to choose. */
const PAIRS: Readonly<Record<string, readonly string[]>> = {
  rank: ['postLevel', 'grade'],
  职务职级: ['postLevel', 'grade'],
};

/** Other words for fields, each for those that may be meant. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  date: ['occurredOn', 'on'],
  day: ['days', 'occurredOn', 'on'],
  on: ['occurredOn'],
  start: ['from'],
  begin: ['from'],
  startDate: ['from'],
  end: ['to'],
  endDate: ['to'],
  until: ['to'],
  type: ['kind', 'kinds'],
  hours: ['classHours'],
  role: ['roles'],
  unit: ['units'],
  max: ['atMost'],
  limit: ['atMost'],
  min: ['atLeast'],
  required: ['atLeast'],
  when: ['where'],
  condition: ['where', 'when', 'must'],
  label: ['name'],
  日期: ['occurredOn', 'on'],
  开始: ['from'],
  结束: ['to'],
  种类: ['kind', 'kinds'],
  名称: ['name', 'title'],
  姓名: ['name'],
  履历: ['history'],
  角色: ['role', 'roles'],
  职务: ['postLevel'],
  职务层次: ['postLevel'],
  职级: ['grade'],
};

/** The fact that is called so in Chinese, with or without 数 at its end, what is in brackets aside. */
const factMeant = (
  written: string,
  facts: Readonly<Record<string, Pick<FactName, 'zh'>>>,
): string | undefined =>
  Object.keys(facts).find((fact) => {
    const name = facts[fact]?.zh.replace(/（.*）/, '');
    return name === written || name === `${written}数`;
  });

/** The fields of those that there are, mostly one, that a word may mean, in Chinese or by another name. */
export function fieldsMeant(written: string, fields: ReadonlySet<string>): readonly string[] {
  const pair = (PAIRS[written] ?? []).filter((field) => fields.has(field));
  if (pair.length > 0) return pair;
  const fact = factMeant(written, FACT_NAMES);
  const meant = [...(FIELDS[written] ?? []), ...(fact === undefined ? [] : [fact])];
  return meant.filter((field) => fields.has(field)).slice(0, 1);
}

/** That a limit, which has only an upper edge, is written as one. */
export const otherEdge = (written: string, fields: ReadonlySet<string>): string =>
  ['atLeast', 'above', 'below'].includes(written) && fields.has('atMost') ? '，上限写 atMost' : '';

/** “，是不是“x”？” for the fact that a word means, or that is spelt nearly so; `own` are those that the author defined. */
export function factHint(
  written: string,
  facts: Readonly<Record<string, Pick<FactName, 'zh'>>>,
  own: readonly string[],
): string {
  const meant = factMeant(written, facts) ?? FIELDS[written]?.find((field) => field in facts);
  return meant === undefined ? suggestion(written, [...Object.keys(facts), ...own]) : `，是不是“${meant}”？`;
}

/** What is said after a fact that no activity has: the one that is meant, or that the author defines those of one's own. */
export function activityFactHint(written: string, own: readonly string[]): string {
  const near = factHint(written, FACT_NAMES, own);
  return near === '' ? '；自定义事实须在 facts 中定义' : near;
}
