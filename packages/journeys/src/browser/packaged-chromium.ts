import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PACKAGE, TOOLS } from './tools-folder';

const run = promisify(execFile);

/** With this variable the package also unpacks the libraries that a bare machine lacks. */
const WITH_LIBRARIES = { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
const UNPACK = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";

/** The browser that comes as an npm package: nothing is downloaded, nothing is installed on the system. */
export interface PackagedChromium {
  readonly executable: string;
  readonly libraries: string;
  /** Latin fonts; Chinese ones come from elsewhere. */
  readonly fonts: string;
}

/** Unpacks the browser once per version; runs that start at the same time do not disturb each other. */
export async function packagedChromium(): Promise<PackagedChromium> {
  const folder = join(TOOLS, `chromium-${await packageVersion()}`);
  if (!existsSync(folder)) await unpackInto(folder);
  return {
    executable: join(folder, 'chromium'),
    libraries: join(folder, 'al2023/lib'),
    fonts: join(folder, 'fonts'),
  };
}

async function packageVersion(): Promise<string> {
  const manifest = await readFile(join(PACKAGE, 'node_modules/@sparticuz/chromium/package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** The package unpacks into the temporary folder of its process, so it gets a process with one of its own. */
async function unpackInto(folder: string): Promise<void> {
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await run(process.execPath, ['--input-type=module', '--eval', UNPACK], {
      cwd: PACKAGE,
      env: { ...process.env, ...WITH_LIBRARIES, TMPDIR: unfinished },
    });
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another run was first
  }
}
