import type { AssessmentRow, AssessmentYear } from '@cadre/domain/assessment';
import {
  AMOUNT_UNIT,
  asksNothing,
  limitSign,
  type CivilDate,
  type RequirementLimit,
} from '@cadre/domain/core';
import {
  openTargets,
  TARGET_READING_NAMES,
  targetTitle,
  waysLeft,
  type PersonReading,
  type ProgressRow,
  type TargetStanding,
} from '@cadre/domain/ledger';
import type { ChangeKind, PreviewFlip, PreviewRun, TargetSide } from '@cadre/domain/regulation';
import { unzipSync, zipSync } from 'fflate';
import type { Paper } from './paper';

/** A side of a preview has no day by which it could be behind. */
const STATE_NAMES: Readonly<Record<TargetStanding['state'], string>> = {
  met: TARGET_READING_NAMES.met.zh,
  open: TARGET_READING_NAMES['on-track'].zh,
  missed: TARGET_READING_NAMES.missed.zh,
  exempt: TARGET_READING_NAMES.exempt.zh,
};
const readingText = (reading: PersonReading | null): string =>
  reading === null ? '' : TARGET_READING_NAMES[reading].zh;
const CLASSES = 'FFE8EEF0';

/** What a regulation calls a measure: in both languages, or in a preview in Chinese alone. */
const unitName = (name: string | { readonly zh: string }): string =>
  typeof name === 'string' ? name : name.zh;

/** `8.5/12 天 或 72/90 学时`: what is earned of what is asked for, alternatives joined by 或; `8 天` where nothing is. */
const earnedText = (
  alternatives: readonly (readonly {
    earned: number;
    limit: RequirementLimit;
    required: number;
    name: string | { readonly zh: string };
  }[])[],
): string =>
  alternatives
    .map((measures) =>
      measures
        .map(({ earned, limit, required, name }) => {
          const asked = asksNothing({ limit, required })
            ? ''
            : `/${limitSign(limit)}${required / AMOUNT_UNIT}`;
          return `${earned / AMOUNT_UNIT}${asked} ${unitName(name)}`;
        })
        .join(' 且 '),
    )
    .join(' 或 ');

/** `年度集中培训：3.5 天 或 18 学时`: the least that closes each open target. */
const missingText = (row: Pick<ProgressRow, 'targets'>): string =>
  openTargets(row)
    .filter(({ least }) => least.length > 0)
    .map((target) => {
      const leaves = target.alternatives.flat();
      const amounts = waysLeft(target).map((parts) =>
        parts
          .map(({ leaf, measure, amount, one: activity }) => {
            const name = leaves.find((one) => one.leaf === leaf)?.name.zh ?? measure;
            return activity ? activity.zh : `${amount / AMOUNT_UNIT} ${name}`;
          })
          .join(' 且 '),
      );
      return `${targetTitle(target).zh}：${amounts.join(' 或 ') || '再学也达不到'}`;
    })
    .join('；');

interface Sheet {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

const PRODUCT = '干部教育联盟培训平台';
/** The date of every part of a workbook. By its parts, since ZIP keeps local time: the same bytes in every time zone. */
const PART_DATE = new Date(1980, 0, 1);

/**
 * The same sheets and moment give the same bytes. The library is read when the first table is asked for: it would make
 * every start a second longer.
 */
async function workbookOf(createdAt: Date, ...sheets: readonly Sheet[]): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  book.creator = PRODUCT;
  book.lastModifiedBy = PRODUCT;
  book.created = createdAt;
  book.modified = createdAt;
  for (const { name, head, rows } of sheets) {
    const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1, xSplit: 2 }] });
    sheet.addRow([...head]);
    for (const row of rows) sheet.addRow([...row]);
    const first = sheet.getRow(1);
    first.font = { bold: true };
    first.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: CLASSES } };
    sheet.columns.forEach((column, index) => {
      column.width = Math.min(40, Math.max(10, (head[index]?.length ?? 8) * 2.4));
    });
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: head.length } };
  }
  // The library dates each part with the clock on the wall.
  const parts = unzipSync(new Uint8Array(await book.xlsx.writeBuffer()));
  return Buffer.from(zipSync(parts, { mtime: PART_DATE }));
}

interface Figured {
  readonly name: TargetStanding['name'];
  readonly makesUp: object | null;
  readonly alternatives: readonly (readonly {
    readonly name: { readonly zh: string };
    readonly limit: RequirementLimit;
    readonly required: number;
    readonly earned: number;
  }[])[];
}

/** What stands above the numbers that are asked for. */
const ASKED_HEADS: Readonly<Record<RequirementLimit, string>> = {
  'at-least': '要求',
  above: '要求超过',
  'at-most': '不超过',
  below: '少于',
};

/** The columns of a target: of each amount that it asks of anybody what there is and what is asked, as numbers. */
interface TargetColumns<Target> {
  readonly name: string;
  readonly of: (targets: readonly Target[]) => Target | undefined;
  readonly heads: readonly string[];
  readonly numbers: (target: Target) => (string | number)[];
}

