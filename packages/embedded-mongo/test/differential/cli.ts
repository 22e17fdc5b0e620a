import { parseArgs } from 'node:util';
import { MongoClient } from 'mongodb';
import { familyNames } from './case';
import { describeUnequal, replayFamily } from './replay';

const USAGE = 'Usage: cli.ts mongodb://HOST:PORT/… [--families a,b] [--show N]';

/** Replays the recorded answers on a server and prints what differs; exit 1 when anything does. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { families: { type: 'string' }, show: { type: 'string', default: '3' } },
    allowPositionals: true,
  });
  const [uri] = positionals;
  if (uri === undefined) throw new Error(USAGE);
  const client = await new MongoClient(uri, { retryWrites: false, retryReads: false }).connect();
  let differing = 0;
  for (const family of values.families?.split(',') ?? familyNames()) {
    const { cases, unequal, stale } = await replayFamily(client, family);
    console.log(
      family.padEnd(20),
      String(cases).padStart(6),
      unequal.length === 0 ? 'equal' : `${unequal.length} differ`,
    );
    for (const one of unequal.slice(0, Number(values.show))) console.log(describeUnequal(one));
    if (stale.length > 0) console.log(`  equal, though listed as known differences: ${stale.join(', ')}`);
    differing += unequal.length + stale.length;
  }
  await client.close();
  process.exitCode = differing > 0 ? 1 : 0;
}

await main();
