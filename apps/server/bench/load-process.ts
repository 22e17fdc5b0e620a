import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

/** One call of the load; `cookie` says as whom. */
export interface LoadCall {
  path: string;
  method: 'GET' | 'POST';
  cookie: string;
  body: string | null;
}

export interface LoadOrder {
  origin: string;
  connections: number;
  calls: LoadCall[];
}

export interface LoadReport {
  seconds: number;
  /** Milliseconds of each call, ascending. */
  latencies: number[];
  /** How many answers had which HTTP status. */
  statuses: Record<string, number>;
}

const callOnce = (origin: string, agent: Agent, { path, method, cookie, body }: LoadCall): Promise<number> =>
  new Promise((done, refuse) => {
    const call = request(
      new URL(path, origin),
      {
        method,
        agent,
        headers: {
          cookie,
          'x-cadre-app': 'bench',
          ...(body === null ? {} : { 'content-type': 'application/json' }),
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => done(response.statusCode ?? 0));
      },
    );
    call.on('error', refuse);
    call.end(body ?? undefined);
  });

/** Makes every call once, over so many connections, each taking the next call as soon as it is free. */
async function run({ origin, connections, calls }: LoadOrder): Promise<LoadReport> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  let next = 0;
  const start = performance.now();
  const worker = async (): Promise<void> => {
    for (let call = calls[next++]; call !== undefined; call = calls[next++]) {
      const begun = performance.now();
      const status = await callOnce(origin, agent, call);
      latencies.push(performance.now() - begun);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
  return {
    seconds: (performance.now() - start) / 1000,
    latencies: latencies.sort((a, b) => a - b),
    statuses,
  };
}

process.on('message', (order: LoadOrder) => {
  void run(order).then((report) => process.send?.(report));
});
