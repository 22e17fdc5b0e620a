import { useMutation } from '@tanstack/react-query';
import { useAppClient } from '../api';

const dayMs = 86_400_000;
const shanghaiOffsetMs = 8 * 3_600_000;

/** The next moment at which it is `hour` o'clock in Shanghai: the morning of the next day for 08:00 after eight. */
export function nextMorning(now: Date, hour = 8): Date {
  const local = now.getTime() + shanghaiOffsetMs;
  const today = Math.floor(local / dayMs) * dayMs + hour * 3_600_000;
  return new Date((today > local ? today : today + dayMs) - shanghaiOffsetMs);
}

/** Moves the demonstration clock forward for everybody; every open screen then reads again. */
export function useClockJump() {
  const { api, queries } = useAppClient();
  return useMutation(
    api.clock.advance.mutationOptions({
      onSuccess: () => queries.invalidateQueries(),
    }),
  );
}
