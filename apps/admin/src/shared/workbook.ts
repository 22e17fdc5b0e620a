import { strToU8, zipSync } from 'fflate';

/** A table as a workbook has it: words as words, figures as figures. */
export interface Sheet {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const FORMATS = 'http://schemas.openxmlformats.org';
const SPREADSHEET = `${FORMATS}/spreadsheetml/2006/main`;
const RELATIONS = `${FORMATS}/officeDocument/2006/relationships`;
const PARTS = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** What Excel takes at most, in characters. */
const LIMITS = { cell: 32_767, name: 31 } as const;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** As XML may have it: signs of the format escaped, and no control characters. */
const xml = (text: string): string =>
  text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '').replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);

/** `A`, `B` … `Z`, `AA` … for columns counted from 0. */
const letters = (column: number): string =>
  (column < 26 ? '' : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

const cell = (place: string, value: string | number): string =>
  typeof value === 'number'
    ? `<c${place}><v>${value}</v></c>`
    : `<c${place} t="inlineStr"><is><t xml:space="preserve">${xml(value.slice(0, LIMITS.cell))}</t></is></c>`;
/** A row counted from 1; style 1 is bold. */
const row = (number: number, values: readonly (string | number)[], style = 0): string =>
  `<row r="${number}">${values.map((value, column) => cell(` r="${letters(column)}${number}" s="${style}"`, value)).join('')}</row>`;

/** One sheet whose bold head stays in sight and can be filtered by. The same sheet gives the same bytes. */
export function workbookOf({ name, head, rows }: Sheet): Uint8Array<ArrayBuffer> {
  const widths = head.map((title) => Math.min(40, Math.max(10, title.length * 2.4)));
  const part = {
    '[Content_Types].xml': `<Types xmlns="${FORMATS}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${PARTS}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${PARTS}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${PARTS}.styles+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${FORMATS}/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${SPREADSHEET}" xmlns:r="${RELATIONS}"><sheets><sheet name="${xml(name.replace(/[[\]:*?/\\]/g, ' ').slice(0, LIMITS.name))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${FORMATS}/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${SPREADSHEET}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': [
      `<worksheet xmlns="${SPREADSHEET}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
      `<cols>${widths.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>`,
      `<sheetData>${row(1, head, 1)}${rows.map((values, index) => row(index + 2, values)).join('')}</sheetData>`,
      `<autoFilter ref="A1:${letters(head.length - 1)}${rows.length + 1}"/></worksheet>`,
    ].join(''),
  };
  const files = Object.entries(part).map(([path, text]) => [path, strToU8(HEAD + text)] as const);
  // ZIP keeps local time: by its parts, the date is the same everywhere.
  return zipSync(Object.fromEntries(files), { mtime: new Date(1980, 0, 1) });
}
