/** Something that cannot be so when nothing was changed. */
export interface Fault {
  kind:
    | 'changed'
    | 'missing'
    | 'inserted'
    | 'broken-link'
    | 'truncated'
    | 'facts'
    | 'correction'
    | 'seal'
    | 'root'
    | 'key'
    | 'regulation'
    | 'countersignature'
    | 'file'
    | 'rederived';
  /** The person's number, when the fault lies in a chain. */
  person?: string;
  /** The place among the person's entries, … */
  seq?: number;
  /** … or among the person's settlements. */
  settlement?: number;
  /** Where it is one of several, the place of the last of them. */
  to?: number;
  /** Line of the file, from 1. */
  line?: number;
  says: string;
}

export interface Report {
  faults: Fault[];
  people: number;
  entries: number;
  settlements: number;
  roots: number;
  /** What is said of the ledger is said by this root; `isKept`: one that was given separately. */
  newestRoot: { number: number; day: string; isKept: boolean } | null;
  /** Roots whose whole tree was built anew. */
  rebuilt: number;
  /** Those that hold: how many, how many of them no root covers yet, by which office and key, and the roots without one. */
  countersignatures: { count: number; unsealed: number; by: Record<string, number>; missing: number[] };
  /** What no root covers yet. */
  unsealed: { entries: number; settlements: number; people: number };
  /** How many regulations agree with the root and how many do not, and which it does not cover. */
  regulations: { sealed: number; changed: number; unsealed: string[] };
  /** The roots that were given separately and whose signature holds, oldest first. Without any a cut-off end and a ledger signed anew cannot be told. */
  keptRoots: readonly number[];
  /**
   * How many people's figures were derived anew: under the regulations known in full, there without targets when the file does
   * not say what the product said of them, and the others by sums alone; and the numbers of those whose figures were not, since
   * what they follow from is at fault.
   */
  rederived: Record<'inFull' | 'factsOnly' | 'sumsOnly', Record<string, number>> & { skipped: string[] };
  firstKey: string | null;
}

/** More than this many faults or people are counted, not listed. */
const LISTED = 50;

/** Where a fault lies: "人员 P000001 第 3 条（文件第 12 行）". */
function placeOf({ person, seq, settlement, to, line }: Fault): string {
  const from = seq ?? settlement;
  const isRange = from !== undefined && to !== undefined && to > from;
  const places = isRange ? `${from}—${to}` : from;
  const place = [
    ...(person === undefined ? [] : [`人员 ${person}`]),
    ...(seq === undefined ? [] : [`第 ${places} 条`]),
    ...(settlement === undefined ? [] : [`第 ${places} 次结算`]),
  ].join(' ');
  const where = line === undefined ? '' : `文件第 ${line} 行${isRange ? '起' : ''}`;
  return place !== '' && where !== '' ? `${place}（${where}）` : place + where;
}

const counts = (values: Record<string, number>): string =>
  Object.entries(values)
    .map(([name, count]) => `${name}（${count} 人）`)
    .join('、');

/** Older roots that were given as well. */
function otherKept({ keptRoots, newestRoot }: Report): string {
  const others = keptRoots.filter((number) => number < (newestRoot?.number ?? 0));
  return others.length === 0 ? '' : `，另行保存的第 ${ranges(others)} 号也对照过`;
}

/** How a kept root is given where the report is read. */
const GIVE_ROOT = { command: '加 --root', page: '再选封存文件' };

/** What was sealed of the regulations. */
const regulationLines = ({ newestRoot, regulations: { sealed, changed, unsealed } }: Report): string[] =>
  newestRoot === null
    ? []
    : [
        ...(sealed === 0 && changed > 0 ? [] : [`规则 ${sealed} 版与封存相符`]),
        ...(changed === 0 ? [] : [`规则 ${changed} 版与封存不符`]),
        ...(unsealed.length === 0 ? [] : [`未封存：规则 ${unsealed.join('、')}晚于这次封存`]),
      ];

