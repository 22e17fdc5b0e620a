import {
  acceptResultInput,
  compareInput,
  draftInput,
  factsRun,
  flipPage,
  keepExampleInput,
  previewAnswer,
  previewFlipsInput,
  previewInput,
  previewPerson,
  previewPersonInput,
  previewRunInput,
  previewView,
  regulationComparison,
  regulationFile,
  regulationRow,
  returnDraftInput,
  savedDraft,
  saveDraftInput,
  startPreviewInput,
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
  acceptResult: signedInProcedure
    .input(acceptResultInput)
    .output(nothing)
    .mutation(({ ctx, input }) => ctx.services.regulationDesk.acceptResult(ctx.actor, input)),
  saveDraft: signedInProcedure
    .input(saveDraftInput)
    .output(savedDraft)
    .mutation(({ ctx, input }) => ctx.services.regulationDesk.saveDraft(ctx.actor, input)),
  discardDraft: signedInProcedure
    .input(draftInput)
    .output(nothing)
    .mutation(({ ctx, input }) => ctx.services.regulationDesk.discard(ctx.actor, input)),
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
  startPreview: signedInProcedure
    .input(startPreviewInput)
    .output(previewView)
    .mutation(({ ctx, input }) => ctx.services.regulationPreview.start(ctx.actor, input)),
  cancelPreview: signedInProcedure
    .input(previewRunInput)
    .output(nothing)
    .mutation(({ ctx, input }) => ctx.services.regulationPreview.cancel(ctx.actor, input.runId)),
  preview: signedInProcedure
    .input(previewInput)
    .output(previewAnswer)
    .query(({ ctx, input }) => ctx.services.regulationPreview.read(ctx.actor, input.draftId)),
  previewFlips: signedInProcedure
    .input(previewFlipsInput)
    .output(flipPage)
    .query(({ ctx, input }) => ctx.services.regulationPreview.flips(ctx.actor, input)),
  previewPerson: signedInProcedure
    .input(previewPersonInput)
    .output(previewPerson)
    .query(({ ctx, input }) => ctx.services.regulationPreview.person(ctx.actor, input)),
});
