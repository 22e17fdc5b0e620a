import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** A table of a paper or a sheet. A cell is a number where a spreadsheet shall count with it. */
export interface PaperTable {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** What stands there when there are no rows. */
  readonly empty: string;
}
interface Column {
  readonly head: string;
  /** The share of the paper's width; 0 = in the spreadsheet only, where also a table stands that has no other column. */
  readonly width: number;
}

/** A file about one thing: named facts, then tables. The same content becomes a PDF or a workbook. */
export interface Paper {
  readonly title: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly tables: readonly PaperTable[];
  readonly notes: readonly string[];
  /** What stands at the foot of each page, beside `page(n, of)`. */
  readonly foot: readonly [left: string, right: string];
  readonly page: (number: number, of: number) => string;
  /** Said when a sign is in none of the fonts. */
  readonly missingSigns: string;
  /** What whoever hands the paper out fills in at its end, each on a line of its own: seal, hand, date. */
  readonly seal: readonly string[];
  /** Part of the file's bytes: the same moment and content give the same file. */
  readonly createdAt: Date;
}

const FONTS = '@expo-google-fonts/noto-sans-sc';
const A4 = { width: 595.28, height: 841.89 };
const MARGIN = { side: 42, top: 44, bottom: 54 };
const WIDTH = A4.width - 2 * MARGIN.side;
const SIZE = { title: 19, head: 11.5, text: 9, small: 7.5 };
/** Above a table, and between its name and its head. */
const GAP = { table: 14, name: 4 };
const CELL = { x: 4, y: 3.5 };
/** Room for a seal of 42 mm: what the names stand above, and the line to write on. */
const SEAL = { gap: 22, line: 86, height: 120 };
const INK = '#000000';
const RULE = '#8a8a8a';
const SHADE = '#eeeeee';

type Weight = 'regular' | 'bold';
interface Fonts extends Readonly<Record<Weight, Buffer>> {
  readonly has: (codePoint: number) => boolean;
}
let fonts: Promise<Fonts> | undefined;

/** Read once, at the first paper: a start does not wait for what prints. */
function readFonts(): Promise<Fonts> {
  const read = (file: string) => readFile(createRequire(import.meta.url).resolve(`${FONTS}/${file}`));
  fonts ??= Promise.all([
    read('400Regular/NotoSansSC_400Regular.ttf'),
    read('700Bold/NotoSansSC_700Bold.ttf'),
    import('fontkit'),
  ]).then(([regular, bold, fontkit]) => {
    const face = fontkit.create(regular);
    if (!('hasGlyphForCodePoint' in face)) throw new TypeError(`${FONTS} is a collection`);
    return { regular, bold, has: (codePoint) => face.hasGlyphForCodePoint(codePoint) };
  });
  return fonts;
}

const BLANKS = /[\u00a0\u2009\u202f\u3000]/gu;
const CONTROLS = /[\p{Cc}\p{Cf}]/gu;

