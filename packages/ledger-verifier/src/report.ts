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
  seq?: number;
  /** Line of the file, from 1. */
  line?: number;
  says: string;
}

export interface Report {
  faults: Fault[];
  people: number;
  entries: number;
  roots: number;
  newestRoot: { number: number; day: string } | null;
  /** Roots whose whole tree was built anew. */
  rebuilt: number;
  countersignatures: number;
  /** Entries that no root covers yet. */
  unsealed: { entries: number; people: number };
  /** How many texts of regulations agree with the root, and which it does not cover; a root may cover no texts at all. */
  regulations: { sealed: number; unsealed: string[]; covered: boolean };
  /** Was the newest root given separately? Without it a cut-off end and a ledger signed anew cannot be told. */
  rootGiven: boolean;
  /** How many people's figures were derived anew: under the regulations known in full, and the others by sums alone. */
  rederived: { inFull: Record<string, number>; sumsOnly: Record<string, number> };
  firstKey: string | null;
}

/** More than this many faults are counted, not listed. */
const LISTED = 50;

const placeOf = ({ person, seq, line }: Fault): string =>
  [
    person === undefined ? '' : `人员 ${person}`,
    seq === undefined ? '' : `第 ${seq} 条`,
    line === undefined ? '' : `(文件第 ${line} 行)`,
  ]
    .filter((part) => part !== '')
    .join(' ');

const counts = (values: Record<string, number>): string =>
  Object.entries(values)
    .map(([name, count]) => `${name}(${count} 人)`)
    .join('、');

/** How a kept root is given where the report is read. */
const GIVE_ROOT = { command: '加 --root', page: '再选封存文件' };

/** What was sealed of the regulations' texts. */
const regulationLines = ({ newestRoot, regulations }: Report): string[] => {
  const { sealed, unsealed, covered } = regulations;
  if (newestRoot === null) return [];
  if (!covered) return ['这次封存不含规则条文:条文有没有被改过,看不出来'];
  return [
    `规则条文 ${sealed} 版与封存相符`,
    ...(unsealed.length === 0 ? [] : [`未封存:规则 ${unsealed.join('、')}晚于这次封存`]),
  ];
};

/** The report as people read it, of the command or on the page. */
export function reportLines(report: Report, where: keyof typeof GIVE_ROOT = 'command'): string[] {
  const { faults, unsealed, newestRoot, rederived } = report;
  const intact = report.rootGiven ? '✓ 没有发现改动' : '○ 文件本身没有发现改动,但没有另行保存的封存可以对照';
  return [
    faults.length === 0 ? intact : `✗ 发现 ${faults.length} 处问题`,
    ...faults.slice(0, LISTED).map((fault) => `  · ${placeOf(fault)} ${fault.says}`.replace('·  ', '· ')),
    ...(faults.length > LISTED ? [`  · 另有 ${faults.length - LISTED} 处未列出`] : []),
    `共 ${report.people} 人、${report.entries} 条流水;封存 ${report.roots} 次,逐链重算 ${report.rebuilt} 次,会签 ${report.countersignatures} 份`,
    newestRoot === null
      ? '还没有封存过'
      : `${report.rootGiven ? '以另行保存的' : '以文件中最新的'}第 ${newestRoot.number} 号封存(${newestRoot.day})为准`,
    ...(unsealed.entries === 0
      ? []
      : [`未封存:${unsealed.people} 人的 ${unsealed.entries} 条流水晚于这次封存`]),
    ...regulationLines(report),
    ...(report.rootGiven
      ? []
      : [`没有给出另行保存的封存:末尾被截断、或整本重新签名,从这个文件本身看不出来(${GIVE_ROOT[where]})`]),
    ...(Object.keys(rederived.inFull).length === 0 ? [] : [`另行重算,全部复核:${counts(rederived.inFull)}`]),
    ...(Object.keys(rederived.sumsOnly).length === 0
      ? []
      : [`另行重算,只核对合计、冲销和链:${counts(rederived.sumsOnly)}`]),
    ...(report.firstKey === null ? [] : [`首把公钥 ${report.firstKey}`]),
  ];
}
