import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useAppClient, type AppClient } from '../api';

/** A reading of the server's clock together with the moment, on this device's steady timer, at which it was taken. */
interface ClockReading {
  readonly now: Date;
  readonly demonstration: boolean;
  /** `performance.now()` half-way between asking and answer. */
  readonly takenAt: number;
}

/** The query behind every clock of the app. It is read again when the page comes back or the clock was moved. */
export function clockQuery({ api, calls }: AppClient) {
  return queryOptions({
    queryKey: api.clock.now.queryKey(),
    queryFn: async (): Promise<ClockReading> => {
      const asked = performance.now();
      const reading = await calls.clock.now.query();
      return { ...reading, takenAt: (asked + performance.now()) / 2 };
    },
    staleTime: 60_000,
    refetchInterval: 5 * 60_000,
  });
}

function timeOf(reading: ClockReading | undefined): Date {
  return reading ? new Date(reading.now.getTime() + performance.now() - reading.takenAt) : new Date();
}

/**
 * The server's time, ticking. In a demonstration it follows the demonstration clock. The phone's own clock only
 * stands in until the first answer arrives.
 *
 * @param everyMs how often the component draws again; a minute is enough for anything but a countdown.
 */
export function useNow(everyMs = 1_000): Date {
  const { data: reading } = useQuery(clockQuery(useAppClient()));
  const [now, setNow] = useState(() => timeOf(reading));
  useEffect(() => {
    const tick = (): void => setNow(timeOf(reading));
    tick();
    const timer = setInterval(tick, everyMs);
    return () => clearInterval(timer);
  }, [reading, everyMs]);
  return now;
}

/** Whether this installation is a demonstration, whose clock can be moved. */
export function useIsDemonstration(): boolean {
  return useQuery(clockQuery(useAppClient())).data?.demonstration ?? false;
}
