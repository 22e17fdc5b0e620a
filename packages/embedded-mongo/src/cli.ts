import { parseArgs } from 'node:util';
import { backup, restore, verify, verifyFile, type Verification } from './maintenance';
import { JOINED } from './spawn';
import { startEmbeddedMongo } from './start';
import { watchForTheEnd } from './watch';

const USAGE = `Usage:
  embedded-mongo --dbpath DIR [--port N | --socket PATH] [--durability full|relaxed]
      serves the folder, prints one line with the URI, stops on Ctrl-C
  embedded-mongo backup --dbpath DIR FILE     writes a compact copy; the server may be running
  embedded-mongo restore --dbpath DIR FILE    makes a new folder from a copy
  embedded-mongo verify --dbpath DIR          checks documents and indexes
  embedded-mongo verify FILE                  checks a copy`;

const PARENT_CHECK_MS = 500;

const OPTIONS = {
  dbpath: { type: 'string' },
  port: { type: 'string' },
  socket: { type: 'string' },
  durability: { type: 'string', default: 'full' },
  'with-parent': { type: 'boolean', default: false },
  join: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** What was asked for; an unknown option or one without its value is an error of one line. */
function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: OPTIONS });
  } catch (error) {
    // The first sentence names the option; what follows explains the library.
    const [sentence = ''] = (error as Error).message.split(/\. |\n/, 1);
    throw new Error(`${sentence} (--help shows what there is)`, { cause: error });
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new Error(`--port is a number from 0 to 65535, not ${text}`);
}

/** Prints one line with the URI and serves until told to stop. */
async function serve(dbPath: string, values: ReturnType<typeof readArguments>['values']): Promise<void> {
  const { durability, socket } = values;
  if (durability !== 'full' && durability !== 'relaxed') {
    throw new Error(`--durability is full or relaxed, not ${durability}`);
  }
  if (values.port !== undefined && socket !== undefined) {
    throw new Error('--port and --socket exclude each other: a server listens on one of them');
  }
  const port = values.port === undefined ? undefined : portOf(values.port);
  const parent = process.ppid;
  const server = await startEmbeddedMongo({ dbPath, port, socketPath: socket, durability });
  if (!server.owned && values.join) {
    // For the parent only, through its pipe: the address has the password in it.
    process.stdout.write(`${JOINED}${server.uri}\n`);
    return;
  }
  if (!server.owned) {
    throw new Error(
      `${dbPath} is in use by another process, which answers on ${withoutPassword(server.uri)}`,
    );
  }
  process.stdout.write(`${server.uri}\n`);
  const watch = watchForTheEnd(values['with-parent'] ? parent : undefined);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    watch.endsOrderly();
    void server.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (!values['with-parent']) return;
  // The parent's death closes the pipe; where the pipe is inherited by others too, the changed parent tells.
  process.stdin.on('end', stop).on('error', stop).resume();
  setInterval(() => process.ppid === parent || stop(), PARENT_CHECK_MS);
}

function withoutPassword(uri: string): string {
  return uri.replace(/\/\/[^@/]*@/, '//');
}

const PROOFS: Record<Verification['proof'], string> = {
  digest: 'the file has its digest',
  checksums: 'every document has its checksum',
  none: 'unchecked: made before there were checksums, so that a changed byte inside a document would not show',
};

function report({ format, collections, documents, proof, problems }: Verification): void {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length > 0) process.exitCode = 1;
  else
    process.stdout.write(
      `ok: format ${format}, ${collections} collections, ${documents} documents; ${PROOFS[proof]}\n`,
    );
}

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  const [command = 'serve', file] = positionals;
  const { dbpath } = values;
  if (values.help) process.stdout.write(`${USAGE}\n`);
  else if (command === 'serve' && dbpath) await serve(dbpath, values);
  else if (command === 'backup' && dbpath && file) report(backup(dbpath, file));
  else if (command === 'restore' && dbpath && file) report(restore(file, dbpath));
  else if (command === 'verify' && dbpath) report(verify(dbpath));
  else if (command === 'verify' && file) report(verifyFile(file));
  else throw new Error(USAGE);
}

/** Settles when the command has been carried out, or the server serves. */
export const started = main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
