import { UnreadableExportError } from './format';

/** So many bytes tell what a file is. */
export const ENOUGH = 16;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

const ARCHIVES = ['PK', '\x1f\x8b', '7z\xbc\xaf', 'Rar!', '\xfd7zXZ'];
const packed =
  '这是压缩文件，请先解压，再给其中的 .jsonl / this is an archive: unpack it and give the .jsonl inside';
const utf16 =
  '这个文件被另存成了别的编码（UTF-16），请给服务器导出的原文件 / this file was saved in another encoding (UTF-16): give the file as it was exported';
const root =
  '这是封存文件，不是流水的导出；请连同导出一起给 / this is a seal file, not an export of the ledger: give it together with the export';
const database =
  '这是数据库文件，请先从它恢复，再导出流水 / this is a database file: restore it and export the ledger from it';
const other =
  '这不是流水的导出，或开头被改过；请给「导出全部流水」得到的 .jsonl 文件 / this is no export of the ledger, or its beginning was changed: give the .jsonl file that was exported';

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Some programs put a mark before a text when they save it; it says nothing. */
export const withoutMark = (bytes: Uint8Array): Uint8Array =>
  startsWith(bytes, BYTE_ORDER_MARK) ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;

const PICTURES = ['\x89PNG', '\xff\xd8\xff', 'GIF8', 'BM', 'RIFF', '%PDF'];

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, ENOUGH));

/** What a file is that was given as a kept root, and what to do then; null when it may be one. */
export function whyNoRoot(bytes: Uint8Array): string | null {
  const start = latin(withoutMark(bytes));
  if (bytes.length === 0)
    return '这个文件是空的；请换一份封存文件 / this file is empty: give another seal file';
  if (ARCHIVES.some((one) => start.startsWith(one)))
    return '这是压缩文件，请先解压，再给其中的封存文件（.json）/ this is an archive: unpack it and give the seal file (.json) inside';
  if (PICTURES.some((one) => start.startsWith(one)))
    return '这是图片或文档，不是封存文件；请给「下载封存文件」得到的 .json 文件 / this is a picture or a document, no seal file: give the .json file that was downloaded as the seal';
  if (start.startsWith('SQLite')) return database;
  const text = textOf(bytes.subarray(0, 64)).replace(/^\uFEFF/, '');
  return text.startsWith('{"export"')
    ? '这是流水的导出，不是封存文件：导出放在最前面，封存文件用 --root 给（网页里一起选进来就行）/ this is an export of the ledger, not a seal file: name the export first and the seal file with --root (on the page choose both)'
    : null;
}

/** What these first bytes are instead of an export's, and what to do then; null when they may be an export's. */
export function whyNoExport(first: Uint8Array): string | null {
  const bytes = withoutMark(first);
  const text = String.fromCharCode(...bytes.subarray(0, ENOUGH));
  if (text === '') return '这个文件是空的，请重新导出 / this file is empty: export the ledger again';
  if (ARCHIVES.some((start) => text.startsWith(start))) return packed;
  if (/^(\xff\xfe|\xfe\xff|\0?\{\0)/.test(text)) return utf16;
  if (text.startsWith('SQLite')) return database;
  if (text.startsWith('{"root"')) return root;
  return text.startsWith('{"') ? null : other;
}

/** Not at the beginning, but later it shows that the text is not UTF-8. */
export const recoded = (): UnreadableExportError =>
  new UnreadableExportError(
    '这个文件被另存成了别的编码（多半是 GB18030，也叫 ANSI），汉字读不出来；请给服务器导出的原文件，不要用别的软件打开后再保存 / this file was saved in another encoding (most likely GB18030, also called ANSI), its Chinese cannot be read: give the file as it was exported, not saved again by another program',
  );

export const noExport = (): UnreadableExportError => new UnreadableExportError(other);

/** The text of a kept root, which is small; as UTF-16, as some programs save it, it says the same. */
export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isLittle = first === 0xff || second === 0;
  const isBig = first === 0xfe || first === 0;
  return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8').decode(bytes);
}
