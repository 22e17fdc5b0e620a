// From a machine with only Node and npm to an installed, built workspace. Each step is skipped when it was done before.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PNPM_HOME, PNPM_VERSION, runNode, runPnpm } from './processes.mjs';
import { progress } from './progress.mjs';
import { fileRefusal, Refusal } from './refusal.mjs';
import { commandFile, DATA, dependencyNames, readManifest, ROOT, TOOLS, workspaces } from './workspace.mjs';

/** The browser and its fonts (160 MB) are for the journeys alone; the first start does not wait for them. */
const JOURNEYS = '@cadre/journeys';
const STAMP = join(ROOT, 'node_modules/.cadre-installed.json');

/**
 * Gets pnpm and installs from the lockfile.
 * @param {'product' | 'everything'} scope `product` leaves the journeys' browser out
 */
export async function install(scope) {
  mustBeWritable();
  if (!existsSync(PNPM_HOME)) {
    await progress(`获取 pnpm ${PNPM_VERSION} · getting pnpm ${PNPM_VERSION}`, getPnpm);
  }
  if (!isInstalled(scope)) {
    await progress('安装依赖 · installing packages', () => installPackages(scope), {
      // On a terminal pnpm shows by itself how far it is.
      signOfLifeMs: process.stdout.isTTY ? Infinity : undefined,
    });
  }
}

/**
 * Builds what is not built yet.
 * @param {readonly string[]} [filters] turbo filters; everything if there are none
 */
export async function build(filters = []) {
  await progress('构建 · building', async () => {
    const args = [
      'run',
      'build',
      '--concurrency=2',
      '--output-logs=errors-only',
      ...filters.map((filter) => `--filter=${filter}`),
    ];
    const { code, output } = await runNode(commandFile(ROOT, 'turbo'), args, { output: 'keep' });
    if (code !== 0) throw new Refusal('构建失败 · the build failed', output);
  });
}

/** Everything is written inside the workspace; a folder that cannot take it is said before any work. */
function mustBeWritable() {
  const probe = join(TOOLS, `writable-${process.pid}`);
  for (const folder of [TOOLS, DATA]) {
    try {
      mkdirSync(folder, { recursive: true });
    } catch (error) {
      throw fileRefusal(error, ROOT);
    }
  }
  try {
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw fileRefusal(error, TOOLS);
  }
}

async function getPnpm() {
  const unfinished = `${PNPM_HOME}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  // --prefix makes npm take that folder as the project; it must not climb to our package.json.
  const args = [
    'install',
    '--prefix',
    unfinished,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    `pnpm@${PNPM_VERSION}`,
  ];
  const { code, output } = await runNode(npmFile(), args, {
    cwd: unfinished,
    env: process.env,
    output: 'keep',
  });
  if (code !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Refusal(
      '没能取得 pnpm，请检查网络或 npm 源设置 · could not get pnpm: check the network or the npm registry',
      output,
    );
  }
  renameSync(unfinished, PNPM_HOME);
}

/** @param {'product' | 'everything'} scope */
async function installPackages(scope) {
  rmSync(STAMP, { force: true });
  const args = ['install', '--frozen-lockfile', '--prefer-offline', '--config.confirmModulesPurge=false'];
  if (scope === 'product') args.push(`--filter=!${JOURNEYS}`);
  const onTerminal = process.stdout.isTTY;
  if (!onTerminal) args.push('--reporter=append-only');
  const { code, output } = await runPnpm(args, { output: onTerminal ? 'show' : 'keep' });
  if (code !== 0) throw new Refusal('没能安装依赖 · could not install the packages', output);
  writeFileSync(STAMP, JSON.stringify({ scope, fingerprint: fingerprint() }));
}

/** @param {'product' | 'everything'} scope */
function isInstalled(scope) {
  if (!existsSync(STAMP)) return false;
  const stamp = JSON.parse(readFileSync(STAMP, 'utf8'));
  const enough = stamp.scope === 'everything' || stamp.scope === scope;
  return enough && stamp.fingerprint === fingerprint() && nothingMissing(scope);
}

/** What an installation depends on: the lockfile, every package.json, and the machine. */
function fingerprint() {
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].map((file) => join(ROOT, file));
  const hash = createHash('sha256').update(
    [process.platform, process.arch, process.versions.modules, PNPM_VERSION].join(' '),
  );
  for (const file of [...files, ...workspaces().map(({ folder }) => join(folder, 'package.json'))])
    hash.update(readFileSync(file));
  return hash.digest('hex');
}

/** @param {'product' | 'everything'} scope */
function nothingMissing(scope) {
  return [{ folder: ROOT, manifest: readManifest(ROOT) }, ...workspaces()]
    .filter(({ manifest }) => scope === 'everything' || manifest.name !== JOURNEYS)
    .every(({ folder, manifest }) =>
      dependencyNames(manifest).every((name) =>
        existsSync(join(folder, 'node_modules', name, 'package.json')),
      ),
    );
}

/** npm's own script: the one that runs us, else the one beside this Node. */
function npmFile() {
  const running = process.env.npm_execpath;
  const beside = [
    '../lib/node_modules/npm/bin/npm-cli.js',
    'node_modules/npm/bin/npm-cli.js',
    '../share/nodejs/npm/bin/npm-cli.js',
  ];
  const found = [
    ...(running !== undefined && basename(running).startsWith('npm') ? [running] : []),
    ...beside.map((path) => join(dirname(process.execPath), path)),
  ].find((path) => existsSync(path));
  if (found === undefined) throw new Refusal('找不到 npm · npm was not found');
  return found;
}
