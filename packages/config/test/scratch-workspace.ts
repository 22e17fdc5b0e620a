import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The folder of the real workspace. */
export const REPOSITORY = resolve(import.meta.dirname, '../../..');

/** A folder that exists for one test: files by relative path, links by relative path → target. */
export async function scratchWorkspace(
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>> = {},
): Promise<AsyncDisposable & { readonly folder: string; write(path: string, text: string): Promise<void> }> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'cadre-guards-')));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) await write(path, text);
  for (const [path, target] of Object.entries(links)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await symlink(resolve(folder, target), join(folder, path));
  }
  return { folder, write, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** Runs a tool of the real workspace in a folder; a guard that objects exits with another code than 0. */
export function runTool(
  tool: string,
  args: readonly string[],
  folder: string,
): Promise<{ code: number; stdout: string; output: string }> {
  return new Promise((done) => {
    execFile(
      resolve(REPOSITORY, 'node_modules/.bin', tool),
      args,
      {
        cwd: folder,
        maxBuffer: 64 << 20,
        env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', NO_COLOR: '1' },
      },
      (error, stdout, stderr) => {
        done({
          code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1,
          stdout,
          output: stdout + stderr,
        });
      },
    );
  });
}
