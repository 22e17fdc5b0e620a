/**
 * A process of its own that settles one source after another for the same people and tells what has been acknowledged,
 * one line per source: `<sourceId> <people for whom something was written>`. Tests run several of them at once, and
 * kill them in the middle. Of a source that is named R… nothing is earned.
 * Arguments: database URI, database name, source ids and person ids, each separated by commas.
 */
import { randomBytes } from 'node:crypto';
import { connectDatabase } from '@cadre/db/core';
import { createIdGenerator } from '@cadre/domain/core';
import { createRepositories } from '../container';
import { createRegulationService } from '../credit/regulation.service';
import { createSettlementService } from '../credit/settlement.service';
import { lessonFacts } from './lesson-facts';

const [uri = '', name = '', sources = '', people = ''] = process.argv.slice(2);
const database = await connectDatabase({ uri, name });
const now = new Date('2026-11-18T00:00:00Z');
const deps = {
  ...createRepositories(database),
  database,
  clock: { now: () => now },
  newId: createIdGenerator(
    () => Date.now(),
    (count) => randomBytes(count),
  ),
  publisher: { publish: () => undefined },
};
const settlement = createSettlementService({ ...deps, regulation: createRegulationService(deps) });

for (const source of sources.split(',')) {
  const { settled } = await settlement.settleSources([
    lessonFacts(source, people.split(','), source.startsWith('R') ? { playedMinutes: 5 } : {}),
  ]);
  process.stdout.write(`${source} ${settled.length}\n`);
}
await database.close();
