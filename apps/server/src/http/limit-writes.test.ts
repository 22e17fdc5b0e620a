import { describe, expect, it } from 'vitest';
import { startTestServer } from '../testing/test-server';
import { WRITE_LIMIT } from './limit-writes';

describe('the limit of writes', () => {
  it('stops one sign-in that writes too fast, and nobody else at the same address', async () => {
    await using app = await startTestServer();
    const flood = (cookie: string) => app.call('mutation', 'identity.signOut', undefined, { cookie });
    // All at once: on a slow machine one after another would last longer than the limit looks back.
    const statuses = await Promise.all(
      Array.from({ length: WRITE_LIMIT.points + 1 }, async () => (await flood('cadre_sign_in=one')).status),
    );
    expect(statuses.filter((status) => status === 401)).toHaveLength(WRITE_LIMIT.points);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect((await flood('cadre_sign_in=another')).status).toBe(401);
  });
});
