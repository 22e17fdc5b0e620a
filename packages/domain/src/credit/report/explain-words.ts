import type { Language } from '../../core';
import type { TargetResult } from '../evaluation/target-result';
import type { NotCovered } from '../evaluation/targets';

/** What an explanation says in its own words; names and clauses are the author's. */
export interface ExplainWords {
  readonly title: (regulation: string, version: number, asOf: string) => string;
  readonly reading: (question: string, option: string) => string;
  /** By which clause. */
  readonly by: (clause: string) => string;
  readonly colon: string;
  readonly comma: string;
  readonly list: string;
  readonly semicolon: string;
  readonly or: string;
  readonly clauses: string;
  readonly clause: (clause: string, text: string) => string;
  readonly team: (name: string, amount: string, cycle: string, members: number) => string;
  readonly running: string;
  readonly states: Readonly<Record<TargetResult['state'], string>>;
  readonly target: (heading: {
    name: string;
    makesUp?: string;
    label: string;
    from: string;
    to: string;
  }) => string;
  readonly blank: string;
  readonly notApplied: (name: string, because: string, isOver: boolean) => string;
  readonly because: Readonly<Record<Exclude<NotCovered['because'], 'not-in-force'>, string>>;
  readonly inForce: (from: string | undefined, to: string | undefined) => string;
  readonly total: (name: string, cycle: string) => string;
  readonly rating: (name: string, cycle: string, amount: string, is: string | undefined) => string;
  readonly carried: (cycle: string, amount: string) => string;
  readonly flag: (cycle: string, says: string) => string;
  readonly sections: Readonly<Record<'counts' | 'later' | 'refused' | 'unseen', string>>;
  readonly titled: (id: string, title: string) => string;
  readonly recorded: (day: string) => string;
  readonly opening: string;
  readonly span: (from: string, to: string) => string;
  readonly allRefused: (why: string) => string;
  readonly refusedBelow: string;
  /** From or until when the whole regulation is in force. */
  readonly effective: (from: string, to: string | undefined) => string;
  /** By which rule, where several give amounts for the same. */
  readonly rule: (name: string) => string;
  readonly outsideCycles: (days: string) => string;
  readonly outsideTargets: (days: string) => string;
  readonly ofWhich: (shares: readonly (readonly [year: string, amount: string])[]) => string;
  readonly share: (name: string, share: string, needed: string) => string;
  readonly amount: (leaf: {
    name: string;
    earned: string;
    isMadeUp: boolean;
    carried: string | undefined;
    required: string;
  }) => string;
  readonly outOfReach: string;
  readonly least: (amounts: string) => string;
  /** An amount that any activity may add, beside what was named. */
  readonly anyOther: (amount: string) => string;
  readonly missing: (amount: string, name: string, also: readonly string[]) => string;
}

const zh: ExplainWords = {
  title: (regulation, version, asOf) => `${regulation}（第 ${version} 版），截至 ${asOf}`,
  reading: (question, option) => `待定：${question}按“${option}”`,
  by: (clause) => `（${clause}）`,
  colon: '：',
  comma: '，',
  list: '、',
  semicolon: '；',
  or: '或者',
  clauses: '条文：',
  clause: (clause, text) => `${clause}：${text}`,
  team: (name, amount, cycle, members) => `${name}：${amount}，${cycle}，${members} 人`,
  running: '，周期未结束',
  states: { met: '已完成', open: '未完成，周期未结束', missed: '没有完成', exempt: '免除' },
  target: ({ name, makesUp, label, from, to }) =>
    `${name}${makesUp === undefined ? '' : `（补 ${makesUp}）`}${label === '' ? '' : ` ${label}`}（${from} 至 ${to}）：`,
  blank: '，这一期没有录入活动',
  allRefused: (why) => `，这一期录入的活动都不计入：${why}`,
  refusedBelow: '原因见“不计入”',
  effective: (from, to) => `不在办法的有效期内（自 ${from} 起${to === undefined ? '' : `，到 ${to} 为止`}）`,
  notApplied: (name, because, isOver) => `${name}：${isOver ? '以前各期见上，现在' : ''}不适用，${because}`,
  because: {
    'not-in-service': '评定那天不在岗（履历没有包括那天）',
    group: '评定那天不属于适用的人',
    'no-cycle': '评价日不在任何一期之内',
  },
  inForce: (from, to) =>
    `这条规定${[from && `自 ${from} 起`, to && `到 ${to} 为止`].filter((one) => one !== undefined).join('、')}有效`,
  total: (name, cycle) => `${name}（${cycle}）：`,
  rating: (name, cycle, amount, is) => `${name}（${cycle}）：${amount}，${is ?? '无等次'}`,
  carried: (cycle, amount) => `结转（${cycle}）：${amount}`,
  flag: (cycle, says) => `提示（${cycle}）：${says}`,
  sections: {
    counts: '计入：',
    later: '以后才计入：',
    refused: '不计入：',
    unseen: '评价日之后才记录，没有看：',
  },
  titled: (id, title) => `${id}《${title}》`,
  recorded: (day) => `（${day} 记录）`,
  opening: '期初结存',
  span: (from, to) => `${from} 至 ${to}`,
  rule: (name) => `，按“${name}”`,
  outsideCycles: (days) => `${days} 不在任何一期之内，不计入任何任务`,
  outsideTargets: (days) => `${days} 不在任何适用的任务的周期内`,
  ofWhich: (shares) => `其中 ${shares.map(([year, amount]) => `${year} 年 ${amount}`).join('、')}`,
  share: (name, share, needed) => `${name} 占 ${share}，要求 ≥ ${needed}`,
  amount: ({ name, earned, isMadeUp, carried, required }) =>
    `${name} ${isMadeUp ? '补足 ' : ''}${earned}${carried === undefined ? '' : `（其中结转 ${carried}）`}，要求 ${required}`,
  outOfReach: '再学也达不到',
  least: (amounts) => `至少还需 ${amounts}`,
  anyOther: (amount) => `此外任何 ${amount}`,
  missing: (amount, name, also) =>
    `${amount}（${name}${also.length === 0 ? '' : `，同时计入${also.join('、')}`}）`,
};

