import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseRootFile } from './format';
import { LedgerVerifier } from './ledger-verifier';
import { nodeCrypto } from './node-crypto';
import { reportLines } from './report';

const CHUNK = 1 << 20;
const USAGE = '用法 / usage: npm run verify:ledger -- EXPORT [--root ROOTFILE]…   (EXPORT: -, --database)';

/** Verifies an export: 0 nothing was changed, 1 something was, 2 it could not be read. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { root: { type: 'string', multiple: true, default: [] } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined) throw new Error(USAGE);
  const kept = await Promise.all(
    values.root.map(async (root) => parseRootFile(await readFile(resolve(root), 'utf8'))),
  );
  const verifier = new LedgerVerifier(nodeCrypto, kept);
  const input = file === '-' ? process.stdin : createReadStream(resolve(file), { highWaterMark: CHUNK });
  for await (const chunk of input) verifier.push(chunk as Uint8Array);
  const report = verifier.finish();
  process.stdout.write(`${reportLines(report).join('\n')}\n`);
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
