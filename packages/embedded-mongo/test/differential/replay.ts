import type { Db, MongoClient } from 'mongodb';
import { casesOf, type Case, type Reply } from './case';
import { difference, type Difference } from './compare';
import { KNOWN_DIFFERENCES } from './known-differences';
import { Player } from './play';

export interface Unequal {
  readonly case: Case;
  readonly difference: Difference;
  readonly answers: readonly Reply[];
}

export interface Outcome {
  readonly family: string;
  readonly cases: number;
  readonly unequal: readonly Unequal[];
  /** Cases on the list of known differences that turned out equal: they must leave it. */
  readonly stale: readonly string[];
}

/** Replies name the database. */
const DATABASE = 'golden';

/** Replays a family on a server. */
export async function replayFamily(client: MongoClient, family: string): Promise<Outcome> {
  const db: Db = client.db(DATABASE);
  await db.dropDatabase();
  const player = new Player(client, DATABASE);
  const cases = casesOf(family);
  const unequal: Unequal[] = [];
  const stale: string[] = [];
  for (const one of cases) {
    const answers = await player.play(one);
    const found = difference(one, answers);
    if (found === undefined && KNOWN_DIFFERENCES.has(one.id)) stale.push(one.id);
    if (found !== undefined && !KNOWN_DIFFERENCES.has(one.id))
      unequal.push({ case: one, difference: found, answers });
  }
  await db.dropDatabase();
  return { family, cases: cases.length, unequal, stale };
}

/** A difference for reading. */
export function describeUnequal({ case: one, difference: { step, kind }, answers }: Unequal): string {
  const cut = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 600);
  return [
    `${one.id}: ${kind} at step ${step}`,
    `  asked    ${cut(one.steps[step])}`,
    `  recorded ${cut(one.replies[step])}`,
    `  answered ${cut(answers[step])}`,
  ].join('\n');
}
