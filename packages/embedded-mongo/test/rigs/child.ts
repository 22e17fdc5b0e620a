import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';

const COMMAND = path.join(import.meta.dirname, '..', '..', 'bin', 'embedded-mongo.mjs');

/** A port that is free now, for a server that must come back under the same one. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

export interface ServerProcess {
  uri: string;
  pid: number;
  /** Ends it without any chance to tidy up. */
  kill(): Promise<void>;
}

/** Runs the command from source, so that the tests never meet an older build. */
export function startProcess(...args: string[]): Promise<ServerProcess> {
  return serving(process.execPath, [COMMAND, ...args]);
}

/** The same for a process that cannot make any file longer than so many kilobytes, as if the disk were full. */
export function startOnSmallDisk(kilobytes: number, ...args: string[]): Promise<ServerProcess> {
  const limited = `trap '' XFSZ; ulimit -f ${kilobytes * 2}; exec "$@"`; // in blocks of 512 bytes
  return serving('sh', ['-c', limited, 'sh', process.execPath, COMMAND, ...args]);
}

async function serving(program: string, args: string[]): Promise<ServerProcess> {
  const child: ChildProcess = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, EMBEDDED_MONGO_FROM_SOURCE: '1' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const uri = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('\n')) resolve(output.slice(0, output.indexOf('\n')));
    });
    void exited.then(() => reject(new Error('the server process has ended')));
  });
  return {
    uri,
    pid: child.pid as number,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** A number from the environment for the long form of a rig, or its short default. */
export function setting(name: string, short: number): number {
  return Number(process.env[name] ?? short);
}