/** Numbers as ranges: 1—3、5. */
export function ranges(numbers: readonly number[]): string {
  const found: [from: number, to: number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last && last[1] + 1 === number) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}—${to}`)).join('、');
}

/** Who has countersigned; a key is an office's only if the office says so. */
const countersignatureLines = ({ countersignatures: { unsealed, by, missing } }: Report): string[] => [
  ...Object.entries(by).map(
    ([signer, count]) => `会签 ${count} 份：${signer}；是不是这家的公钥，请向这家核对`,
  ),
  ...(unsealed === 0 ? [] : [`未封存：${unsealed} 份会签晚于这次封存`]),
  ...(missing.length === 0 ? [] : [`没有会签：第 ${ranges(missing)} 号封存`]),
];

/** Whose figures were derived anew and how far. Only where nobody was left out is it said of all. */
function rederivedLines({ faults, rederived: { inFull, factsOnly, sumsOnly, skipped } }: Report): string[] {
  const rest = skipped.length - LISTED;
  const isAll = skipped.length === 0 && faults.every(({ kind }) => kind !== 'rederived');
  const isAny = (values: Record<string, number>): boolean => Object.keys(values).length > 0;
  return [
    ...(isAny(inFull) ? [`另行重算，从事实到任务${isAll ? '全部复核' : '复核'}：${counts(inFull)}`] : []),
    ...(isAny(factsOnly)
      ? [`另行重算，从事实到流水复核，文件里没有他们的任务结果可以对照：${counts(factsOnly)}`]
      : []),
    ...(isAny(sumsOnly) ? [`另行重算，只核对合计、冲销和链：${counts(sumsOnly)}`] : []),
    ...(skipped.length === 0
      ? []
      : [
          `没有另行重算：${skipped.length} 人的记录有上述问题，查清以前数字无从核对：${skipped.slice(0, LISTED).join('、')}${rest > 0 ? `，另有 ${rest} 人未列出` : ''}`,
        ]),
  ];
}

/** The report as people read it. */
export interface ReportText {
  verdict: string;
  /** Where a fault lies, empty where it lies nowhere in particular, and what it is. */
  faults: { place: string; says: string }[];
  /** How many more there are, if any. */
  more: string[];
  details: string[];
}

/** What the report says, of the command or on the page. */
export function reportText(report: Report, where: keyof typeof GIVE_ROOT): ReportText {
  const { faults, unsealed, newestRoot } = report;
  const isKept = report.keptRoots.length > 0;
  const intact = isKept ? '✓ 没有发现改动' : '○ 文件本身没有发现改动，但没有另行保存的封存可以对照';
  return {
    verdict: faults.length === 0 ? intact : `× 发现 ${faults.length} 处问题`,
    faults: faults.slice(0, LISTED).map((fault) => ({ place: placeOf(fault), says: fault.says })),
    more: faults.length > LISTED ? [`另有 ${faults.length - LISTED} 处未列出`] : [],
    details: [
      `共 ${report.people} 人、${report.settlements} 次结算、${report.entries} 条流水；封存 ${report.roots} 次，逐链重算 ${report.rebuilt} 次，会签 ${report.countersignatures.count} 份`,
      newestRoot === null
        ? '还没有封存过'
        : `${newestRoot.isKept ? '以另行保存的' : '以文件中最新的'}第 ${newestRoot.number} 号封存（${newestRoot.day}）为准${otherKept(report)}`,
      ...(unsealed.people === 0
        ? []
        : [
            `未封存：${unsealed.people} 人的 ${unsealed.settlements} 次结算、${unsealed.entries} 条流水晚于这次封存`,
          ]),
      ...regulationLines(report),
      ...countersignatureLines(report),
      ...(isKept
        ? []
        : [
            `没有另行保存的封存可以为准：末尾被截断、或整本重新签名，从这个文件本身看不出来（${GIVE_ROOT[where]}）`,
          ]),
      ...rederivedLines(report),
      '不在封存之内：人员的单位和职务履历、当天的任务结果、导出时间、基地的名称；编号只与另行保存的封存文件对照',
      ...(report.firstKey === null ? [] : [`首把公钥 ${report.firstKey}`]),
    ],
  };
}

/** The same line by line. */
export function reportLines(report: Report, where: keyof typeof GIVE_ROOT = 'command'): string[] {
  const { verdict, faults, more, details } = reportText(report, where);
  const found = [...faults.map(({ place, says }) => (place === '' ? says : `${place}：${says}`)), ...more];
  return [verdict, ...found.map((line) => `  · ${line}`), ...details];
}
