import type { Language } from '@cadre/domain/core';
import { entryNumber, type Standing } from '@cadre/domain/ledger';

interface StatementWords {
  readonly title: string;
  readonly facts: Readonly<
    Record<
      | 'name'
      | 'personNo'
      | 'unit'
      | 'rank'
      | 'service'
      | 'asOf'
      | 'printedAt'
      | 'regulation'
      | 'cycle'
      | 'chain'
      | 'hash'
      | 'last',
      string
    >
  >;
  readonly notRecorded: string;
  readonly retired: (until: string, since: string) => string;
  readonly openAtRetirement: string;
  readonly noRules: string;
  readonly endOf: (day: string) => string;
  readonly printed: (moment: string) => string;
  readonly regulation: (title: string, version: number, issuer: string) => string;
  readonly clauseOf: (clause: string, version: number) => string;
  readonly clauseOfOther: (clause: string, title: string, version: number) => string;
  readonly entries: (count: number) => string;
  readonly tables: Readonly<
    Record<
      'targets' | 'figures' | 'ratings' | 'moves' | 'parts' | 'caps' | 'follows' | 'lines' | 'clauses',
      string
    >
  >;
  readonly empty: Readonly<Record<'targets' | 'parts' | 'caps' | 'lines', string>>;
  readonly heads: Readonly<
    Record<
      | 'target'
      | 'cycle'
      | 'earned'
      | 'result'
      | 'clause'
      | 'clauseText'
      | 'regulation'
      | 'part'
      | 'measure'
      | 'counts'
      | 'carried'
      | 'cap'
      | 'cut'
      | 'amount'
      | 'item'
      | 'has'
      | 'limit'
      | 'asked'
      | 'short'
      | 'times'
      | 'says'
      | 'on'
      | 'what'
      | 'worth'
      | 'counted'
      | 'entries'
      | 'note',
      string
    >
  >;
  readonly yearEnded: (year: string) => string;
  readonly metBy: (names: string) => string;
  readonly short: (amount: string) => string;
  readonly outOfReach: string;
  readonly unrated: string;
  readonly used: (sentence: string) => string;
  readonly notCovered: Readonly<Record<Standing['notCovered'][number]['because'], string>>;
  readonly counted: (name: string) => string;
  readonly or: string;
  readonly orName: string;
  readonly quoted: (name: string) => string;
  readonly and: string;
  readonly list: string;
  readonly stop: string;
  readonly noPart: string;
  readonly items: (count: number) => string;
  readonly warning: (until: string, targets: string, says: string) => string;
  readonly refused: (sentence: string, clause: string | null, whole: boolean) => string;
  readonly refusedOf: (count: number, items: number, each: string) => string;
  readonly ofRecord: (name: string, sentence: string, clause: string | null) => string;
  readonly record: (number: number) => string;
  readonly settlement: (seq: number) => string;
  readonly capped: (amount: string) => string;
  readonly replaced: string;
  readonly formerRules: string;
  readonly correction: (number: number) => string;
  readonly compare: (asOf: string, seq: number, isOver: boolean) => string;
  readonly sameForEver: string;
  readonly page: (number: number, of: number) => string;
  readonly missingSigns: string;
  readonly seal: readonly string[];
  readonly file: (name: string, personNo: string, asOf: string) => string;
}

