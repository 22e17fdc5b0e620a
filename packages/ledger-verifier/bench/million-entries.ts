/**
 * A million entries with the settlements that made them, in three steps that are timed apart: the ledger is made, its
 * bytes are hashed bare for comparison, and it is verified by a process of its own, so that its memory is its own.
 * `ENTRIES=1000000 tsx bench/million-entries.ts`
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRootFile } from '../src/root-file';
import { LedgerVerifier } from '../src/ledger-verifier';
import { nodeCrypto } from '../src/node-crypto';
import { pageCrypto } from '../src/page-crypto';
import { makeLargeExport } from '../src/testing/make-export';

const ENTRIES = Number(process.env['ENTRIES'] ?? 1_000_000);
const CHUNK = 1 << 20;
const COMMAND = join(import.meta.dirname, '..', '..', 'config', 'scripts', 'run.cjs');
const CRYPTO = { node: nodeCrypto, page: pageCrypto };

/** What a step took: seconds of the clock and of the processor. */
interface Taken {
  seconds: number;
  cpuSeconds: number;
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

async function timed(step: () => void | Promise<void>): Promise<Taken> {
  const [since, before] = [performance.now(), process.cpuUsage()];
  await step();
  const { user, system } = process.cpuUsage(before);
  return { seconds: tenths((performance.now() - since) / 1e3), cpuSeconds: tenths((user + system) / 1e6) };
}

/** The verification alone, in this process. */
async function verify(file: string, rootFile: string, crypto: keyof typeof CRYPTO): Promise<void> {
  const verifier = new LedgerVerifier(CRYPTO[crypto], [parseRootFile(readFileSync(rootFile, 'utf8'))]);
  const taken = await timed(async () => {
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK }))
      verifier.push(chunk as Buffer);
  });
  const { entries, settlements, people, faults } = verifier.finish();
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1e3);
  console.log(
    JSON.stringify({ ...taken, peakMegabytes, entries, settlements, people, faults: faults.length }),
  );
  if (faults.length > 0 || entries < ENTRIES) process.exitCode = 1;
}

/** Runs this file again for one step; its line of figures. */
function apart(...args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...process.execArgv, import.meta.filename, ...args],
    { encoding: 'utf8' },
  );
  if (status !== 0) process.exitCode = 1;
  return (stdout + stderr).trim();
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-bench-'));
  try {
    const [file, rootFile] = [join(folder, 'ledger.jsonl'), join(folder, 'root.json')];
    const made = await timed(() => {
      const out = openSync(file, 'w');
      writeFileSync(
        rootFile,
        makeLargeExport(ENTRIES, (text) => void writeSync(out, text)),
      );
      closeSync(out);
    });
    console.log('make', JSON.stringify({ ...made, megabytes: Math.round(statSync(file).size / 1e6) }));
    const bare = await timed(async () => {
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(file, { highWaterMark: CHUNK }))
        hash.update(chunk as Buffer);
      hash.digest();
    });
    console.log('bare SHA-256', JSON.stringify(bare));
    console.log('verify', apart(file, rootFile, 'node'));
    console.log('verify as the page does', apart(file, rootFile, 'page'));
    const command = await timed(() => {
      const { status, stdout } = spawnSync(
        process.execPath,
        [COMMAND, 'verify-ledger', file, '--root', rootFile],
        { encoding: 'utf8' },
      );
      console.log(stdout.trim());
      if (status !== 0) process.exitCode = 1;
    });
    console.log('npm run verify:ledger', JSON.stringify({ seconds: command.seconds }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [file, rootFile, crypto] = process.argv.slice(2);
if (file !== undefined && rootFile !== undefined)
  await verify(file, rootFile, crypto === 'page' ? 'page' : 'node');
else await main();
