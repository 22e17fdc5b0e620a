import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EJSON } from 'bson';
import { expect, test } from 'vitest';
import { setting } from '../rigs/child';
import { randomSource, testServer } from '../support';
import { randomCase, written, type RandomCase } from './random-case';
import { answersOf, NOT_INDEXABLE, shrunk, type Variant } from './variants';

const CASES = setting('DIFFERENTIAL_CASES', 200);
const SEED = setting('DIFFERENTIAL_SEED', 1);
/** Cases that once differed, one a line, shrunk; a difference found below is added. */
const FOUND = path.join(import.meta.dirname, 'found.jsonl');

const server = testServer({}, { retryWrites: false, retryReads: false });

/** The step at which a variant answers otherwise than the plain collection; undefined when all agree. */
async function differenceOf(
  one: RandomCase,
): Promise<{ variant: Variant; step: number; answers: string[] } | undefined> {
  const plain = await answersOf(server.db, one, 'plain');
  for (const variant of ['indexed', 'hinted'] as const) {
    const answers = await answersOf(server.db, one, variant);
    const step = answers.findIndex((answer, index) => answer !== plain[index]);
    if (step >= 0 && answers[step] !== NOT_INDEXABLE)
      return { variant, step, answers: [plain[step] ?? '', answers[step] ?? ''] };
  }
  return undefined;
}

test('cases that once differed answer alike without index, with indexes and with a hint', async () => {
  for (const line of readFileSync(FOUND, 'utf8').split('\n').filter(Boolean)) {
    const one = EJSON.parse(line, { relaxed: false }) as RandomCase;
    expect(await differenceOf(one), line).toBeUndefined();
  }
});

test(
  `reads, pipelines and writes answer alike without index, with indexes and with a hint (${CASES} random cases)`,
  { timeout: 120_000 + CASES * 1000 },
  async () => {
    const random = randomSource(SEED);
    for (let n = 0; n < CASES; n++) {
      const one = randomCase(random);
      const difference = await differenceOf(one);
      if (difference === undefined) continue;
      const smallest = await shrunk(one, async (smaller) => (await differenceOf(smaller)) !== undefined);
      appendFileSync(FOUND, `${written(smallest)}\n`);
      expect.fail(`${JSON.stringify(await differenceOf(smallest))}\n${written(smallest)}`);
    }
  },
);
