import { createTestDatabase, type TestDatabase } from '@cadre/db/testing';
import pino from 'pino';
import type { ServerOptions } from '../server';
import { startServer, type RunningServer } from '../server';

export interface TestServer extends AsyncDisposable {
  test: TestDatabase;
  server: RunningServer;
  url: string;
  /** Lines the server has logged. */
  log: string[];
  /** Calls a procedure over HTTP as one browser would; returns status, body and cookies. */
  call(
    kind: 'query' | 'mutation',
    path: string,
    input?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: unknown; headers: Headers }>;
}

/** A whole server on a free port of this machine and a database of its own. */
export async function startTestServer(
  options: Pick<ServerOptions, 'prepare' | 'clock'> & { mode?: 'demo' | 'live' } = {},
): Promise<TestServer> {
  const test = await createTestDatabase();
  const log: string[] = [];
  const { mode = 'live', ...rest } = options;
  const server = await startServer({
    env: { mode, port: 0, host: '127.0.0.1', publicUrl: null },
    database: { uri: test.uri, name: test.name, shared: true },
    logger: pino({ level: 'warn' }, { write: (line: string) => void log.push(line) }),
    root: '/nonexistent',
    ...rest,
  });
  return {
    test,
    server,
    url: server.url,
    log,
    async call(kind, path, input, headers = {}) {
      const json = input === undefined ? undefined : JSON.stringify({ json: input });
      const url = new URL(`/trpc/${path}`, server.url);
      if (kind === 'query' && json !== undefined) url.searchParams.set('input', json);
      const response = await fetch(url, {
        method: kind === 'query' ? 'GET' : 'POST',
        headers: {
          'x-cadre-app': 'learner',
          ...(kind === 'mutation' ? { 'content-type': 'application/json' } : {}),
          ...headers,
        },
        ...(kind === 'mutation' ? { body: json ?? '{}' } : {}),
      });
      return { status: response.status, body: await response.json(), headers: response.headers };
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      await test[Symbol.asyncDispose]();
    },
  };
}
