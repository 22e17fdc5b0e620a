import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Durability } from './store/group-commit';

/** Found by the package's name, since this file may have been bundled into another one. */
const COMMAND = createRequire(import.meta.url).resolve('@cadre/embedded-mongo/command');

const STOP_MS = 10_000;

/** Precedes the address of a server that runs already, which the child process found in place of starting one. */
export const JOINED = 'joined ';

export interface SpawnOptions {
  dbPath: string;
  /** 0, the default: any free port of 127.0.0.1. */
  port?: number | undefined;
  /** Instead of a port; both are an error. */
  socketPath?: string | undefined;
  durability?: Exclude<Durability, 'none'> | undefined;
  /** Where another process serves the folder already, use its server; otherwise that is an error. */
  join?: boolean | undefined;
}

export interface SpawnedMongo {
  uri: string;
  /** False when the server is another process's, which serves on; `stop` then does nothing. */
  owned: boolean;
  pid: number;
  /** Resolves when the process has ended; rejects never. The code is null after a signal. */
  exited: Promise<number | null>;
  stop(): Promise<void>;
}

/** Starts the server as a child process, which ends when this process does, however that ends. */
export async function spawnEmbeddedMongo(options: SpawnOptions): Promise<SpawnedMongo> {
  const args = ['--dbpath', options.dbPath, '--with-parent'];
  if (options.port !== undefined) args.push('--port', String(options.port));
  if (options.socketPath) args.push('--socket', options.socketPath);
  if (options.durability) args.push('--durability', options.durability);
  if (options.join) args.push('--join');
  // In a group of its own: a Ctrl-C is the parent's, which still needs the database to stop cleanly.
  const child = spawn(process.execPath, [COMMAND, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  // The pipe only has to stay open: when it closes, the child knows that its parent is gone.
  child.stdin.on('error', () => undefined);
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-4000)));
  const line = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const end = output.indexOf('\n');
      if (end >= 0) resolve(output.slice(0, end));
    });
    child.once('error', reject);
    void exited.then((code) =>
      reject(new Error(errors.trim() || `the database process ended with code ${code}`)),
    );
  });
  const owned = !line.startsWith(JOINED);
  return {
    uri: owned ? line : line.slice(JOINED.length),
    owned,
    pid: child.pid as number,
    exited,
    stop: async () => {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
