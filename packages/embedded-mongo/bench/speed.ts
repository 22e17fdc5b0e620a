import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deserialize, serialize } from 'bson';
import { MongoClient } from 'mongodb';
import { spawnEmbeddedMongo, type Durability } from '../src/index';
import { openDatabase } from '../src/store/sqlite';

const CLIENTS = 32;
const DOCUMENTS = 10_000;
const LARGE = 100_000;
const WARM_MS = 2000;
const ROUNDS = 7;
const ROUND_MS = Number(process.env['BENCH_MS'] ?? 500);
const LONG_MS = 2000;
const PAD = 'x'.repeat(220);
const STARTS = 20;

interface Row {
  _id: number;
  k: number;
  n: number;
  pad: string;
}

const below = (n: number): number => Math.floor(Math.random() * n);
const row = (_id: number): Row => ({ _id, k: _id % 500, n: _id, pad: PAD });
const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Operations per second with all clients at work for so long. */
async function rate(work: () => Promise<unknown>, milliseconds: number): Promise<number> {
  const started = performance.now();
  let done = 0;
  const client = async (): Promise<void> => {
    while (performance.now() - started < milliseconds) {
      await work();
      done++;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return (done * 1000) / (performance.now() - started);
}

const inOrder = (numbers: number[]): number[] => numbers.toSorted((a, b) => a - b);
const median = (numbers: number[]): number => inOrder(numbers)[numbers.length >> 1] ?? NaN;

/** From the call to the URI, on folders that do not exist yet; a start of bare Node beside each, for what the machine gives. */
async function measureStart(): Promise<void> {
  const bare: number[] = [];
  const served: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const asked = performance.now();
    execFileSync(process.execPath, ['-e', '0']);
    bare.push(performance.now() - asked);
    const dbPath = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-bench-'));
    const started = performance.now();
    const server = await spawnEmbeddedMongo({ dbPath });
    served.push(performance.now() - started);
    await server.stop();
    rmSync(dbPath, { recursive: true, force: true });
  }
  print(`child start, ${STARTS} times: ${spread(served)}; bare Node: ${spread(bare)}`);
}

function spread(milliseconds: number[]): string {
  return `least ${Math.round(Math.min(...milliseconds))} ms, median ${Math.round(median(milliseconds))} ms`;
}

async function measure(durability: Exclude<Durability, 'none'>): Promise<void> {
  const dbPath = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-bench-'));
  const server = await spawnEmbeddedMongo({ dbPath, durability });
  print(`\n${durability}`);
  const client = await new MongoClient(server.uri, { maxPoolSize: CLIENTS + 2 }).connect();
  const db = client.db('bench');
  const rows = db.collection<Row>('rows');
  await rows.insertMany(Array.from({ length: DOCUMENTS }, (_, i) => row(i)));
  await rows.createIndex({ k: 1, n: 1 });
  const ping = (): Promise<unknown> => db.command({ ping: 1 });
  await rate(ping, WARM_MS);
  /** In short rounds that take turns with `ping`, since the machine gives more at one moment than at another. */
  const show = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    await rate(work, WARM_MS);
    const rates: number[] = [];
    const pings: number[] = [];
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const measured = await rate(work, ROUND_MS);
      const pinged = await rate(ping, ROUND_MS);
      rates.push(measured);
      pings.push(pinged);
      ratios.push(measured / pinged);
    }
    const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
    print(
      `  ${name.padEnd(24)} ${String(Math.round(median(rates))).padStart(7)}/s  ${median(ratios).toFixed(2)} x ping (${Math.round(median(pings))}/s), from ${least.toFixed(2)} to ${most.toFixed(2)}`,
    );
  };
  let next = DOCUMENTS;
  if (durability === 'relaxed') {
    await show('findOne by id', () => rows.findOne({ _id: below(DOCUMENTS) }));
    await show('indexed find + sort, 20', () =>
      rows
        .find({ k: below(500) })
        .sort({ n: -1 })
        .limit(20)
        .toArray(),
    );
  }
  await show('insert', () => rows.insertOne(row(next++)));
  await show('conditional update', () =>
    rows.updateOne({ _id: below(DOCUMENTS), n: { $gte: 0 } }, { $inc: { n: 1 } }),
  );
  await show('transaction of 3 writes', () =>
    client.withSession((session) =>
      session.withTransaction(async () => {
        for (let i = 0; i < 3; i++)
          await rows.updateOne({ _id: below(DOCUMENTS) }, { $inc: { n: 1 } }, { session });
      }),
    ),
  );
  if (durability === 'relaxed') await measureScan(client);
  await client.close();
  await server.stop();
  rmSync(dbPath, { recursive: true, force: true });
}

