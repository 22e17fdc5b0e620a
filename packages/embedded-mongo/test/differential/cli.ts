import { parseArgs } from 'node:util';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../src/index';
import { randomSource } from '../support';
import { familyNames } from './case';
import { randomCase, written, type RandomCase } from './random-case';
import { describeUnequal, replayFamily } from './replay';
import { answersOf, shrunk } from './variants';

const USAGE = `Usage: cli.ts mongodb://HOST:PORT/… [--families a,b] [--show N]     the recorded answers on that server
       cli.ts mongodb://HOST:PORT/… --random N [--seed N]           random cases on that server and the embedded one`;

const OPTIONS = { retryWrites: false, retryReads: false };

/** Replays the recorded answers; returns how many cases are not as recorded. */
async function replay(client: MongoClient, families: readonly string[], show: number): Promise<number> {
  let differing = 0;
  for (const family of families) {
    const { cases, unequal, stale } = await replayFamily(client, family);
    console.log(
      family.padEnd(20),
      String(cases).padStart(6),
      unequal.length === 0 ? 'equal' : `${unequal.length} differ`,
    );
    for (const one of unequal.slice(0, show)) console.log(describeUnequal(one));
    if (stale.length > 0) console.log(`  equal, though listed as known differences: ${stale.join(', ')}`);
    differing += unequal.length + stale.length;
  }
  return differing;
}

/** Plays random cases on both servers and prints, shrunk, those they answer differently; returns how many. */
async function compare(real: MongoClient, cases: number, seed: number): Promise<number> {
  const server = await startEmbeddedMongo();
  const own = await new MongoClient(server.uri, OPTIONS).connect();
  const differs = async (one: RandomCase): Promise<boolean> => {
    const [theirs, ours] = await Promise.all(
      [real, own].map((client) => answersOf(client.db('differential'), one, 'indexed')),
    );
    return JSON.stringify(theirs) !== JSON.stringify(ours);
  };
  const random = randomSource(seed);
  let differing = 0;
  for (let n = 0; n < cases; n++) {
    const one = randomCase(random);
    if (!(await differs(one))) continue;
    differing++;
    console.log(written(await shrunk(one, differs)));
  }
  await real.db('differential').dropDatabase();
  await own.close();
  await server.stop();
  console.log(`${cases} random cases, ${differing} differ`);
  return differing;
}

const { values, positionals } = parseArgs({
  options: {
    families: { type: 'string' },
    show: { type: 'string', default: '3' },
    random: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
const [uri] = positionals;
if (uri === undefined) throw new Error(USAGE);
const client = await new MongoClient(uri, OPTIONS).connect();
const differing =
  values.random === undefined
    ? await replay(client, values.families?.split(',') ?? familyNames(), Number(values.show))
    : await compare(client, Number(values.random), Number(values.seed));
await client.close();
process.exitCode = differing > 0 ? 1 : 0;