/** Prints a paper on A4, black on white: readable after any copier, with a head on each page of a table and n/m below. */
export async function printPaper(paper: Paper): Promise<Buffer> {
  const [{ regular, bold, has }, { default: PDFDocument }] = await Promise.all([
    readFonts(),
    import('pdfkit'),
  ]);
  const document = new PDFDocument({
    size: [A4.width, A4.height],
    margins: { top: MARGIN.top, bottom: MARGIN.bottom, left: MARGIN.side, right: MARGIN.side },
    bufferPages: true,
    lang: 'zh-CN',
    info: { Title: paper.title, CreationDate: paper.createdAt, ModDate: paper.createdAt },
  });
  document.registerFont('regular', regular).registerFont('bold', bold);
  const bytes: Buffer[] = [];
  document.on('data', (chunk: Buffer) => bytes.push(chunk));
  const ended = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject));

  let missing = false;
  /** A sign that the font has not is named by its code, so that nothing disappears from a name. */
  const legible = (value: string | number): string =>
    Array.from(String(value).replace(BLANKS, ' ').replace(CONTROLS, ''), (sign) => {
      if (has(sign.codePointAt(0) ?? 0)) return sign;
      missing = true;
      return `〔U+${sign.codePointAt(0)?.toString(16).toUpperCase()}〕`;
    }).join('');
  const set = (weight: Weight, size: number) => document.font(weight).fontSize(size).fillColor(INK);
  const rule = (y: number, colour: string, width: number) =>
    document
      .moveTo(MARGIN.side, y)
      .lineTo(MARGIN.side + WIDTH, y)
      .lineWidth(width)
      .strokeColor(colour)
      .stroke();
  const bottom = A4.height - MARGIN.bottom;
  const heightOf = (cells: readonly string[], widths: readonly number[]): number =>
    Math.max(
      ...cells.map((cell, index) =>
        document.heightOfString(cell, { width: (widths[index] ?? 0) - 2 * CELL.x }),
      ),
    ) +
    2 * CELL.y;
  const row = (cells: readonly string[], widths: readonly number[], height: number, y: number) => {
    let x = MARGIN.side;
    cells.forEach((cell, index) => {
      const width = widths[index] ?? 0;
      document.text(cell, x + CELL.x, y + CELL.y, { width: width - 2 * CELL.x });
      x += width;
    });
    rule(y + height, RULE, 0.4);
    document.y = y + height;
  };

  set('bold', SIZE.title).text(legible(paper.title), MARGIN.side, MARGIN.top, {
    width: WIDTH,
    align: 'center',
  });
  document.moveDown(0.6);
  rule(document.y, INK, 0.8);
  set('regular', SIZE.text);
  const nameWidth = 92;
  for (const [name, value] of paper.facts) {
    const cells = [legible(name), legible(value)];
    const widths = [nameWidth, WIDTH - nameWidth];
    row(cells, widths, heightOf(cells, widths), document.y);
  }

  for (const table of paper.tables) {
    const shown = table.columns.flatMap(({ head, width }, index) =>
      width > 0 ? [{ head, width, index }] : [],
    );
    if (shown.length === 0) continue;
    const whole = shown.reduce((sum, { width }) => sum + width, 0);
    const widths = shown.map(({ width }) => (width / whole) * WIDTH);
    const rows = table.rows.map((cells) => shown.map(({ index }) => legible(cells[index] ?? '')));
    const heads = shown.map(({ head }) => legible(head));
    set('bold', SIZE.text);
    const headHeight = heightOf(heads, widths);
    const drawHead = () => {
      document.rect(MARGIN.side, document.y, WIDTH, headHeight).fill(SHADE);
      set('bold', SIZE.text);
      row(heads, widths, headHeight, document.y);
      set('regular', SIZE.text);
    };
    const name = legible(table.name);
    const nameHeight = set('bold', SIZE.head).heightOfString(name, { width: WIDTH });
    set('regular', SIZE.text);
    const first = rows[0]
      ? headHeight + heightOf(rows[0], widths)
      : document.heightOfString(legible(table.empty), { width: WIDTH });
    // A heading never stands at the foot of a page without what is under it, nor a head without a row.
    if (document.y + GAP.table + nameHeight + GAP.name + first > bottom) document.addPage();
    else document.y += GAP.table;
    set('bold', SIZE.head).text(name, MARGIN.side, document.y, { width: WIDTH });
    document.y += GAP.name;
    if (rows.length === 0) {
      set('regular', SIZE.text).text(legible(table.empty), MARGIN.side, document.y, { width: WIDTH });
      continue;
    }
    drawHead();
    for (const cells of rows) {
      const height = heightOf(cells, widths);
      if (document.y + height > bottom) {
        document.addPage();
        drawHead();
      }
      row(cells, widths, height, document.y);
    }
  }

  const notes = [...paper.notes.map(legible)];
  if (missing) notes.push(paper.missingSigns);
  set('regular', SIZE.small);
  const noted = notes.reduce((sum, note) => sum + document.heightOfString(note, { width: WIDTH }), 0);
  // Who seals and signs does so under something that is said: the lines for it go with the notes.
  if (document.y + GAP.table + noted + SEAL.gap + SEAL.height > bottom) document.addPage();
  else document.y += GAP.table;
  for (const note of notes) document.text(note, MARGIN.side, document.y, { width: WIDTH });
  document.y += SEAL.gap;
  set('regular', SIZE.text);
  const place = WIDTH / paper.seal.length;
  const sealAt = document.y;
  paper.seal.map(legible).forEach((name, index) => {
    const x = MARGIN.side + index * place;
    document.text(name, x, sealAt, { width: place - CELL.x });
    document
      .moveTo(x, sealAt + SEAL.line)
      .lineTo(x + place - 3 * CELL.x, sealAt + SEAL.line)
      .lineWidth(0.4)
      .strokeColor(RULE)
      .stroke();
  });

  const { count } = document.bufferedPageRange();
  const [left, right] = paper.foot.map(legible);
  for (let index = 0; index < count; index += 1) {
    document.switchToPage(index);
    // The foot lies in the margin, where text would otherwise begin a new page.
    document.page.margins.bottom = 0;
    const y = A4.height - MARGIN.bottom + 18;
    const line = { width: WIDTH, lineBreak: false };
    rule(y - 5, RULE, 0.4);
    set('regular', SIZE.small)
      .text(left ?? '', MARGIN.side, y, { ...line, align: 'left' })
      .text(paper.page(index + 1, count), MARGIN.side, y, { ...line, align: 'center' })
      .text(right ?? '', MARGIN.side, y, { ...line, align: 'right' });
  }
  document.end();
  await ended;
  return Buffer.concat(bytes);
}
