import {
  chainCheck,
  progressInput,
  progressPage,
  standings,
  statement,
  statementInput,
  statementOfPersonInput,
  why,
  whyInput,
} from '@cadre/domain/ledger';
import { router, signedInProcedure } from '../core';

export const creditRouter = router({
  myStandings: signedInProcedure
    .output(standings)
    .query(({ ctx }) => ctx.services.statement.myStandings(ctx.actor)),
  myStatement: signedInProcedure
    .input(statementInput)
    .output(statement)
    .query(({ ctx, input }) => ctx.services.statement.myStatement(ctx.actor, input.asOf)),
  statementOfPerson: signedInProcedure
    .input(statementOfPersonInput)
    .output(statement)
    .query(({ ctx, input }) =>
      ctx.services.statement.statementOfPerson(ctx.actor, input.personId, input.asOf),
    ),
  why: signedInProcedure
    .input(whyInput)
    .output(why)
    .query(({ ctx, input }) => ctx.services.statement.why(ctx.actor, input.settlementId)),
  checkChain: signedInProcedure
    .input(statementOfPersonInput)
    .output(chainCheck)
    .query(({ ctx, input }) => ctx.services.statement.checkChain(ctx.actor, input.personId, input.asOf)),
  progress: signedInProcedure
    .input(progressInput)
    .output(progressPage)
    .query(({ ctx, input }) => ctx.services.progress.list(ctx.actor, input)),
});
