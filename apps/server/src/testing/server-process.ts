import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** The product as people run it: a process of its own, with its database in a child of that. */
export interface ServerProcess {
  url: string;
  child: ChildProcess;
  /** Asks it to stop as Ctrl-C does, and waits until it has; the exit code. */
  stop(): Promise<number | null>;
  /** Ends it without a chance to do anything. */
  kill(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** Begins to start the live product from its source, on a free port unless the environment names one. */
export function spawnServer(
  environment: Record<string, string>,
): ChildProcessByStdio<null, Readable, Readable> {
  const { MONGODB_URI: _given, ...inherited } = process.env;
  return spawn(process.execPath, ['--import', 'tsx', MAIN, '--mode', 'live'], {
    env: { ...inherited, HOST: '127.0.0.1', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Starts the live product and waits until it is up; rejects with what it said when it does not come up. */
export async function startServerProcess(environment: Record<string, string>): Promise<ServerProcess> {
  const child = spawnServer(environment);
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const address = /learner app\s+(http:\/\/\S+?)\/\n/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void exited.then(() => reject(new Error(`the server has not come up: ${said}`)));
  });
  return {
    url,
    child,
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
