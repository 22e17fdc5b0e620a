import { z } from 'zod';
import { id, interval } from '../core';
import { attendanceMode } from './room-event';

/**
 * How long one person was in one session: union of intervals, clipped to the held interval, floored to whole
 * minutes once at the end (`decisions.md`, presence). Kept for ever beside the events it was derived from.
 */
export const presence = z.object({
  sessionId: id,
  personId: id,
  mode: attendanceMode,
  intervals: z.array(interval),
  minutes: z.number().int().min(0),
  heldMinutes: z.number().int().min(0),
  /** True when nobody checked the person out and the session's close ended the presence. */
  closedOpen: z.boolean(),
});
export type Presence = z.infer<typeof presence>;
