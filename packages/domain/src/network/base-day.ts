import { isWithin, weekdayOf, type CivilDate } from '../core';
import { z } from 'zod';
import type { Base, Blackout } from './base';

/** What a base is like on a day, before anything is booked. */
export const baseDay = z.enum(['open', 'closed', 'blackout']);
export type BaseDay = z.infer<typeof baseDay>;

export const blackoutOn = (base: Pick<Base, 'blackouts'>, date: CivilDate): Blackout | undefined =>
  base.blackouts.find((span) => isWithin(date, span));

/** A blackout goes before opening hours; a weekday without hours is a closing day. */
export function baseDayOn(base: Pick<Base, 'blackouts' | 'openingHours'>, date: CivilDate): BaseDay {
  if (blackoutOn(base, date)) return 'blackout';
  const weekday = weekdayOf(date);
  return base.openingHours.some((hours) => hours.weekday === weekday) ? 'open' : 'closed';
}
