import type { LiveFact, Publisher } from '@cadre/domain/live';

export interface PublisherHub extends Publisher {
  /** Hears every fact from now on. A listener that throws is reported and does not stop the others. */
  subscribe(listener: (fact: LiveFact) => void): void;
}

/** Carries facts from services to whoever shows them; services never know who listens. */
export function createPublisherHub(onError: (error: unknown) => void): PublisherHub {
  const listeners: ((fact: LiveFact) => void)[] = [];
  return {
    publish(fact) {
      for (const listener of listeners) {
        try {
          listener(fact);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}
