import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useAppClient, type AppClient } from '../api';

/** A reading of the server's clock together with the moment at which this device took it. */
interface ClockReading {
  readonly now: Date;
  readonly demonstration: boolean;
  /** Half-way between asking and answer, on the steady timer of the page that asked. */
  readonly takenAt: number;
  /** When that page's timer began; a reading kept from another page goes by the device's clock. */
  readonly timerFrom: number;
  /** The same moment on this device's own clock, which may be wrong but runs on. */
  readonly deviceTime: number;
}

/** The query behind every clock of the app. It is read again when the page comes back or the clock was moved. */
export function clockQuery({ api, calls }: AppClient) {
  return queryOptions({
    queryKey: api.clock.now.queryKey(),
    queryFn: async (): Promise<ClockReading> => {
      const asked = performance.now();
      const reading = await calls.clock.now.query();
      const takenAt = (asked + performance.now()) / 2;
      return { ...reading, takenAt, timerFrom: performance.timeOrigin, deviceTime: Date.now() };
    },
    staleTime: 60_000,
    refetchInterval: 5 * 60_000,
    // Without a network the screens go on by the last reading.
    meta: { keep: true, behind: true },
  });
}

function timeOf(reading: ClockReading | undefined): Date {
  if (!reading) return new Date();
  return reading.timerFrom === performance.timeOrigin
    ? new Date(reading.now.getTime() + performance.now() - reading.takenAt)
    : atServer(reading, Date.now());
}

/** What the server's clock says at a time of this device's clock. */
const atServer = (reading: ClockReading, deviceTime: number): Date =>
  new Date(reading.now.getTime() + deviceTime - reading.deviceTime);

/**
 * The server's time, ticking. In a demonstration it follows the demonstration clock. `enter` has read it before
 * a signed-in screen opens; the device's own clock only stands in where that has failed.
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

/** Turns times of this device's clock into the server's. */
export function useServerTime(): (deviceTime: number) => Date {
  const { data: reading } = useQuery(clockQuery(useAppClient()));
  return (deviceTime) => (reading ? atServer(reading, deviceTime) : new Date(deviceTime));
}
