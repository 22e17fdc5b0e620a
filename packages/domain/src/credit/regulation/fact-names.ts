/**
 * The facts of an activity that every regulation may name, with the words people read. An author may declare more
 * (`facts` of the regulation); their values then stand in the activity's `details`.
 */
export type FactType = 'number' | 'text' | 'flag' | 'date';

export interface FactName {
  readonly type: FactType;
  readonly zh: string;
  readonly en: string;
  /** The finest step a number may have; minutes are whole. */
  readonly step?: '1' | '0.5' | '0.01';
  /** What a missing fact means. Without it, a rule that needs the fact refuses the activity. */
  readonly ifMissing?: number;
}

const number = (
  zh: string,
  en: string,
  step: '1' | '0.5' | '0.01' = '0.01',
  ifMissing?: number,
): FactName => ({
  type: 'number',
  zh,
  en,
  step,
  ...(ifMissing === undefined ? {} : { ifMissing }),
});
const text = (zh: string, en: string): FactName => ({ type: 'text', zh, en });
const date = (zh: string, en: string): FactName => ({ type: 'date', zh, en });
const flag = (zh: string, en: string): FactName => ({ type: 'flag', zh, en });

export const FACT_NAMES = {
  days: number('天数', 'days', '0.5'),
  halfDays: number('半天数', 'half days', '1'),
  attendedDays: number('实际参加天数', 'days attended', '0.5'),
  classHours: number('学时数', 'class hours'),
  attendedHours: number('实际参加学时', 'class hours attended'),
  heldMinutes: number('开课分钟', 'minutes held', '1'),
  presentMinutes: number('在场分钟', 'minutes present', '1'),
  lengthMinutes: number('时长（分钟）', 'length in minutes', '1'),
  playedMinutes: number('实际播放分钟', 'minutes really played', '1'),
  totalHours: number('全班总学时', 'class hours of the whole class'),
  leaveHours: number('请假学时', 'class hours of leave', '0.01', 0),
  leaveDays: number('请假天数', 'days of leave', '0.5', 0),
  absentHours: number('缺课学时', 'class hours absent', '0.01', 0),
  absentDays: number('缺课天数', 'days absent', '0.5', 0),
  lateTimes: number('迟到次数', 'times late', '1', 0),
  count: number('次数', 'times', '1', 1),
  score: number('成绩', 'score'),
  place: number('名次', 'place', '1'),
  attempt: number('第几次考试', 'attempt', '1'),
  points: number('积分', 'points'),
  credits: number('证明学分', 'credits on the proof'),
  words: number('字数', 'characters written', '1'),
  mode: text('参加方式', 'mode'),
  organiser: text('举办单位', 'organiser'),
  classId: text('班次', 'class'),
  subject: text('成果或课目', 'work or subject'),
  level: text('级别', 'level'),
  role: text('担任角色', 'role'),
  rating: text('等次', 'rating'),
  completed: flag('完成', 'completed'),
  certificate: flag('结业证书', 'certificate'),
  passed: flag('考试合格', 'passed'),
  approved: flag('审核通过', 'approved'),
  /** Derived: calendar days from first to last day, both included. */
  spanDays: number('起止天数', 'calendar days of the span', '1'),
  /** Derived: days from the last day of the activity to the day it was filed. */
  filingDelayDays: number('申报间隔天数', 'days until filed', '1'),
} as const satisfies Record<string, FactName>;
export type FactNameKey = keyof typeof FACT_NAMES;

/** Facts of the person that groups, reliefs and gates may name. */
export const PERSON_FACTS = {
  rank: { type: 'text', zh: '职务层次或职级', en: 'post level or grade' },
  rankBefore: { type: 'text', zh: '提任前职务层次或职级', en: 'rank before promotion' },
  leading: flag('担任领导职务', 'in a leading post'),
  role: text('角色', 'role'),
  unit: text('单位', 'unit'),
  category: text('人员类别', 'category of staff'),
  probation: flag('试用期', 'on probation'),
  sex: text('性别', 'sex'),
  birthDate: date('出生日期', 'date of birth'),
  employedOn: date('参加工作日期', 'first day of service'),
  inRankSince: date('任现职日期', 'in the present rank since'),
  age: number('年龄（周岁）', 'age in years', '1'),
  tenureMonths: number('工作月数', 'months of service', '1'),
  monthsInRank: number('任现职月数', 'months in the present rank', '1'),
} as const satisfies Record<string, FactName>;
export type PersonFactKey = keyof typeof PERSON_FACTS;
