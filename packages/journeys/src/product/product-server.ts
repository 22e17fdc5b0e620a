import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE } from '../browser/tools-folder';

const SERVER = join(PACKAGE, '../../apps/server/dist/main.js');
/** The line by which the server says where it answers; it is printed once the server is ready. */
const ANSWERS_AT = /learner app\s+(http:\/\/\S+?)\/\s/;

/** The product as a person starts it: the built server on its own folder and a free port. */
export interface ProductServer extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string;
}

/** Starts the built server with fresh demonstration data; resolves when it is ready. Disposing stops it and removes its data. */
export async function startProduct(): Promise<ProductServer> {
  if (!existsSync(SERVER)) throw new Error('The product is not built: run the builds first (npm test does).');
  const dataDir = await mkdtemp(join(tmpdir(), 'cadre-journey-'));
  const child = spawn(process.execPath, [SERVER, '--mode', 'demo'], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    await stopChild(child);
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const url = await addressOf(child);
    const ready = await fetch(`${url}/readyz`);
    if (!ready.ok) throw new Error(`The server says where it is, yet /readyz answers ${ready.status}.`);
    return { url, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (piece: string): void => {
      said += piece;
      const url = ANSWERS_AT.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.setEncoding('utf8').on('data', hear);
    child.stderr?.setEncoding('utf8').on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The server ended with ${String(code)}:\n${said}`)));
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
