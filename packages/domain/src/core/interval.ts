import { z } from 'zod';

/** A half-open span of time [startsAt, endsAt): two intervals that only touch do not overlap. */
export const interval = z
  .object({ startsAt: z.date(), endsAt: z.date() })
  .refine((span) => span.startsAt < span.endsAt, { message: 'an interval ends after it starts' });
export type Interval = z.infer<typeof interval>;

export const overlaps = (a: Interval, b: Interval): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/** Merges overlapping and touching intervals; the result is sorted and disjoint. */
export function unionOf(intervals: readonly Interval[]): Interval[] {
  const sorted = [...intervals].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  const merged: Interval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last && next.startsAt <= last.endsAt) {
      if (next.endsAt > last.endsAt)
        merged[merged.length - 1] = { startsAt: last.startsAt, endsAt: next.endsAt };
    } else merged.push(next);
  }
  return merged;
}

/** The part of `span` that lies inside `frame`, or null when there is none. */
export function clip(span: Interval, frame: Interval): Interval | null {
  const startsAt = span.startsAt > frame.startsAt ? span.startsAt : frame.startsAt;
  const endsAt = span.endsAt < frame.endsAt ? span.endsAt : frame.endsAt;
  return startsAt < endsAt ? { startsAt, endsAt } : null;
}

export const durationMillis = (span: Interval): number => span.endsAt.getTime() - span.startsAt.getTime();
