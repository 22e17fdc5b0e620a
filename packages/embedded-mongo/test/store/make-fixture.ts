// Writes a data file of today's layout for `format.test.ts`: tsx test/store/make-fixture.ts format-N.db.gz
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Binary, Decimal128, Int32, Long, MaxKey, MinKey, MongoClient, ObjectId, Timestamp } from 'mongodb';
import { startEmbeddedMongo } from '../../src/index';
import { dataFile } from '../../src/store/store';

const folder = mkdtempSync(path.join(tmpdir(), 'embedded-mongo-fixture-'));
const dbPath = path.join(folder, 'data');
const server = await startEmbeddedMongo({ dbPath });
const client = await new MongoClient(server.uri).connect();
const db = client.db('fixture');
const people = db.collection<{ _id: number; name: string; tags: string[] }>('people');
await people.createIndexes([{ key: { name: 1 }, unique: true }, { key: { tags: 1, _id: -1 } }]);
await people.insertMany(
  Array.from({ length: 20 }, (_, _id) => ({
    _id,
    name: `person ${_id}`,
    tags: [`t${_id % 3}`, `u${_id % 5}`],
  })),
);
await db.collection('kinds').insertOne({
  double: 1.5,
  text: '干部教育',
  array: [null, true, new Date(0), /x/i],
  id: new ObjectId('656565656565656565656565'),
  bytes: new Binary(Buffer.from([1, 2, 3])),
  int: new Int32(7),
  long: Long.fromString('9007199254740993'),
  decimal: Decimal128.fromString('12.340'),
  time: new Timestamp({ t: 1, i: 2 }),
  least: new MinKey(),
  most: new MaxKey(),
});
await client.close();
await server.stop();
writeFileSync(
  path.join(import.meta.dirname, process.argv[2]!),
  gzipSync(readFileSync(dataFile(dbPath)), { level: 9 }),
);
rmSync(folder, { recursive: true, force: true });
