import { describe, expect, it, vi } from 'vitest';
import { meQuery } from '../session';
import { fakeServer, refuse } from '../testing';
import { createAppClient } from './index';

const url = 'http://server.test/trpc';

describe('the client of an app', () => {
  it('names its app on every request, reading or writing', async () => {
    const server = fakeServer({
      'clock.now': () => ({ now: new Date(0), demonstration: false }),
      'identity.signOut': () => undefined,
    });
    const { calls } = createAppClient({ app: 'admin', url, fetch: server.fetch });
    await calls.clock.now.query();
    await calls.identity.signOut.mutate();
    expect(server.calls.map(({ procedure, headers }) => [procedure, headers.get('x-cadre-app')])).toEqual([
      ['clock.now', 'admin'],
      ['identity.signOut', 'admin'],
    ]);
  });

  it('keeps dates as dates across the wire', async () => {
    const server = fakeServer({ 'clock.now': () => ({ now: new Date(86_400_000), demonstration: true }) });
    const { calls } = createAppClient({ app: 'learner', url, fetch: server.fetch });
    expect(await calls.clock.now.query()).toEqual({ now: new Date(86_400_000), demonstration: true });
  });

  it('sends what is clicked twice once, and the next wish again', async () => {
    let moved = 0;
    const server = fakeServer({ 'clock.advance': ({ to }) => ({ now: (moved++, to), demonstration: true }) });
    const { api, calls, queries } = createAppClient({ app: 'admin', url, fetch: server.fetch });
    const options = api.clock.advance.mutationOptions();
    const click = (to: number) =>
      queries
        .getMutationCache()
        .build(queries, options)
        .execute({ to: new Date(to) });
    await Promise.all([click(1), click(1), calls.clock.advance.mutate({ to: new Date(1) }), click(2)]);
    expect(moved).toBe(2);
    await click(1);
    expect(moved).toBe(3);
  });

  it('lets what was refused be tried again', async () => {
    const server = fakeServer({ 'clock.advance': () => refuse('CLOCK_BACKWARDS') });
    const { calls } = createAppClient({ app: 'admin', url, fetch: server.fetch });
    const click = () => calls.clock.advance.mutate({ to: new Date(1) });
    expect((await Promise.allSettled([click(), click()])).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
    await expect(click()).rejects.toThrow();
    expect(server.calls).toHaveLength(2);
  });

  it('tells the app when the sign-in has ended, and does not ask again', async () => {
    const server = fakeServer({ 'identity.me': () => refuse('NOT_SIGNED_IN') });
    const onSignInEnded = vi.fn();
    const client = createAppClient({ app: 'learner', url, fetch: server.fetch, onSignInEnded });
    await expect(client.queries.fetchQuery(meQuery(client))).rejects.toThrow('NOT_SIGNED_IN');
    expect(onSignInEnded).toHaveBeenCalledTimes(1);
    expect(server.calls).toHaveLength(1);
  });

  it('tells the app when a change of password is owed', async () => {
    const server = fakeServer({ 'clock.advance': () => refuse('PASSWORD_CHANGE_REQUIRED') });
    const onPasswordOwed = vi.fn();
    const client = createAppClient({ app: 'learner', url, fetch: server.fetch, onPasswordOwed });
    const mutation = client.queries
      .getMutationCache()
      .build(client.queries, client.api.clock.advance.mutationOptions());
    await expect(mutation.execute({ to: new Date(0) })).rejects.toThrow('PASSWORD_CHANGE_REQUIRED');
    expect(onPasswordOwed).toHaveBeenCalledTimes(1);
  });
});