/** The columns of every target that occurs, in order of first appearance. */
function targetColumns<Target extends Figured>(
  rows: readonly { readonly targets: readonly Target[] }[],
): TargetColumns<Target>[] {
  const all = rows.flatMap(({ targets }) => targets);
  const nameOf = (target: Target): string => targetTitle(target).zh;
  return [...new Set(all.map(nameOf))].map((name) => {
    const amountsOf = ({ alternatives }: Target): Map<string, Figured['alternatives'][number][number]> =>
      new Map(alternatives.flat().map((leaf) => [`${leaf.name.zh} ${leaf.limit}`, leaf]));
    const amounts = new Map(
      all.filter((target) => nameOf(target) === name).flatMap((target) => [...amountsOf(target)]),
    );
    return {
      name,
      of: (targets) => targets.find((target) => nameOf(target) === name),
      heads: [...amounts.values()].flatMap(({ name: { zh }, limit }) => [
        `${name} ${zh} 已有`,
        `${name} ${zh} ${ASKED_HEADS[limit]}`,
      ]),
      numbers: (target) => {
        const own = amountsOf(target);
        return [...amounts.keys()].flatMap((key) => {
          const leaf = own.get(key);
          if (!leaf) return ['', ''];
          return [leaf.earned / AMOUNT_UNIT, asksNothing(leaf) ? '' : leaf.required / AMOUNT_UNIT];
        });
      },
    };
  });
}

/** The assessment officer's table: one row a person, of each target its figures, result and reasons, and what these rest on. */
export function assessmentWorkbook(
  year: AssessmentYear,
  rows: readonly AssessmentRow[],
  now: Date,
): Promise<Buffer> {
  const columns = targetColumns(rows);
  return workbookOf(now, {
    name: year.name,
    head: [
      '人员编号',
      '姓名',
      '单位',
      '结果',
      ...columns.flatMap(({ name, heads }) => [
        ...heads,
        ...['结果', '原因', '依据'].map((word) => `${name} ${word}`),
      ]),
      '提示',
      '版本',
      '状态',
      '定格号',
      '流水号',
      '流水哈希',
    ],
    rows: rows.map(({ personNo, name: personName, unit, reading, targets, statement }) => [
      personNo,
      personName,
      unit.zh,
      readingText(reading),
      ...columns.flatMap(({ of, heads, numbers }) => {
        const target = of(targets);
        return target
          ? [
              ...numbers(target),
              TARGET_READING_NAMES[target.reading].zh,
              target.reasons.map(({ sentence, clause }) => `${sentence.zh}（${clause}）`).join('；'),
              `《${target.regulationTitle.zh}》第 ${target.regulation.version} 版${target.clause}`,
            ]
          : [...heads.map(() => ''), '', '', ''];
      }),
      statement?.flags.map(({ says, clause }) => `${says.zh}（${clause}）`).join('；') ?? '',
      statement?.version ?? '',
      statement ? (statement.state === 'frozen' ? '已定格' : '未定格') : '尚无数据',
      statement?.snapshotNo ?? '',
      statement?.ledger.seq ?? '',
      statement?.ledger.hash ?? '',
    ]),
  });
}

/** The unit officer's table of who stands where. */
export function progressWorkbook(asOf: CivilDate, rows: readonly ProgressRow[], now: Date): Promise<Buffer> {
  const columns = targetColumns(rows);
  return workbookOf(now, {
    name: `截至 ${asOf}`,
    head: [
      '人员编号',
      '姓名',
      '单位',
      '结果',
      '还差',
      ...columns.flatMap(({ name, heads }) => [...heads, `${name} 结果`]),
      '提示',
    ],
    rows: rows.map((row) => [
      row.personNo,
      row.name,
      row.unit.zh,
      readingText(row.reading),
      missingText(row),
      ...columns.flatMap(({ of, heads, numbers }) => {
        const target = of(row.targets);
        return target
          ? [...numbers(target), TARGET_READING_NAMES[target.reading].zh]
          : [...heads.map(() => ''), ''];
      }),
      row.flags.map(({ zh }) => zh).join('；'),
    ]),
  });
}

const CHANGE_NAMES: Readonly<Record<ChangeKind, string>> = {
  loses: '由达标变为未达标',
  gains: '由未达标变为达标',
  starts: '新增任务',
  ends: '不再适用',
  amount: '只有数字变',
};

const sideText = (side: TargetSide | null): string =>
  side === null ? '不适用' : `${STATE_NAMES[side.state]} ${earnedText(side.alternatives)}`;

/** Who changes state under a new version, in the columns that were on the screen. */
export function previewWorkbook(
  run: Pick<PreviewRun, 'cycle'>,
  flips: readonly PreviewFlip[],
  shown: readonly string[] | null,
  now: Date,
): Promise<Buffer> {
  const columns: readonly [string, string, (flip: PreviewFlip) => string][] = [
    ['name', '姓名', ({ name }) => name],
    ['personNo', '人员编号', ({ personNo }) => personNo],
    ['unit', '单位', ({ unit }) => unit.zh],
    ['target', '任务', ({ targetName }) => targetName],
    ['change', '变化', ({ change }) => CHANGE_NAMES[change]],
    ['before', '原来', ({ before }) => sideText(before)],
    ['after', '换版后', ({ after }) => sideText(after)],
    [
      'reason',
      '原因',
      ({ reasons }) => reasons.map(({ clause, says }) => `${says.zh}（${clause}）`).join('；'),
    ],
  ];
  const chosen = columns.filter(([key]) => shown === null || shown.includes(key));
  return workbookOf(now, {
    name: `${run.cycle.from} 至 ${run.cycle.to}`,
    head: chosen.map(([, title]) => title),
    rows: flips.map((flip) => chosen.map(([, , text]) => text(flip))),
  });
}

/** A paper as a workbook: its facts, then a sheet for each table, with the columns that paper has no room for. */
export function paperWorkbook({ title, facts, tables, notes, createdAt }: Paper): Promise<Buffer> {
  return workbookOf(
    createdAt,
    { name: title, head: ['', ''], rows: [...facts, ...notes.map((note) => ['', note])] },
    ...tables.map(({ name, columns, rows }) => ({ name, head: columns.map(({ head }) => head), rows })),
  );
}
