/**
 * A process of its own that enrols people as fast as it can and tells what has been acknowledged, one line each:
 * `<personId> <state> <position>`. Tests run several of them at once, and kill them in the middle.
 * Arguments: database URI, database name, class id, person ids separated by commas.
 */
import { randomBytes } from 'node:crypto';
import { connectDatabase } from '@cadre/db/core';
import { createIdGenerator } from '@cadre/domain/core';
import { createRepositories } from '../container';
import { createSeatService } from '../enrollment/seat.service';

const [uri = '', name = '', classId = '', people = ''] = process.argv.slice(2);
const database = await connectDatabase({ uri, name });
const now = new Date('2026-11-18T00:00:00Z');
const seats = createSeatService({
  ...createRepositories(database),
  database,
  apart: () => Promise.reject(new Error('this process ends nothing')),
  clock: { now: () => now },
  newId: createIdGenerator(
    () => Date.now(),
    (count) => randomBytes(count),
  ),
  publisher: { publish: () => undefined },
});

await Promise.all(
  people.split(',').map(async (personId) => {
    const standing = await seats.claim(classId, {
      personId,
      origin: 'self-selected',
      requestedAt: now,
      by: personId,
    });
    process.stdout.write(`${personId} ${standing.enrollment.state} ${standing.position ?? '-'}\n`);
  }),
);
await database.close();
