import { auditInput, auditPage } from '@cadre/domain/audit';
import { router, signedInProcedure } from '../core';

export const auditRouter = router({
  list: signedInProcedure
    .input(auditInput)
    .output(auditPage)
    .query(({ ctx, input }) => ctx.services.audit.list(ctx.actor, input)),
});