const zh: StatementWords = {
  title: '学时学分单',
  facts: {
    name: '姓名',
    personNo: '人员编号',
    unit: '单位',
    rank: '职务职级',
    service: '在职情况',
    asOf: '截至',
    printedAt: '打印时间',
    regulation: '适用办法',
    cycle: '年度',
    chain: '学分流水',
    hash: '末条校验值',
    last: '最后记入',
  },
  notRecorded: '没有登记',
  retired: (until, since) => `已退休，自 ${since} 起没有任务；以下数字算到在职的最后一天 ${until}`,
  openAtRetirement: '退休时本期还没有结束，不再要求',
  noRules: '没有生效的学时学分办法',
  endOf: (day) => `${day} 当日终了的记录`,
  printed: (moment) => `${moment}（当天还没有结束，之后的记录不在内）`,
  regulation: (title, version, issuer) => `《${title}》第 ${version} 版（${issuer}）`,
  clauseOf: (clause, version) => `第 ${version} 版${clause}`,
  clauseOfOther: (clause, title, version) => `《${title}》第 ${version} 版${clause}`,
  entries: (count) => (count === 0 ? '还没有流水' : `共 ${count} 条，末条 #${entryNumber(count)}`),
  tables: {
    targets: '各项要求',
    figures: '各项数字',
    ratings: '等次',
    moves: '任务变动',
    parts: '各部分小计',
    caps: '超过上限没有计入的',
    follows: '没有完成的后果',
    lines: '每一次的记录',
    clauses: '条文',
  },
  empty: {
    targets: '这一天没有任务。',
    parts: '还没有计入。',
    caps: '没有超过上限的。',
    lines: '还没有记录。',
  },
  heads: {
    target: '要求',
    cycle: '年度',
    earned: '已有 / 要求',
    result: '结果',
    clause: '条款',
    clauseText: '条文',
    regulation: '办法',
    part: '部分',
    measure: '计量',
    counts: '计入',
    carried: '其中结转',
    cap: '上限',
    cut: '没有计入',
    amount: '数量',
    item: '项目',
    has: '已有',
    limit: '标准',
    asked: '应有',
    short: '还差',
    times: '条数',
    says: '内容',
    on: '日期',
    what: '名称',
    worth: '所得',
    counted: '计入',
    entries: '流水号',
    note: '说明',
  },
  yearEnded: (year) => `${year} 年度的结果`,
  metBy: (names) => `（按${names}）`,
  short: (amount) => `，还差 ${amount}`,
  outOfReach: '，再学也达不到',
  unrated: '还定不了',
  used: (sentence) => `；${sentence}`,
  notCovered: {
    'not-in-service': '不适用：当时不在岗',
    group: '不适用：不在职务职级范围',
    'not-in-force': '不适用：不在有效期内',
    'no-cycle': '不适用：没有对应的周期',
  },
  counted: (name) => `${name}（计入）`,
  or: ' 或 ',
  orName: '或',
  quoted: (name) => `“${name}”`,
  and: ' 和 ',
  list: '、',
  stop: '；',
  noPart: '不分部分',
  items: (count) => `（${count} 条）`,
  warning: (until, targets, says) => `${until} 前没有完成${targets}的，${says}`,
  refused: (sentence, clause, whole) =>
    `${whole ? '没有计入' : '有一部分没有计入'}：${sentence}${clause === null ? '' : `（${clause}）`}`,
  refusedOf: (count, items, each) => `${items} 项中 ${count} 项没有计入：${each}`,
  ofRecord: (name, sentence, clause) => `${name}（${sentence}${clause === null ? '' : `，${clause}`}）`,
  record: (count) => `第 ${count} 项`,
  settlement: (seq) => `第 ${seq} 次结算`,
  capped: (amount) => `到上限，计入 ${amount}`,
  replaced: '已更正',
  formerRules: '按原单位适用的办法记入，不计入现在的任务',
  correction: (count) => `记入已结束的年度（第 ${count} 号更正）`,
  compare: (asOf, seq, isOver) =>
    `核对：在平台“我的学分”里选“看截至某一天的记录”${asOf}，再核对流水，结果应与本单的末条校验值一致；导出的流水里本人 #${entryNumber(seq)} 的校验值也应与它一致。${isOver ? '' : '本单打印以后当天又有记入的，末条随之后移，以导出的流水为准。'}如果不一致，说明这张纸或流水有一个被改动过。`,
  sameForEver: '本单是过去一天的记录，何时打印内容都相同。',
  page: (count, of) => `第 ${count} / ${of} 页`,
  missingSigns: '字体里没有的字，以〔U+编码〕代替，编码是该字的 Unicode 编号。',
  seal: ['出具单位（盖章）', '经办人（签字）', '日期'],
  file: (name, personNo, asOf) => `学时学分单 ${name} ${personNo} ${asOf}`,
};

