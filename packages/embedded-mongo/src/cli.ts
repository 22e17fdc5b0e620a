import { parseArgs } from 'node:util';
import { startEmbeddedMongo } from './index';

const USAGE = `Usage: embedded-mongo --dbpath DIR [--port N | --socket PATH] [--durability full|relaxed]`;

const PARENT_CHECK_MS = 500;

/** Runs the command line; prints one line with the URI and serves until told to stop. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      dbpath: { type: 'string' },
      port: { type: 'string', default: '0' },
      socket: { type: 'string' },
      durability: { type: 'string', default: 'full' },
      'with-parent': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${USAGE}\n`);
  const port = Number(values.port);
  const { dbpath, durability } = values;
  if (
    !dbpath ||
    !Number.isInteger(port) ||
    port < 0 ||
    port > 65535 ||
    (durability !== 'full' && durability !== 'relaxed')
  ) {
    throw new Error(USAGE);
  }
  const parent = process.ppid;
  const server = await startEmbeddedMongo({ dbPath: dbpath, port, socketPath: values.socket, durability });
  if (!server.owned)
    throw new Error(`${dbpath} is in use by another process; it answers on ${withoutPassword(server.uri)}`);
  process.stdout.write(`${server.uri}\n`);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void server.stop().then(() => process.exit(0));
  };
  const withParent = values['with-parent'];
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // A signal to the whole group (Ctrl-C, a service manager) is for the parent, who needs its database until it has stopped.
    process.on(signal, withParent ? () => undefined : stop);
  }
  if (withParent) {
    process.stdin.on('end', stop).on('error', stop).resume();
    setInterval(() => process.ppid === parent || stop(), PARENT_CHECK_MS);
  }
}

function withoutPassword(uri: string): string {
  return uri.replace(/\/\/[^@/]*@/, '//');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
