import { useEffect, useEffectEvent, useState } from 'react';
import type { Refusal } from '../refusal';
import { useLiveConnection } from './live-provider';

/** How long events of a room are gathered before the screen is told, in ms: a hall checks in within a minute. */
const gatherMs = 200;

/** Whether this screen is in the room. */
export type RoomLine =
  | { readonly state: 'joining' | 'joined' }
  /** The server does not let this person in, or not in this way. */
  | { readonly state: 'refused'; readonly refusal: Refusal };

export interface RoomWatch {
  readonly sessionId: string;
  /** `online` takes part in the session: the time on the line counts. */
  readonly as: 'watch' | 'online';
  /** The number of the last event in what the screen has read. */
  readonly lastSeq: number;
}

/**
 * Keeps the screen in a session's room while it is shown, over every interruption of the line. `onEvents` is called
 * after something has happened there that this person may see and the screen has not read, once for many: nothing is
 * missed and nothing counts twice, because each event has its number.
 */
export function useRoom({ sessionId, as, lastSeq }: RoomWatch, onEvents: () => void): RoomLine {
  const live = useLiveConnection();
  const [line, setLine] = useState<RoomLine>({ state: 'joining' });
  const tell = useEffectEvent(onEvents);
  const lastRead = useEffectEvent(() => lastSeq);
  useEffect(() => {
    let gone = false;
    let seen = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const happened = (seq: number): void => {
      if (seq <= Math.max(seen, lastRead())) return;
      seen = seq;
      timer ??= setTimeout(() => {
        timer = undefined;
        tell();
      }, gatherMs);
    };
    const join = async (): Promise<void> => {
      const answer = await live.command('live:join', { sessionId, as, since: Math.max(seen, lastRead()) });
      // Without an answer the next connect tries again.
      if (gone || answer === null) return;
      if (!answer.ok) {
        setLine({ state: 'refused', refusal: answer.refusal as Refusal });
        return;
      }
      for (const { seq } of answer.value.events) happened(seq);
      setLine({ state: 'joined' });
    };
    const endings = [
      live.onConnect(() => void join()),
      live.listen('room:event', ({ event }) => {
        if (event.sessionId === sessionId) happened(event.seq);
      }),
    ];
    void join();
    return () => {
      gone = true;
      clearTimeout(timer);
      for (const end of endings) end();
      setLine({ state: 'joining' });
      void live.command('live:leave', { sessionId });
    };
  }, [live, sessionId, as]);
  return line;
}
