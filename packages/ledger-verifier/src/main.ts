import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UnreadableExportError, type RootFile } from './format';
import { LedgerVerifier } from './ledger-verifier';
import { nodeCrypto } from './node-crypto';
import { reportLines } from './report';
import { parseRootFile } from './root-file';

const CHUNK = 1 << 20;
const USAGE =
  '用法 / usage: npm run verify:ledger -- EXPORT [--root ROOTFILE]… [--english]   (EXPORT: -, --database)';

function readOptions() {
  try {
    return parseArgs({
      options: {
        root: { type: 'string', multiple: true, default: [] },
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

const readRoot = (file: string): Promise<RootFile> =>
  named(file, async () => parseRootFile(await readFile(resolve(file))));

/** Verifies an export: 0 nothing was changed, 1 something was, 2 it could not be read. */
async function main(): Promise<number> {
  const { values, positionals } = readOptions();
  // What is named after the export can only be kept roots.
  const [file, ...others] = positionals;
  if (file === undefined) throw new Error(USAGE);
  const kept = await Promise.all([...others, ...values.root].map(readRoot));
  const verifier = new LedgerVerifier(nodeCrypto, kept);
  const input = file === '-' ? process.stdin : createReadStream(resolve(file), { highWaterMark: CHUNK });
  const report = await named(file, async () => {
    for await (const chunk of input) verifier.push(chunk as Uint8Array);
    return verifier.finish();
  });
  const language = values.english ? 'en' : 'zh';
  process.stdout.write(`${reportLines(report, 'command', language).join('\n')}\n`);
  return report.faults.length === 0 ? 0 : 1;
}

/** A file that cannot be read is said with its name, in both languages. */
function whyUnread(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `没有这个文件 / there is no such file: ${path}`;
  if (path !== undefined || code === 'EISDIR') return `文件无法读取 / the file cannot be read: ${message}`;
  return message;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${whyUnread(error)}\n`);
    process.exitCode = 2;
  },
);
