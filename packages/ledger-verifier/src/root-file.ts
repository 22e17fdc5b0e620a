import { textOf, whyNoRoot } from './beginning';
import { UnreadableExportError, type RootDocument, type RootFile } from './format';
import { hasShape } from './shapes';

const neither = '这既不是流水的导出，也不是封存文件 / neither an export nor a seal file';
const half =
  '这份封存文件不完整：没有拷贝完，或被截断了；请重新拷贝，或换一份 / this seal file is not complete: copying was not finished, or it was cut off: copy it again or give another';
const noRoot =
  '这个文件里没有封存，或是早先格式的；请换一份封存文件 / no seal in this file, or one of an earlier format: give another';
const damaged =
  '这份封存文件不完整或被改过；请换一份没有动过的 / this seal file is incomplete or was changed: give one that was not touched';

/** Reads a kept root: the file that the export writes beside itself, or a root as the public interface gives it. */
export function parseRootFile(content: string | Uint8Array): RootFile {
  const why = typeof content === 'string' ? null : whyNoRoot(content);
  if (why !== null) throw new UnreadableExportError(why);
  const text = typeof content === 'string' ? content : textOf(content);
  let value: Partial<RootFile> & Partial<RootDocument> & { items?: RootDocument[] };
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, '')) as typeof value;
  } catch {
    throw new UnreadableExportError(/^\uFEFF?\s*\{"(root|items|number)"/.test(text) ? half : neither);
  }
  if (typeof value !== 'object' || (value as unknown) === null) throw new UnreadableExportError(noRoot);
  const root =
    typeof value.root === 'object' && (value.root as unknown) !== null
      ? value.root
      : (value.items?.[0] ?? (value as RootDocument));
  const {
    number,
    day,
    size,
    histories,
    regulations,
    countersigned,
    previousRootHash,
    keyId,
    signedAt,
    signature,
  } = root;
  const document = {
    number,
    day,
    size,
    root: root.root,
    regulations,
    countersigned,
    previousRootHash,
    keyId,
    signedAt,
    signature,
  };
  if (Object.values(document).some((field) => (field as unknown) === undefined))
    throw new UnreadableExportError(noRoot);
  const covering = histories === undefined ? document : { ...document, histories };
  const { keys = [], heads = [] } = value;
  const isWhole =
    hasShape('root', covering) &&
    Array.isArray(keys) &&
    keys.every((key) => hasShape('key', key)) &&
    hasShape('heads', heads);
  if (!isWhole) throw new UnreadableExportError(damaged);
  return { root: covering, keys, heads };
}
