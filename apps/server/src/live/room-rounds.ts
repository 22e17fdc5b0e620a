import type { Services } from '@cadre/api/container';
import type { LiveFact } from '@cadre/domain/live';
import type { PublisherHub } from '../publisher';

const ROUND_MILLIS = 5_000;

export interface RoomRoundsDeps {
  services: Pick<Services, 'room' | 'roomLine'>;
  hub: Pick<PublisherHub, 'subscribe'>;
  onError: (error: unknown) => void;
}

export interface RoomRounds {
  /** Goes round once, now. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Looks after rooms that nobody looks after: closes those left open two hours after their end, and ends the lines of
 * processes that died. Goes round at once when the demonstration's clock was moved. Several servers may do so at a time.
 */
export function startRoomRounds({ services, hub, onError }: RoomRoundsDeps): RoomRounds {
  let running: Promise<void> | null = null;
  let stopped = false;
  const round = async (): Promise<void> => {
    await services.roomLine.endSilent();
    await services.room.closeOverdue();
  };
  const run = (): Promise<void> => {
    running ??= round()
      .catch(onError)
      .finally(() => {
        running = null;
      });
    return running;
  };
  const timer = setInterval(() => void run(), ROUND_MILLIS);
  hub.subscribe((fact: LiveFact) => {
    if (fact.type === 'clock:moved' && !stopped) void run();
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
