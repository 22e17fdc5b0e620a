import { z } from 'zod';

/** A quantity of some measure (days, class hours …) as an integer number of ten-thousandths: 4.5 hours = 45 000. */
export const amount = z.number().int();
export type Amount = z.infer<typeof amount>;
export const AMOUNT_UNIT = 10_000;
