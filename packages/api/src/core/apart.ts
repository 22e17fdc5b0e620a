import type { JobRepository } from '@cadre/db/job';
import type { JobKind } from '@cadre/domain/job';
import type { Ports } from './ports';

export interface ApartDeps extends Pick<Ports, 'newId' | 'systemClock'> {
  jobs: Pick<JobRepository, 'listOpenKeys' | 'putOff'>;
}

/** Does `act` for each key and says for how many it did something; `act` may be tried again, alone, by the job of that kind. */
export type Apart = (
  kind: JobKind,
  keys: readonly string[],
  act: (key: string) => Promise<boolean>,
) => Promise<number>;

/**
 * What a round does for many, each kept apart: one that fails does not hold up the others and is not tried with every
 * round. It becomes a job, which waits longer and longer between its tries, and is shown when it stays stuck.
 */
export function createApart({ jobs, newId, systemClock }: ApartDeps): Apart {
  return async (kind, keys, act) => {
    const open = await jobs.listOpenKeys(kind, keys);
    let done = 0;
    for (const key of keys) {
      if (open.has(key)) continue;
      try {
        if (await act(key)) done += 1;
      } catch (error) {
        await jobs.putOff(
          { id: newId(), kind, key, payload: { key }, runAt: systemClock.now() },
          messageOf(error),
        );
      }
    }
    return done;
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
