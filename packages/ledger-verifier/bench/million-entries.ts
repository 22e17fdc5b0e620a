/**
 * A million entries through the verifier, beside the bare SHA-256 of the same bytes, with the memory it took; then the
 * same file through the command `npm run verify:ledger`.
 * `ENTRIES=1000000 tsx bench/million-entries.ts`
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRootFile } from '../src/format';
import { LedgerVerifier } from '../src/ledger-verifier';
import { nodeCrypto } from '../src/node-crypto';
import { makeLargeExport } from '../src/testing/make-export';

const ENTRIES = Number(process.env['ENTRIES'] ?? 1_000_000);
const CHUNK = 1 << 20;
const COMMAND = join(import.meta.dirname, '..', '..', 'config', 'scripts', 'run.cjs');
const seconds = (since: number): number => (performance.now() - since) / 1_000;

const folder = mkdtempSync(join(tmpdir(), 'ledger-bench-'));
try {
  const file = join(folder, 'ledger.jsonl');
  const out = openSync(file, 'w');
  const root = makeLargeExport(ENTRIES, (text) => void writeSync(out, text));
  closeSync(out);

  let since = performance.now();
  const bare = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) bare.update(chunk as Buffer);
  bare.digest();
  const bareSeconds = seconds(since);

  let highest = 0;
  since = performance.now();
  const cpuBefore = process.cpuUsage();
  const verifier = new LedgerVerifier(nodeCrypto, parseRootFile(root));
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) {
    verifier.push(chunk as Buffer);
    highest = Math.max(highest, process.memoryUsage().heapUsed);
  }
  const report = verifier.finish();
  const verifySeconds = seconds(since);
  const cpu = process.cpuUsage(cpuBefore);

  const rootFile = join(folder, 'root.json');
  writeFileSync(rootFile, root);
  since = performance.now();
  const command = spawnSync(process.execPath, [COMMAND, 'verify-ledger', file, '--root', rootFile], {
    encoding: 'utf8',
  });
  const commandSeconds = seconds(since);
  console.log(
    JSON.stringify({
      entries: report.entries,
      people: report.people,
      faults: report.faults.length,
      megabytes: Math.round(statSync(file).size / 1e6),
      verifySeconds: Number(verifySeconds.toFixed(1)),
      verifyCpuSeconds: Number(((cpu.user + cpu.system) / 1e6).toFixed(1)),
      bareSha256Seconds: Number(bareSeconds.toFixed(2)),
      commandSeconds: Number(commandSeconds.toFixed(1)),
      commandExit: command.status,
      ratio: Number((verifySeconds / bareSeconds).toFixed(1)),
      heapMegabytes: Math.round(highest / 1e6),
    }),
  );
  console.log(command.stdout.trim());
  if (report.faults.length > 0 || command.status !== 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
