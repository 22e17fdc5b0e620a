import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mustBeFree, serverPort } from '../steps/address.mjs';
import { build, install } from '../steps/prepare.mjs';
import { stopChild, stopTogether, toolEnvironment } from '../steps/processes.mjs';
import { commandFile, ROOT } from '../steps/workspace.mjs';

const LEARNER_PORT = 5173;
const ADMIN_PORT = 5174;

/** Watch mode: the server restarts on a change, both apps reload in the browser and pass on what is not theirs to the server. */
export async function run() {
  const port = serverPort();
  for (const each of [port, LEARNER_PORT, ADMIN_PORT]) await mustBeFree(each);
  await install('product');
  await build(['@cadre/server^...']);

  const server = join(ROOT, 'apps/server');
  const app = (/** @type {string} */ name, /** @type {number} */ at) => ({
    name,
    folder: join(ROOT, 'apps', name),
    args: [commandFile(join(ROOT, 'apps', name), 'vite'), '--port', String(at), '--strictPort'],
  });
  const parts = [
    {
      name: 'server',
      folder: server,
      args: [commandFile(server, 'tsx'), 'watch', '--clear-screen=false', 'src/main.ts', '--mode', 'demo'],
    },
    app('learner', LEARNER_PORT),
    app('admin', ADMIN_PORT),
  ];
  const env = { ...toolEnvironment(), PORT: String(port), CADRE_SERVER_URL: `http://127.0.0.1:${port}` };
  const children = parts.map(({ name, folder, args }) => {
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => console.log(`${name.padEnd(7)} │ ${line}`));
    }
    return child;
  });
  console.log(
    `学员端 · learner app  http://127.0.0.1:${LEARNER_PORT}/\n管理端 · admin app    http://127.0.0.1:${ADMIN_PORT}/admin/`,
  );
  const release = stopTogether(children);
  await Promise.race(children.map((child) => once(child, 'exit')));
  release();
  await Promise.all(children.map(stopChild)); // one without the others is of no use
  process.exitCode = 1;
}
