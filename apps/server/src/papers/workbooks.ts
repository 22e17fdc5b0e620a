import type { AssessmentRow, AssessmentYear, FeedTarget } from '@cadre/domain/assessment';
import { AMOUNT_UNIT, type CivilDate } from '@cadre/domain/core';
import type { ProgressRow } from '@cadre/domain/ledger';
import type { ChangeKind, PreviewFlip, PreviewRun, TargetSide } from '@cadre/domain/regulation';
import type { Paper } from './paper';

const STATE_NAMES: Readonly<Record<FeedTarget['state'], string>> = {
  met: '达标',
  open: '进行中',
  missed: '未达标',
  exempt: '免',
};
const CLASSES = 'FFE8EEF0';

/** `8.5/12 或 72/90`: what is earned of what is asked for, alternatives joined by 或. */
const earnedText = (alternatives: readonly (readonly { earned: number; required: number }[])[]): string =>
  alternatives
    .map((measures) =>
      measures
        .map(({ earned, required }) => `${earned / AMOUNT_UNIT}/${required / AMOUNT_UNIT}`)
        .join(' 且 '),
    )
    .join(' 或 ');

interface Sheet {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** The library is read when the first table is asked for: it would make every start a second longer. */
async function workbookOf(...sheets: readonly Sheet[]): Promise<Buffer> {
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
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
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** Names of all targets that occur, in order of first appearance. */
const targetNames = (rows: readonly { targets: readonly { name: string }[] }[]): string[] => [
  ...new Set(rows.flatMap((row) => row.targets.map((target) => target.name))),
];

/** The assessment officer's table: one row a person, two columns a target, and what the figures rest on. */
export function assessmentWorkbook(year: AssessmentYear, rows: readonly AssessmentRow[]): Promise<Buffer> {
  const withTargets = rows.map((row) => ({ row, targets: row.statement?.targets ?? [] }));
  const names = targetNames(withTargets);
  const head = [
    '人员编号',
    '姓名',
    '单位',
    ...names.flatMap((name) => [name, `${name} 结果`]),
    '提示',
    '版本',
    '状态',
    '定格号',
    '流水号',
    '流水哈希',
  ];
  return workbookOf({
    name: year.name,
    head,
    rows: withTargets.map(({ row, targets }) => [
      row.personNo,
      row.name,
      row.unit.zh,
      ...names.flatMap((name) => {
        const target = targets.find((candidate) => candidate.name === name);
        return target ? [earnedText(target.alternatives), STATE_NAMES[target.state]] : ['', ''];
      }),
      row.statement?.flags.map((flag) => flag.says).join(';') ?? '',
      row.statement?.version ?? '',
      row.statement ? (row.statement.state === 'frozen' ? '已定格' : '未定格') : '尚无数据',
      row.statement?.snapshotNo ?? '',
      row.statement?.ledger.seq ?? '',
      row.statement?.ledger.hash ?? '',
    ]),
  });
}

/** The unit officer's table of who stands where. */
export function progressWorkbook(asOf: CivilDate, rows: readonly ProgressRow[]): Promise<Buffer> {
  const names = targetNames(rows);
  return workbookOf({
    name: `截至 ${asOf}`,
    head: [
      '人员编号',
      '姓名',
      '单位',
      ...names.flatMap((name) => [name, `${name} 结果`]),
      '是否落后',
      '提示',
    ],
    rows: rows.map((row) => [
      row.personNo,
      row.name,
      row.unit.zh,
      ...names.flatMap((name) => {
        const target = row.targets.find((candidate) => candidate.name === name);
        return target ? [earnedText(target.alternatives), STATE_NAMES[target.state]] : ['', ''];
      }),
      row.behind ? '落后' : '',
      row.flags.join(';'),
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
  return workbookOf({
    name: `${run.cycle.from} 至 ${run.cycle.to}`,
    head: chosen.map(([, title]) => title),
    rows: flips.map((flip) => chosen.map(([, , text]) => text(flip))),
  });
}

/** A paper as a workbook: its facts, then a sheet for each table, with the columns that paper has no room for. */
export function paperWorkbook({ title, facts, tables, notes }: Paper): Promise<Buffer> {
  return workbookOf(
    { name: title, head: ['', ''], rows: [...facts, ...notes.map((note) => ['', note])] },
    ...tables.map(({ name, columns, rows }) => ({ name, head: columns.map(({ head }) => head), rows })),
  );
}
