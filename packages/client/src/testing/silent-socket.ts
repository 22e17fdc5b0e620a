import type { LiveSocket } from '../live';

/** A socket on which nothing ever happens, for screens whose test is not about live facts. */
export function silentSocket(): Promise<LiveSocket> {
  return Promise.resolve({
    connected: false,
    on: () => undefined,
    close: () => undefined,
    timeout: () => ({ emitWithAck: () => new Promise(() => undefined) }),
  } as unknown as LiveSocket);
}
