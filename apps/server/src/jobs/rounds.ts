import type { LiveFact } from '@cadre/domain/live';
import type { PublisherHub } from '../publisher';

export interface RoundsDeps {
  /**
   * What is done each time; it may run again at any moment, here or in another process.
   * True when more is waiting: the next round then follows at once, unless a stop came first.
   */
  round: () => Promise<boolean>;
  everyMillis: number;
  /** Facts after which a round begins at once. */
  after: readonly LiveFact['type'][];
  hub: Pick<PublisherHub, 'subscribe'>;
  onError: (error: unknown) => void;
}

export interface Rounds {
  /** Goes round once, now; joins a round that is under way. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

/** Work that looks again and again for what has to be done, and at once when something says so. */
export function startRounds({ round, everyMillis, after, hub, onError }: RoundsDeps): Rounds {
  let running: Promise<void> | null = null;
  let stopped = false;
  const roundsUntilDone = async (): Promise<void> => {
    let more = true;
    while (more && !stopped) more = await round();
  };
  const run = (): Promise<void> => {
    running ??= roundsUntilDone()
      .catch(onError)
      .finally(() => {
        running = null;
      });
    return running;
  };
  const timer = setInterval(() => void run(), everyMillis);
  hub.subscribe((fact) => {
    if (after.includes(fact.type) && !stopped) void run();
  });
  return {
    run,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
