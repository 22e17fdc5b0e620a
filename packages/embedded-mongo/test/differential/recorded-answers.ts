import { expect, test } from 'vitest';
import { testServer } from '../support';
import { describeUnequal, replayFamily } from './replay';

const FAMILY_TIMEOUT_MS = 120_000;

/** Tests that the embedded server answers the cases of these families as the real one did. */
export function recordedAnswers(families: readonly string[]): void {
  const server = testServer({}, { retryWrites: false, retryReads: false });
  test.each(families)(
    '%s',
    async (family) => {
      const { unequal, stale } = await replayFamily(server.client, family);
      expect(unequal.map(describeUnequal)).toEqual([]);
      expect(stale).toEqual([]);
    },
    FAMILY_TIMEOUT_MS,
  );
}
