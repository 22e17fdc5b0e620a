/**
 * A process of its own that settles a session several times at once. It says `ready` when it is connected, begins when
 * it is told to by a line on its input, and then says for how many people it has written something.
 * Arguments: database URI, database name, session id, how often at once.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connectDatabase } from '@cadre/db/core';
import { createIdGenerator } from '@cadre/domain/core';
import { createRepositories } from '../container';
import { createRegulationService } from '../credit/regulation.service';
import { createSessionSettlementService } from '../credit/session-settlement.service';
import { createSettlementService } from '../credit/settlement.service';

const [uri = '', name = '', sessionId = '', times = '1'] = process.argv.slice(2);
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
const sessions = createSessionSettlementService({ ...deps, settlement });
await database.ping();

process.stdout.write('ready\n');
await once(process.stdin, 'data');
const outcomes = await Promise.all(
  Array.from({ length: Number(times) }, () => sessions.settleSession(sessionId)),
);
process.stdout.write(`${outcomes.reduce((sum, outcome) => sum + (outcome?.settled.length ?? 0), 0)}\n`);
process.stdin.destroy();
await database.close();
