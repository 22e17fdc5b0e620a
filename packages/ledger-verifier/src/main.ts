import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UnreadableExportError, type RootFile } from './format';
import { LedgerVerifier } from './ledger-verifier';
import { nodeCrypto } from './node-crypto';
import { checkedLines, type CheckedFile } from './checked';
import { isUndecided, reportLines, verdictOf } from './report';
import { parseRootFile } from './root-file';

const CHUNK = 1 << 20;
const USAGE =
  '用法 / usage: npm run verify:ledger -- EXPORT [--root ROOTFILE]… [--all] [--english]   (EXPORT: -, --database)';
const EXIT_CODES = { intact: 0, broken: 1, unproven: 3 };
const UNREADABLE = 2;

function readOptions() {
  try {
    return parseArgs({
      options: {
        root: { type: 'string', multiple: true, default: [] },
        all: { type: 'boolean', default: false },
        english: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
  } catch {
    throw new Error(USAGE);
  }
}

/** Says which of the files it is that cannot be read. */
async function named<Result>(file: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UnreadableExportError)
      throw new Error(`${file}：${error.message}`, { cause: error });
    throw error;
  }
}

const readRoot = (name: string): Promise<CheckedFile & { file: RootFile }> =>
  named(name, async () => {
    const bytes = await readFile(resolve(name));
    return { name, file: parseRootFile(bytes), sha256: nodeCrypto.sha256Hex(bytes) };
  });

/** Of a file whose ends of lines are not as they were hashed; of what came through a pipe it cannot be said any more. */
async function digestOf(file: string): Promise<string | null> {
  if (file === '-') return null;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(resolve(file), { highWaterMark: CHUNK }))
    hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

/** Verifies an export: 0 proven, 1 something was changed, 2 it could not be read whole or held to a seal, 3 nothing was kept to hold it to. */
async function main(): Promise<number> {
  const { values, positionals } = readOptions();
  // What is named after the export can only be kept roots.
  const [file, ...others] = positionals;
  if (file === undefined) throw new Error(USAGE);
  const kept = await Promise.all([...others, ...values.root].map(readRoot));
  const verifier = new LedgerVerifier(
    nodeCrypto,
    kept.map((one) => one.file),
  );
  const input = file === '-' ? process.stdin : createReadStream(resolve(file), { highWaterMark: CHUNK });
  const report = await named(file, async () => {
    for await (const chunk of input) verifier.push(chunk as Uint8Array);
    return verifier.finish();
  });
  const language = values.english ? 'en' : 'zh';
  const sha256 = report.fileSha256 ?? (await digestOf(file));
  const lines = [
    ...reportLines(report, { language, isAll: values.all }),
    ...checkedLines([{ name: file, sha256 }, ...kept], new Date(), language),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return isUndecided(report) ? UNREADABLE : EXIT_CODES[verdictOf(report)];
}

/** A file that cannot be read is said with its name, in both languages. */
function whyUnread(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code === 'EISDIR')
    return '这是文件夹，不是文件；请给其中的导出文件 / this is a folder: give the export file inside';
  if (code === 'ENOENT') return `没有这个文件 / there is no such file: ${path}`;
  if (path !== undefined) return `文件无法读取 / the file cannot be read: ${message}`;
  return message;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${whyUnread(error)}\n`);
    process.exitCode = UNREADABLE;
  },
);