/** A long aggregation: its time against decoding the same documents, and what others notice of it. */
async function measureScan(client: MongoClient): Promise<void> {
  const db = client.db('bench');
  const large = db.collection<Row>('large');
  for (let from = 0; from < LARGE; from += 10_000) {
    await large.insertMany(Array.from({ length: 10_000 }, (_, i) => row(from + i)));
  }
  const encoded = Array.from({ length: LARGE }, (_, i) => serialize(row(i)));
  const decoding = performance.now();
  for (const bytes of encoded) deserialize(bytes);
  const decoded = performance.now() - decoding;
  const group = { $group: { _id: '$k', n: { $sum: '$n' } } };
  const started = performance.now();
  await large.aggregate([group]).toArray();
  const grouped = performance.now() - started;
  print(
    `  scan + $group of ${LARGE}: ${Math.round(grouped)} ms, ${(grouped / decoded).toFixed(1)} x decoding with bson`,
  );
  // Each document several times over, so that it lasts.
  const times = Math.ceil((6 * LONG_MS) / grouped);
  const copies = [{ $set: { copy: { $range: [0, times] } } }, { $unwind: '$copy' }];
  const pings: number[] = [];
  const beginning = performance.now();
  let running = true;
  const aggregating = large
    .aggregate([...copies, group])
    .toArray()
    .finally(() => (running = false));
  while (running) {
    const asked = performance.now();
    await db.command({ ping: 1 });
    pings.push(performance.now() - asked);
  }
  await aggregating;
  const lasted = performance.now() - beginning;
  const p99 = inOrder(pings)[Math.floor(pings.length * 0.99)] ?? NaN;
  print(
    `  ping during an aggregation of ${Math.round(lasted)} ms: p99 ${p99.toFixed(1)} ms, longest ${Math.max(...pings).toFixed(1)} ms`,
  );
  const status = await client.db('admin').command({ serverStatus: 1 });
  print(`  memory of the server: ${(status['mem'] as { resident: number }).resident} MB`);
}

/** Whether indexed reads stay as fast when a collection grows from ten thousand to a million documents. */
async function measureGrowth(): Promise<void> {
  const dbPath = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-bench-'));
  const server = await spawnEmbeddedMongo({ dbPath, durability: 'relaxed' });
  const client = await new MongoClient(server.uri, { maxPoolSize: CLIENTS + 2 }).connect();
  const rows = client.db('bench').collection<Row>('growing');
  await rows.createIndex({ n: 1 });
  let stored = 0;
  let first: number | undefined;
  print('\ngrowth: indexed find + sort of 20');
  for (const documents of [10_000, 100_000, 1_000_000]) {
    for (; stored < documents; stored += 10_000) {
      const from = stored;
      await rows.insertMany(Array.from({ length: 10_000 }, (_, i) => row(from + i)));
    }
    const page = (): Promise<unknown> =>
      rows
        .find({ n: { $gte: below(documents) } })
        .sort({ n: 1 })
        .limit(20)
        .toArray();
    await rate(page, WARM_MS);
    const measured = await rate(page, WARM_MS);
    first ??= measured;
    const status = await client.db('admin').command({ serverStatus: 1 });
    print(
      `  ${String(documents).padStart(9)} documents ${String(Math.round(measured)).padStart(7)}/s  ${(first / measured).toFixed(2)} x the time of 10,000, ${(status['mem'] as { resident: number }).resident} MB`,
    );
  }
  await client.close();
  await server.stop();
  rmSync(dbPath, { recursive: true, force: true });
}

/** The same key-value work on bare SQLite, in this process. */
function measureBare(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-bare-'));
  const database = openDatabase(path.join(folder, 'bare.sqlite'));
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE d(k INTEGER PRIMARY KEY, v BLOB)',
  );
  const put = database.prepare('INSERT OR REPLACE INTO d(k, v) VALUES (?, ?)');
  const get = database.prepare('SELECT v FROM d WHERE k = ?');
  const bytes = serialize(row(1));
  const perSecond = (work: (i: number) => void): number => {
    const started = performance.now();
    for (let i = 0; i < DOCUMENTS; i++) work(i);
    return Math.round((DOCUMENTS * 1000) / (performance.now() - started));
  };
  database.exec('BEGIN');
  const puts = perSecond((i) => void put.run(i, bytes));
  database.exec('COMMIT');
  const gets = perSecond((i) => void get.get(i));
  print(`bare SQLite: ${puts} puts/s in one transaction, ${gets} gets/s`);
  database.close();
  rmSync(folder, { recursive: true, force: true });
}

measureBare();
await measureStart();
await measure('relaxed');
await measure('full');
await measureGrowth();
