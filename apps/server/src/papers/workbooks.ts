import type { AssessmentRow, AssessmentYear } from '@cadre/domain/assessment';
import {
  AMOUNT_UNIT,
  asksNothing,
  columnWidth,
  DAY_FORMAT,
  limitSign,
  sheetCell,
  sheetName,
  type Bilingual,
  type CivilDate,
  type Language,
  type RequirementLimit,
} from '@cadre/domain/core';
import {
  openTargets,
  readTarget,
  TARGET_READING_NAMES,
  targetTitle,
  waysLeft,
  type ProgressRow,
  type TargetReading,
  type TargetStanding,
} from '@cadre/domain/ledger';
import {
  isUnmetOpen,
  previewName,
  type PreviewFlip,
  type PreviewView,
  type TargetSide,
} from '@cadre/domain/regulation';
import type { Cell, PageSetup } from 'exceljs';
import { unzipSync, zipSync } from 'fflate';
import type { Paper } from './paper';
import { nameIn, WORKBOOK_WORDS } from './workbook-words';

/** The words of workbooks in a language, and what is said with them. */
function wording(language: Language) {
  const words = WORKBOOK_WORDS[language];
  const text = nameIn(language);
  return {
    ...words,
    text,
    reading: (reading: TargetReading | null): string =>
      reading === null ? '' : text(TARGET_READING_NAMES[reading]),

    /** `年度集中培训：3.5 天 或 18 学时`: the least that closes each open target. */
    missingOf: (row: Pick<ProgressRow, 'targets'>): string =>
      openTargets(row)
        .filter(({ least }) => least.length > 0)
        .map((target) => {
          const leaves = target.alternatives.flat();
          const amounts = waysLeft(target).map((parts) =>
            parts
              .map(({ leaf, measure, amount, one: activity }) => {
                const name = leaves.find((one) => one.leaf === leaf)?.name;
                return activity ? text(activity) : `${amount / AMOUNT_UNIT} ${name ? text(name) : measure}`;
              })
              .join(words.and),
          );
          return words.missing(text(targetTitle(target)), amounts.join(words.or) || words.outOfReach);
        })
        .join(words.stop),
  };
}
type Wording = ReturnType<typeof wording>;

interface Sheet {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

const CLASSES = 'FFE8EEF0';
const PRODUCT = '干部教育联盟培训平台';
/** The date of every part of a workbook. By its parts, since ZIP keeps local time: the same bytes in every time zone. */
const PART_DATE = new Date(1980, 0, 1);

/** On paper: A4 on its side, all columns on a page, and the head on each. */
const PRINTED: Partial<PageSetup> = {
  paperSize: 9,
  orientation: 'landscape',
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
  printTitlesRow: '1:1',
};

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
    const sheet = book.addWorksheet(sheetName(name), {
      views: [{ state: 'frozen', ySplit: 1, xSplit: 2 }],
      pageSetup: PRINTED,
    });
    sheet.addRow([...head]);
    for (const row of rows) sheet.addRow(row.map(sheetCell));
    sheet.columns.forEach((column, index) => {
      const { width, wraps } = columnWidth(
        head[index] ?? '',
        rows.map((row) => row[index] ?? ''),
      );
      column.width = width;
      column.alignment = { vertical: 'top', wrapText: wraps };
    });
    sheet.eachRow((row) => row.eachCell(asDay));
    const first = sheet.getRow(1);
    first.font = { bold: true };
    first.alignment = { vertical: 'top', wrapText: true };
    first.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: CLASSES } };
    if (head.every((word) => word !== ''))
      sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: head.length } };
  }
  // The library dates each part with the clock on the wall.
  const parts = unzipSync(new Uint8Array(await book.xlsx.writeBuffer()));
  return Buffer.from(zipSync(parts, { mtime: PART_DATE }));
}

const asDay = (cell: Cell): void => {
  if (cell.value instanceof Date) cell.numFmt = DAY_FORMAT;
};

type Alternatives = readonly (readonly {
  readonly name: Bilingual;
  readonly limit: RequirementLimit;
  readonly required: number;
  readonly earned: number;
}[])[];

interface Figured {
  readonly name: TargetStanding['name'];
  readonly makesUp: object | null;
  readonly alternatives: Alternatives;
}

