import { join, resolve } from 'node:path';
import { build, install } from './prepare.mjs';
import { runNode, toolEnvironment } from './processes.mjs';
import { Refusal } from './refusal.mjs';
import { DATA, ROOT } from './workspace.mjs';

const SERVER = join(ROOT, 'packages/embedded-mongo/bin/embedded-mongo.mjs');

/**
 * Runs a maintenance command of the embedded database on the data of this installation: `.data/live`, with `--demo`
 * those of the demonstration, with `DATA_DIR` those of that folder.
 * @param {'backup' | 'restore' | 'verify'} command
 * @param {readonly string[]} args a file, named from where npm was called; `verify` without one looks at the data
 * @param {{ done: string, failed: string }} words Chinese and English, said before the details
 */
export async function maintain(command, args, words) {
  const demo = args.includes('--demo');
  const files = args.filter((argument) => argument !== '--demo');
  const [file] = files;
  if (files.length > 1 || (file === undefined && command !== 'verify')) {
    const name = command === 'verify' ? 'verify:database' : command;
    throw new Refusal(`用法：npm run ${name} -- 文件 [--demo] · usage: npm run ${name} -- FILE [--demo]`);
  }
  if (process.env['MONGODB_URI'] !== undefined && !demo && (file === undefined || command !== 'verify')) {
    throw new Refusal(
      '数据在 MONGODB_URI 的服务器上，请用它自己的工具（mongodump）· the data are on the server of MONGODB_URI, use its own tools (mongodump)',
    );
  }
  await install('product');
  await build(['@cadre/embedded-mongo']);
  const folder = process.env['DATA_DIR'] ?? join(DATA, demo ? 'demo' : 'live');
  const path = file === undefined ? [] : [resolve(process.env['INIT_CWD'] ?? '.', file)];
  const where = command === 'verify' && file !== undefined ? [] : ['--dbpath', folder];
  const { code, output } = await runNode(SERVER, [command, ...where, ...path], {
    env: toolEnvironment(),
    output: 'keep',
  });
  if (code !== 0) throw new Refusal(words.failed, output.trim());
  console.log(`✓ ${words.done} · ${output.trim()}`);
}
