import type { DemonstrationClock } from '@cadre/api/core';
import type { SettingRepository } from '@cadre/db/setting';
import type { Clock } from '@cadre/domain/core';
import { z } from 'zod';

export const systemClock: Clock = { now: () => new Date() };

/** The setting that only a demonstration has: its time. */
export const DEMONSTRATION_CLOCK = 'demonstration-clock';
const reading = z.object({ now: z.date() });

/** Kept ahead of the time, so that a start after a crash never goes back; at least the time between two keepings. */
export const CLOCK_KEPT_AHEAD_MILLIS = 30_000;

/**
 * The time of a demonstration: it runs like a clock while the server does, can be moved forward by hand, never goes
 * back, and stands still while the server is off. `keep` is called regularly, `stop` at the end.
 */
export async function openDemonstrationClock(
  settings: Pick<SettingRepository, 'getOrSet' | 'set'>,
  system: Clock,
  start: Date,
): Promise<Clock & DemonstrationClock & { keep(): Promise<void>; stop(): Promise<void> }> {
  const stored = reading.parse(await settings.getOrSet(DEMONSTRATION_CLOCK, { now: start }));
  let offset = stored.now.getTime() - system.now().getTime();
  const now = () => new Date(system.now().getTime() + offset);
  const keep = () =>
    settings.set(DEMONSTRATION_CLOCK, { now: new Date(now().getTime() + CLOCK_KEPT_AHEAD_MILLIS) });
  await keep();
  return {
    now,
    async moveTo(instant) {
      offset = Math.max(offset, instant.getTime() - system.now().getTime());
      await keep();
    },
    keep,
    stop: () => settings.set(DEMONSTRATION_CLOCK, { now: now() }),
  };
}
