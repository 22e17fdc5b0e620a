import { lstatSync, mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';

/** What the system can keep of a path, its end not counted. */
const LONGEST = process.platform === 'linux' ? 107 : 103;

/** The path given for the unix socket cannot be used. */
class SocketPathError extends Error {
  override readonly name = 'SocketPathError';
}

/**
 * Makes room for a unix socket: its folder, and away with one that a dead server has left. One that somebody answers on, another
 * kind of file and a path that is too long are errors; nothing is touched then.
 */
export async function claimSocketPath(socketPath: string): Promise<void> {
  const length = Buffer.byteLength(socketPath);
  if (length > LONGEST) {
    throw new SocketPathError(
      `the socket path is too long: ${length} bytes, at most ${LONGEST} are possible: ${socketPath}`,
    );
  }
  mkdirSync(path.dirname(socketPath), { recursive: true, mode: 0o700 });
  const there = lstatSync(socketPath, { throwIfNoEntry: false });
  if (!there) return;
  if (!there.isSocket()) throw new SocketPathError(`${socketPath} exists and is not a socket`);
  if (await isAnswered(socketPath)) {
    throw new SocketPathError(`${socketPath} is in use by another server, which still runs`);
  }
  rmSync(socketPath, { force: true });
}

/** Only a refusal means that nobody is there: whoever may not ask, or finds the queue full, has met somebody. */
function isAnswered(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT'),
    );
  });
}
