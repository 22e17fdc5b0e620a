import { jobInput, stuckJob } from '@cadre/domain/job';
import { z } from 'zod';
import { router, signedInProcedure } from '../core';

export const jobRouter = router({
  stuck: signedInProcedure.output(z.array(stuckJob)).query(({ ctx }) => ctx.services.job.stuck(ctx.actor)),
  retry: signedInProcedure
    .input(jobInput)
    .mutation(({ ctx, input }) => ctx.services.job.retry(ctx.actor, input.jobId)),
});