/** The columns of amounts: of each that anybody is asked for what there is and what is asked, as numbers. */
interface AmountColumns {
  readonly heads: readonly string[];
  readonly numbers: (alternatives: Alternatives) => (string | number)[];
}

/** The columns of every amount that occurs, in order of first appearance, `name` before their heads. */
function amountColumns(
  name: string,
  all: readonly Alternatives[],
  { text, earned, asked }: Wording,
): AmountColumns {
  const amountsOf = (alternatives: Alternatives): Map<string, Alternatives[number][number]> =>
    new Map(alternatives.flat().map((leaf) => [`${text(leaf.name)} ${leaf.limit}`, leaf]));
  const amounts = new Map(all.flatMap((alternatives) => [...amountsOf(alternatives)]));
  return {
    heads: [...amounts.values()].flatMap(({ name: leaf, limit }) => [
      `${name} ${text(leaf)} ${earned}`,
      `${name} ${text(leaf)} ${asked[limit]}`,
    ]),
    numbers: (alternatives) => {
      const own = amountsOf(alternatives);
      return [...amounts.keys()].flatMap((key) => {
        const leaf = own.get(key);
        if (!leaf) return ['', ''];
        return [leaf.earned / AMOUNT_UNIT, asksNothing(leaf) ? '' : leaf.required / AMOUNT_UNIT];
      });
    },
  };
}

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
  words: Wording,
): TargetColumns<Target>[] {
  const all = rows.flatMap(({ targets }) => targets);
  const nameOf = (target: Target): string => words.text(targetTitle(target));
  return [...new Set(all.map(nameOf))].map((name) => {
    const named = all.filter((target) => nameOf(target) === name);
    const { heads, numbers } = amountColumns(
      name,
      named.map(({ alternatives }) => alternatives),
      words,
    );
    return {
      name,
      of: (targets) => targets.find((target) => nameOf(target) === name),
      heads,
      numbers: ({ alternatives }) => numbers(alternatives),
    };
  });
}

/** The assessment officer's table: one row a person, of each target its figures, result and reasons, and what these rest on. */
export function assessmentWorkbook(
  year: Pick<AssessmentYear, 'name'>,
  rows: readonly AssessmentRow[],
  language: Language,
  now: Date,
): Promise<Buffer> {
  const words = wording(language);
  const { heads: named, text } = words;
  const columns = targetColumns(rows, words);
  return workbookOf(now, {
    name: year.name,
    head: [
      named.personNo,
      named.name,
      named.unit,
      named.result,
      ...columns.flatMap(({ name, heads }) => [
        ...heads,
        ...[named.result, named.reasons, named.rests].map((word) => `${name} ${word}`),
      ]),
      named.flags,
      named.version,
      named.state,
      named.snapshotNo,
      named.seq,
      named.hash,
    ],
    rows: rows.map(({ personNo, name: personName, unit, reading, targets, statement }) => [
      personNo,
      personName,
      text(unit),
      words.reading(reading),
      ...columns.flatMap(({ of, heads, numbers }) => {
        const target = of(targets);
        return target
          ? [
              ...numbers(target),
              words.reading(target.reading),
              target.reasons
                .map(({ sentence, clause }) => words.reason(text(sentence), clause))
                .join(words.stop),
              words.rests(text(target.regulationTitle), target.regulation.version, target.clause),
            ]
          : [...heads.map(() => ''), '', '', ''];
      }),
      statement?.flags.map(({ says, clause }) => words.reason(text(says), clause)).join(words.stop) ?? '',
      statement?.version ?? '',
      words.lineState[statement?.state ?? 'none'],
      statement?.snapshotNo ?? '',
      statement?.ledger.seq ?? '',
      statement?.ledger.hash ?? '',
    ]),
  });
}

