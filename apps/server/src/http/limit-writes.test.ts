import { describe, expect, it } from 'vitest';
import { startTestServer } from '../testing/test-server';
import { WRITE_LIMIT } from './limit-writes';

describe('the limit of writes', () => {
  it('stops one sign-in that writes too fast, and nobody else at the same address', async () => {
    await using app = await startTestServer();
    const statuses: number[] = [];
    const flood = (cookie: string) => app.call('mutation', 'identity.signOut', undefined, { cookie });
    for (let sent = 0; sent <= WRITE_LIMIT.points; sent += 1)
      statuses.push((await flood('cadre_sign_in=one')).status);
    expect(statuses.at(-1)).toBe(429);
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect((await flood('cadre_sign_in=another')).status).toBe(401);
  });
});
