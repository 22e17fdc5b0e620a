import { z } from 'zod';
import { publicProcedure, router, signedInProcedure } from '../core';

const reading = z.object({ now: z.date(), demonstration: z.boolean() });

export const clockRouter = router({
  now: publicProcedure.output(reading).query(({ ctx }) => ctx.services.clock.now()),
  advance: signedInProcedure
    .input(z.object({ to: z.date() }))
    .output(reading)
    .mutation(({ ctx, input }) => ctx.services.clock.advance(input.to)),
});