const en: StatementWords = {
  title: 'Statement of credits',
  facts: {
    name: 'Name',
    personNo: 'Person number',
    unit: 'Unit',
    rank: 'Post or grade',
    service: 'Service',
    asOf: 'As of',
    printedAt: 'Printed at',
    regulation: 'Regulation',
    cycle: 'Cycle',
    chain: 'Ledger',
    hash: 'Hash of its end',
    last: 'Last recorded',
  },
  notRecorded: 'none on record',
  retired: (until, since) =>
    `retired, nothing is asked from ${since}; the figures are those of the last day of service, ${until}`,
  openAtRetirement: 'the cycle was open at retirement; nothing is asked any more',
  noRules: 'no credit regulation is in force',
  endOf: (day) => `the record at the end of ${day}`,
  printed: (moment) => `${moment} (the day is not over; what follows is not in it)`,
  regulation: (title, version, issuer) => `${title}, version ${version} (${issuer})`,
  clauseOf: (clause, version) => `${clause} of version ${version}`,
  clauseOfOther: (clause, title, version) => `${clause} of ${title}, version ${version}`,
  entries: (count) =>
    count === 0 ? 'no entries yet' : `${count} entries, the last is #${entryNumber(count)}`,
  tables: {
    targets: 'What is asked',
    figures: 'Figures',
    ratings: 'Ratings',
    moves: 'What moved the targets',
    parts: 'Sums by part',
    caps: 'Above a limit, not counted',
    follows: 'What follows when it is missed',
    lines: 'Each record',
    clauses: 'Clauses',
  },
  empty: {
    targets: 'No target on this day.',
    parts: 'Nothing counts yet.',
    caps: 'Nothing was above a limit.',
    lines: 'No records yet.',
  },
  heads: {
    target: 'Target',
    cycle: 'Cycle',
    earned: 'Earned / required',
    result: 'Result',
    clause: 'Clause',
    clauseText: 'Text',
    regulation: 'Regulation',
    part: 'Part',
    measure: 'Measure',
    counts: 'Counts',
    carried: 'Carried over',
    cap: 'Limit',
    cut: 'Not counted',
    amount: 'Amount',
    item: 'Item',
    has: 'Earned',
    limit: 'Limit',
    asked: 'Required',
    short: 'Short',
    times: 'Entries',
    says: 'What',
    on: 'Date',
    what: 'Title',
    worth: 'Earned',
    counted: 'Counts',
    entries: 'Entry no.',
    note: 'Remark',
  },
  yearEnded: (year) => `How ${year} ended`,
  metBy: (names) => ` (by ${names})`,
  short: (amount) => `, ${amount} short`,
  outOfReach: ', out of reach now',
  unrated: 'not rated yet',
  used: (sentence) => `; ${sentence}`,
  notCovered: {
    'not-in-service': 'does not apply: not in service then',
    group: 'does not apply: another post or grade',
    'not-in-force': 'does not apply: not in force then',
    'no-cycle': 'does not apply: no such cycle',
  },
  counted: (name) => `${name} (counts)`,
  or: ' or ',
  orName: ' or ',
  quoted: (name) => name,
  and: ' and ',
  list: ', ',
  stop: '; ',
  noPart: 'no part',
  items: (count) => ` (${count} entries)`,
  warning: (until, targets, says) => `if ${targets} is not met by ${until}: ${says}`,
  refused: (sentence, clause, whole) =>
    `${whole ? 'not counted' : 'partly not counted'}: ${sentence}${clause === null ? '' : ` (${clause})`}`,
  refusedOf: (count, items, each) => `${count} of ${items} not counted: ${each}`,
  ofRecord: (name, sentence, clause) => `${name} (${sentence}${clause === null ? '' : `, ${clause}`})`,
  record: (count) => `item ${count}`,
  settlement: (seq) => `settlement ${seq}`,
  capped: (amount) => `up to the limit, ${amount} count`,
  replaced: 'corrected since',
  formerRules: 'under the rules of the former unit; counts in no target of today',
  correction: (count) => `in a closed year (correction no. ${count})`,
  compare: (asOf, seq, isOver) =>
    `To compare: choose ${asOf} under “See the record as of a day” in “My credits” of the platform and check the entries: the hash found there equals the one above, and so does that of the person’s entry #${entryNumber(seq)} in an exported ledger. ${isOver ? '' : 'Where more was entered on the day after this was printed, the last entry is a later one; then compare with the exported ledger. '}Otherwise the paper or the ledger has been changed.`,
  sameForEver: 'This is the record of a past day: it reads the same whenever it is printed.',
  page: (count, of) => `Page ${count} / ${of}`,
  missingSigns: 'A sign that the font does not have is given as 〔U+code〕, its number in Unicode.',
  seal: ['Issued by (seal)', 'Signed by', 'Date'],
  file: (name, personNo, asOf) => `Credits ${name} ${personNo} ${asOf}`,
};

/** Numbers of entries, those that follow one another as a range: `#000021–034 #000040`. */
export function numbers(seqs: readonly number[]): string {
  const runs: [from: number, to: number][] = [];
  for (const seq of [...seqs].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && seq <= last[1] + 1) last[1] = seq;
    else runs.push([seq, seq]);
  }
  return runs
    .map(([from, to]) => `#${entryNumber(from)}${from === to ? '' : `–${endOf(from, to)}`}`)
    .join(' ');
}

/** The last number of a range without the digits that it shares with the first, but at least three of them. */
function endOf(from: number, to: number): string {
  const [first, last] = [entryNumber(from), entryNumber(to)];
  const differs = [...last].findIndex((digit, index) => digit !== first[index]);
  return last.slice(Math.min(differs, last.length - 3));
}

export const STATEMENT_WORDS: Readonly<Record<Language, StatementWords>> = { zh, en };