const en: ExplainWords = {
  title: (regulation, version, asOf) => `${regulation} (version ${version}), as of ${asOf}`,
  reading: (question, option) => `Open point: ${question} Read as “${option}”`,
  by: (clause) => ` (${clause})`,
  colon: ': ',
  comma: ', ',
  list: ', ',
  semicolon: '; ',
  or: 'or ',
  clauses: 'Clauses:',
  clause: (clause, text) => `${clause}: ${text}`,
  team: (name, amount, cycle, members) => `${name}: ${amount}, ${cycle}, ${members} people`,
  running: ', the cycle still runs',
  states: { met: 'met', open: 'not met, the cycle still runs', missed: 'missed', exempt: 'exempt' },
  target: ({ name, makesUp, label, from, to }) =>
    `${name}${makesUp === undefined ? '' : ` (makes up ${makesUp})`}${label === '' ? '' : ` ${label}`} (${from} to ${to}): `,
  blank: ', nothing is recorded in this cycle',
  allRefused: (why) => `, nothing that is recorded in this cycle counts: ${why}`,
  refusedBelow: 'see “Does not count” for the reasons',
  effective: (from, to) =>
    `outside the dates of the regulation (from ${from}${to === undefined ? '' : ` until ${to}`})`,
  notApplied: (name, because, isOver) =>
    `${name}: ${isOver ? 'its earlier cycles stand above; now it ' : ''}does not apply, ${because}`,
  because: {
    'not-in-service': 'not in service on the day that decides (the history does not cover it)',
    group: 'not among those it is for on the day that decides',
    'no-cycle': 'the day of evaluation lies in no cycle',
  },
  inForce: (from, to) =>
    `the rule is in force ${[from && `from ${from}`, to && `until ${to}`].filter((one) => one !== undefined).join(' ')}`,
  total: (name, cycle) => `${name} (${cycle}): `,
  rating: (name, cycle, amount, is) => `${name} (${cycle}): ${amount}, ${is ?? 'no rating'}`,
  carried: (cycle, amount) => `Carried over (${cycle}): ${amount}`,
  flag: (cycle, says) => `Note (${cycle}): ${says}`,
  sections: {
    counts: 'Counts:',
    later: 'Counts later:',
    refused: 'Does not count:',
    unseen: 'Recorded after the day of evaluation, not looked at:',
  },
  titled: (id, title) => `${id} “${title}”`,
  recorded: (day) => ` (recorded ${day})`,
  opening: 'Opening balance',
  span: (from, to) => `${from} to ${to}`,
  rule: (name) => `, by “${name}”`,
  outsideCycles: (days) => `${days}: in no cycle, so it counts for no target`,
  outsideTargets: (days) => `${days}: in no cycle of a target that applies`,
  ofWhich: (shares) => `of which ${shares.map(([year, amount]) => `${amount} in ${year}`).join(', ')}`,
  share: (name, share, needed) => `${name} is ${share}, required ≥ ${needed}`,
  amount: ({ name, earned, isMadeUp, carried, required }) =>
    `${name} ${isMadeUp ? 'made up ' : ''}${earned}${carried === undefined ? '' : ` (${carried} carried over)`}, required ${required}`,
  outOfReach: 'nothing reaches it any more',
  least: (amounts) => `at least ${amounts} to go`,
  anyOther: (amount) => `and any other ${amount}`,
  missing: (amount, name, also) =>
    `${amount} (${name}${also.length === 0 ? '' : `, counting for ${also.join(', ')} as well`})`,
};

export const EXPLAIN_WORDS: Readonly<Record<Language, ExplainWords>> = { zh, en };
