import type { AppRouter } from '@cadre/api/app-router';
import { getUntypedClient, type TRPCClient } from '@trpc/client';
import superjson from 'superjson';

/** A second click while the first is on its way is the same wish: it is sent once, and both get its answer. */
export function sendOnce(calls: TRPCClient<AppRouter>): void {
  const client = getUntypedClient(calls);
  const send = client.mutation.bind(client);
  const underWay = new Map<string, Promise<unknown>>();
  client.mutation = (path, input, options) => {
    const wish = `${path} ${superjson.stringify(input)}`;
    const sent = underWay.get(wish);
    if (sent) return sent;
    const answer = send(path, input, options).finally(() => underWay.delete(wish));
    underWay.set(wish, answer);
    return answer;
  };
}
