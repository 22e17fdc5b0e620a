// Part of the build: starts the bundle once on a folder that is thrown away, and keeps what V8 compiled for that.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CODE_CACHE, runBundle } from './bundle.cjs';

rmSync(CODE_CACHE, { force: true });
const folder = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-build-'));
process.argv.push('--dbpath', folder);
process.stdout.write = () => true; // nobody will use its URI
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const { script, started } = runBundle();
await started;
writeFileSync(CODE_CACHE, script.createCachedData());
process.kill(process.pid, 'SIGTERM');
