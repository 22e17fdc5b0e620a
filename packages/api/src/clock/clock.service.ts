import { AppError } from '@cadre/domain/core';
import type { Ports } from '../core';

export type ClockService = ReturnType<typeof createClockService>;

export function createClockService({
  clock,
  demonstration,
  publisher,
}: Pick<Ports, 'clock' | 'demonstration' | 'publisher'>) {
  return {
    now: () => ({ now: clock.now(), demonstration: demonstration !== null }),

    /** Moves the demonstration's time forward for everybody. A live installation has no such clock. */
    async advance(to: Date): Promise<{ now: Date; demonstration: boolean }> {
      if (!demonstration) throw new AppError('CLOCK_NOT_DEMONSTRATION');
      if (to <= clock.now()) throw new AppError('CLOCK_BACKWARDS', { now: clock.now().toISOString() });
      await demonstration.moveTo(to);
      publisher.publish({ type: 'clock:moved' });
      return this.now();
    },
  };
}
