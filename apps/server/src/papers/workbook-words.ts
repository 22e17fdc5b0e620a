import type { Bilingual, CivilDate, Language, RequirementLimit } from '@cadre/domain/core';
import type { ChangeKind } from '@cadre/domain/regulation';

interface WorkbookWords {
  readonly heads: Readonly<
    Record<
      | 'personNo'
      | 'name'
      | 'unit'
      | 'result'
      | 'missing'
      | 'reasons'
      | 'rests'
      | 'flags'
      | 'version'
      | 'state'
      | 'snapshotNo'
      | 'seq'
      | 'hash'
      | 'target'
      | 'change'
      | 'before'
      | 'after',
      string
    >
  >;
  readonly earned: string;
  /** What stands above the numbers that are asked for. */
  readonly asked: Readonly<Record<RequirementLimit, string>>;
  readonly lineState: Readonly<Record<'frozen' | 'open' | 'none', string>>;
  readonly changes: Readonly<Record<ChangeKind, string>>;
  /** What is said of a cycle that still runs, in which nothing is missed yet. */
  readonly openChanges: Readonly<Record<'loses' | 'gains', string>>;
  readonly notApplied: string;
  readonly outOfReach: string;
  readonly missing: (target: string, amounts: string) => string;
  readonly reason: (sentence: string, clause: string) => string;
  readonly rests: (title: string, version: number, clause: string) => string;
  readonly or: string;
  readonly and: string;
  readonly stop: string;
  readonly asOf: (day: CivilDate) => string;
  readonly span: (from: CivilDate, to: CivilDate) => string;
  readonly files: Readonly<{
    assessment: (year: string) => string;
    progress: (asOf: CivilDate) => string;
    preview: (code: string, version: number, to: CivilDate) => string;
  }>;
}

const zh: WorkbookWords = {
  heads: {
    personNo: '人员编号',
    name: '姓名',
    unit: '单位',
    result: '结果',
    missing: '还差',
    reasons: '原因',
    rests: '依据',
    flags: '提示',
    version: '版本',
    state: '状态',
    snapshotNo: '定格号',
    seq: '流水号',
    hash: '流水哈希',
    target: '任务',
    change: '变化',
    before: '原来',
    after: '换版后',
  },
  earned: '已有',
  asked: { 'at-least': '要求', above: '要求超过', 'at-most': '不超过', below: '少于' },
  lineState: { frozen: '已定格', open: '未定格', none: '尚无数据' },
  changes: {
    loses: '由达标变为未达标',
    gains: '由未达标变为达标',
    starts: '新增任务',
    ends: '不再适用',
    amount: '只有数字变',
  },
  openChanges: { loses: '由达标变为尚未达标', gains: '由尚未达标变为达标' },
  notApplied: '不适用',
  outOfReach: '再学也达不到',
  missing: (target, amounts) => `${target}：${amounts}`,
  reason: (sentence, clause) => `${sentence}（${clause}）`,
  rests: (title, version, clause) => `《${title}》第 ${version} 版${clause}`,
  or: ' 或 ',
  and: ' 且 ',
  stop: '；',
  asOf: (day) => `截至 ${day}`,
  span: (from, to) => `${from} 至 ${to}`,
  files: {
    assessment: (year) => `${year}学时学分`,
    progress: (asOf) => `学时学分进度 ${asOf}`,
    preview: (code, version, to) => `换版预演 ${code} 第${version}版 ${to}`,
  },
};

const en: WorkbookWords = {
  heads: {
    personNo: 'Person no.',
    name: 'Name',
    unit: 'Unit',
    result: 'Result',
    missing: 'Still missing',
    reasons: 'Reasons',
    rests: 'Rests on',
    flags: 'Notes',
    version: 'Version',
    state: 'State',
    snapshotNo: 'Snapshot no.',
    seq: 'Entry no.',
    hash: 'Hash of the entry',
    target: 'Target',
    change: 'Change',
    before: 'Before',
    after: 'Under the new version',
  },
  earned: 'earned',
  asked: { 'at-least': 'required', above: 'required, above', 'at-most': 'at most', below: 'below' },
  lineState: { frozen: 'Frozen', open: 'Open', none: 'No data yet' },
  changes: {
    loses: 'No longer met',
    gains: 'Now met',
    starts: 'New target',
    ends: 'No longer applies',
    amount: 'Only figures move',
  },
  openChanges: { loses: 'No longer met so far', gains: 'Now met' },
  notApplied: 'Does not apply',
  outOfReach: 'out of reach now',
  missing: (target, amounts) => `${target}: ${amounts}`,
  reason: (sentence, clause) => `${sentence} (${clause})`,
  rests: (title, version, clause) => `${title}, version ${version}, ${clause}`,
  or: ' or ',
  and: ' and ',
  stop: '; ',
  asOf: (day) => `As of ${day}`,
  span: (from, to) => `${from} to ${to}`,
  files: {
    assessment: (year) => `Credits ${year}`,
    progress: (asOf) => `Credit progress ${asOf}`,
    preview: (code, version, to) => `Flip preview ${code} version ${version} ${to}`,
  },
};

export const WORKBOOK_WORDS: Readonly<Record<Language, WorkbookWords>> = { zh, en };

/** A name in a language; the Chinese where there is no other. */
export const nameIn =
  (language: Language) =>
  (name: Bilingual): string =>
    language === 'en' && name.en !== '' ? name.en : name.zh;
