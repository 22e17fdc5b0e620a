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
const MEASURE_MS = Number(process.env['BENCH_MS'] ?? 2000);
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

/** Operations per second with all clients at work. */
async function rate(work: () => Promise<unknown>): Promise<number> {
  const during = async (milliseconds: number): Promise<number> => {
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
  };
  await during(WARM_MS);
  return during(MEASURE_MS);
}

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
  const sorted = milliseconds.sort((a, b) => a - b).map(Math.round);
  return `least ${sorted[0]} ms, median ${sorted[sorted.length >> 1]} ms`;
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
  const ping = (): Promise<number> => rate(() => db.command({ ping: 1 }));
  let pingBefore = await ping();
  /** Against the mean of `ping` right before and right after, since the machine gives more at one moment than at another. */
  const show = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const measured = await rate(work);
    const pingAfter = await ping();
    const ratio = (2 * measured) / (pingBefore + pingAfter);
    pingBefore = pingAfter;
    print(
      `  ${name.padEnd(24)} ${String(Math.round(measured)).padStart(7)}/s  ${ratio.toFixed(2)} x ping (${Math.round(pingAfter)}/s)`,
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
  const pings: number[] = [];
  let running = true;
  const started = performance.now();
  const aggregating = large
    .aggregate([{ $group: { _id: '$k', n: { $sum: '$n' } } }])
    .toArray()
    .finally(() => (running = false));
  while (running) {
    const asked = performance.now();
    await db.command({ ping: 1 });
    pings.push(performance.now() - asked);
  }
  await aggregating;
  const grouped = performance.now() - started;
  pings.sort((a, b) => a - b);
  const p99 = pings[Math.floor(pings.length * 0.99)] ?? 0;
  print(
    `  scan + $group of ${LARGE}: ${Math.round(grouped)} ms, ${(grouped / decoded).toFixed(1)} x decoding with bson`,
  );
  print(`  ping meanwhile, p99: ${p99.toFixed(1)} ms`);
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
    const measured = await rate(() =>
      rows
        .find({ n: { $gte: below(documents) } })
        .sort({ n: 1 })
        .limit(20)
        .toArray(),
    );
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