/** The unit officer's table of who stands where. */
export function progressWorkbook(
  asOf: CivilDate,
  rows: readonly ProgressRow[],
  language: Language,
  now: Date,
): Promise<Buffer> {
  const words = wording(language);
  const { heads: named, text } = words;
  const columns = targetColumns(rows, words);
  return workbookOf(now, {
    name: words.asOf(asOf),
    head: [
      named.personNo,
      named.name,
      named.unit,
      named.result,
      named.missing,
      ...columns.flatMap(({ name, heads }) => [...heads, `${name} ${named.result}`]),
      named.flags,
    ],
    rows: rows.map((row) => [
      row.personNo,
      row.name,
      text(row.unit),
      words.reading(row.reading),
      words.missingOf(row),
      ...columns.flatMap(({ of, heads, numbers }) => {
        const target = of(row.targets);
        return target ? [...numbers(target), words.reading(target.reading)] : [...heads.map(() => ''), ''];
      }),
      row.flags.map(text).join(words.stop),
    ]),
  });
}

/** Who changes state under a new version, in the columns that were on the screen. */
export function previewWorkbook(
  run: Pick<PreviewView, 'cycle' | 'english'>,
  flips: readonly PreviewFlip[],
  shown: readonly string[] | null,
  language: Language,
  now: Date,
): Promise<Buffer> {
  const words = wording(language);
  const { heads: named, text } = words;
  const nameOf = (name: string): string => text(previewName(name, run.english));
  /** `进行中 8.5/12 天 或 72/90 学时`: what is earned of what is asked for; `8 天` where nothing is. */
  const sideText = (side: TargetSide | null): string => {
    if (side === null) return words.notApplied;
    const amounts = side.alternatives.map((leaves) =>
      leaves
        .map(({ earned, limit, required, name }) => {
          const asked = asksNothing({ limit, required })
            ? ''
            : `/${limitSign(limit)}${required / AMOUNT_UNIT}`;
          return `${earned / AMOUNT_UNIT}${asked} ${nameOf(name)}`;
        })
        .join(words.and),
    );
    return `${words.reading(readTarget(side, run.cycle.to))} ${amounts.join(words.or)}`;
  };
  const changesOf = (flip: PreviewFlip): typeof words.changes =>
    isUnmetOpen(flip) ? { ...words.changes, ...words.openChanges } : words.changes;
  const alternativesOf = (side: TargetSide | null): Alternatives =>
    (side?.alternatives ?? []).map((leaves) =>
      leaves.map((leaf) => ({ ...leaf, name: previewName(leaf.name, run.english) })),
    );
  const figures = (['before', 'after'] as const).map((key): PreviewColumns => {
    const all = flips.map((flip) => alternativesOf(flip[key]));
    const { heads, numbers } = amountColumns(named[key], all, words);
    return {
      key,
      heads: [named[key], ...heads],
      cells: (flip) => [sideText(flip[key]), ...numbers(alternativesOf(flip[key]))],
    };
  });
  const one = (key: string, head: string, cell: (flip: PreviewFlip) => string): PreviewColumns => ({
    key,
    heads: [head],
    cells: (flip) => [cell(flip)],
  });
  const columns = [
    one('name', named.name, ({ name }) => name),
    one('personNo', named.personNo, ({ personNo }) => personNo),
    one('unit', named.unit, ({ unit }) => text(unit)),
    one('target', named.target, ({ targetName }) => nameOf(targetName)),
    one('change', named.change, (flip) => changesOf(flip)[flip.change]),
    ...figures,
    one('reason', named.reasons, ({ reasons }) =>
      reasons.map(({ clause, says }) => words.reason(text(says), clause)).join(words.stop),
    ),
  ];
  const chosen = columns.filter(({ key }) => shown === null || shown.includes(key));
  return workbookOf(now, {
    name: words.span(run.cycle.from, run.cycle.to),
    head: chosen.flatMap(({ heads }) => heads),
    rows: flips.map((flip) => chosen.flatMap(({ cells }) => cells(flip))),
  });
}

/** What of a change stands under a column of the screen: words, and where they tell amounts, these as numbers beside them. */
interface PreviewColumns {
  readonly key: string;
  readonly heads: readonly string[];
  readonly cells: (flip: PreviewFlip) => (string | number)[];
}

/** A paper as a workbook: its facts, then a sheet for each table, with the columns that paper has no room for. */
export function paperWorkbook({ title, facts, tables, notes, createdAt }: Paper): Promise<Buffer> {
  return workbookOf(
    createdAt,
    { name: title, head: [title, ''], rows: [...facts, ...notes.map((note) => ['', note])] },
    ...tables.map(({ name, columns, rows }) => ({ name, head: columns.map(({ head }) => head), rows })),
  );
}
