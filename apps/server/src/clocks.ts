import type { DemonstrationClock } from '@cadre/api/core';
import type { SettingRepository } from '@cadre/db/setting';
import type { Clock } from '@cadre/domain/core';
import { z } from 'zod';

export const systemClock: Clock = { now: () => new Date() };

const SETTING = 'demonstration-clock';
const reading = z.object({ now: z.date() });

/**
 * The time of a demonstration: it runs like a clock while the server does, can be moved forward by hand, never goes
 * back, and stands still while the server is off.
 */
export async function openDemonstrationClock(
  settings: Pick<SettingRepository, 'getOrSet' | 'set'>,
  system: Clock,
  start: Date,
): Promise<Clock & DemonstrationClock & { save(): Promise<void> }> {
  const stored = reading.parse(await settings.getOrSet(SETTING, { now: start }));
  let offset = stored.now.getTime() - system.now().getTime();
  const now = () => new Date(system.now().getTime() + offset);
  return {
    now,
    async moveTo(instant) {
      offset = Math.max(offset, instant.getTime() - system.now().getTime());
      await settings.set(SETTING, { now: now() });
    },
    async save() {
      await settings.set(SETTING, { now: now() });
    },
  };
}
