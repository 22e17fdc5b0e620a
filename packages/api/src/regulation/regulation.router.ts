import {
  compareInput,
  draftInput,
  factsRun,
  keepExampleInput,
  regulationComparison,
  regulationFile,
  regulationRow,
  returnDraftInput,
  savedDraft,
  saveDraftInput,
  tryFactsInput,
  versionInput,
} from '@cadre/domain/regulation';
import { z } from 'zod';
import { router, signedInProcedure } from '../core';

const nothing = z.void();

export const regulationRouter = router({
  list: signedInProcedure
    .output(z.array(regulationRow))
    .query(({ ctx }) => ctx.services.regulationDesk.list(ctx.actor)),
  read: signedInProcedure
    .input(versionInput)
    .output(regulationFile)
    .query(({ ctx, input }) => ctx.services.regulationDesk.read(ctx.actor, input)),
  compare: signedInProcedure
    .input(compareInput)
    .output(regulationComparison)
    .query(({ ctx, input }) => ctx.services.regulationDesk.compare(ctx.actor, input)),
  tryFacts: signedInProcedure
    .input(tryFactsInput)
    .output(factsRun)
    .mutation(({ ctx, input }) => ctx.services.regulationDesk.tryFacts(ctx.actor, input)),
  keepExample: signedInProcedure
    .input(keepExampleInput)
    .output(factsRun)
    .mutation(({ ctx, input }) => ctx.services.regulationDesk.keepExample(ctx.actor, input)),
  saveDraft: signedInProcedure
    .input(saveDraftInput)
    .output(savedDraft)
    .mutation(({ ctx, input }) => ctx.services.regulationDesk.saveDraft(ctx.actor, input)),
  submit: signedInProcedure
    .input(draftInput)
    .output(nothing)
    .mutation(({ ctx, input }) => ctx.services.regulationDesk.submit(ctx.actor, input)),
  sendBack: signedInProcedure
    .input(returnDraftInput)
    .output(nothing)
    .mutation(({ ctx, input }) => ctx.services.regulationDesk.sendBack(ctx.actor, input)),
  approve: signedInProcedure
    .input(draftInput)
    .output(nothing)
    .mutation(({ ctx, input }) => ctx.services.regulationDesk.approve(ctx.actor, input)),
});
