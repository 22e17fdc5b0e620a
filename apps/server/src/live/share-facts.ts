import type { FactRepository } from '@cadre/db/live';
import type { Clock, Id, IdGenerator } from '@cadre/domain/core';
import { readLiveFact, writeLiveFact, type LiveFact } from '@cadre/domain/live';
import type { PublisherHub } from '../publisher';

const BEAT_MILLIS = 300;
/** How late a fact of another process may be seen, its clock being off included. */
const LOOK_BACK_MILLIS = 5_000;

export interface ShareFactsDeps {
  facts: FactRepository;
  hub: PublisherHub;
  newId: IdGenerator;
  systemClock: Clock;
  onError: (error: unknown) => void;
}

export interface SharedFacts {
  /** Tells the others what is waiting and hears what they have told, now. */
  beat(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Server processes on one database hear each other's facts, so that an open screen does not depend on where it is
 * connected: each writes its own down and reads those of the others, again and again. Facts are hints, so a late or a
 * lost one only delays a screen; looking back over a few seconds makes up for clocks that differ and commits that overtake.
 */
export function shareFacts({ facts, hub, newId, systemClock, onError }: ShareFactsDeps): SharedFacts {
  const processId = newId();
  const heard = new Map<Id, number>();
  let waiting: LiveFact[] = [];
  let relaying = false;
  let running: Promise<void> | null = null;

  hub.subscribe((fact) => {
    if (!relaying) waiting.push(fact);
  });
  /** What comes from elsewhere goes to this process's listeners and is not told again. */
  const relay = (fact: LiveFact): void => {
    relaying = true;
    hub.publish(fact);
    relaying = false;
  };

  const tell = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const told = waiting;
    waiting = [];
    const at = systemClock.now();
    await facts.insertMany(told.map((fact) => ({ id: newId(), processId, at, fact: writeLiveFact(fact) })));
  };
  const hear = async (): Promise<void> => {
    const now = systemClock.now().getTime();
    const found = await facts.listOfOthers(processId, new Date(now - LOOK_BACK_MILLIS));
    for (const [id, at] of heard) if (at < now - 2 * LOOK_BACK_MILLIS) heard.delete(id);
    for (const { id, fact } of found) {
      if (heard.has(id)) continue;
      heard.set(id, now);
      relay(readLiveFact(fact));
    }
  };
  const beat = (): Promise<void> => {
    running ??= Promise.all([tell(), hear()])
      .then(() => undefined, onError)
      .finally(() => {
        running = null;
      });
    return running;
  };
  const timer = setInterval(() => void beat(), BEAT_MILLIS);

  return {
    beat,
    async stop() {
      clearInterval(timer);
      await running;
      await beat();
    },
  };
}
