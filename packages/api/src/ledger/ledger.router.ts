import { pageRequest } from '@cadre/domain/core';
import {
  chainProof,
  countersignInput,
  differencePage,
  differencesInput,
  keyView,
  ledgerState,
  ledgerKeys,
  officeRow,
  recomputeRun,
  recomputeRunView,
  registerOfficeKeyInput,
  rootPage,
  rootView,
  sealedPage,
  settleAgainInput,
  settleAgainResult,
  verificationView,
} from '@cadre/domain/ledger';
import { z } from 'zod';
import { publicProcedure, router, signedInProcedure } from '../core';

export const ledgerRouter = router({
  roots: publicProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/ledger/roots',
        summary: '学分流水的每日封存（已签名的根） / signed daily roots of the credit ledger',
        tags: ['ledger'],
        protect: false,
      },
    })
    .input(pageRequest)
    .output(rootPage)
    .query(({ ctx, input }) => ctx.services.seal.roots(input)),
  keys: publicProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/ledger/keys',
        summary: '封存签名的公钥 / public keys that verify the roots',
        tags: ['ledger'],
        protect: false,
      },
    })
    .output(ledgerKeys)
    .query(({ ctx }) => ctx.services.seal.keys()),
  myProof: signedInProcedure.output(chainProof).query(({ ctx }) => ctx.services.seal.myProof(ctx.actor)),
  state: signedInProcedure.output(ledgerState).query(({ ctx }) => ctx.services.seal.state(ctx.actor)),
  sealed: signedInProcedure
    .input(pageRequest)
    .output(sealedPage)
    .query(({ ctx, input }) => ctx.services.seal.sealed(ctx.actor, input)),
  offices: signedInProcedure
    .output(z.array(officeRow))
    .query(({ ctx }) => ctx.services.seal.offices(ctx.actor)),
  registerOfficeKey: signedInProcedure
    .input(registerOfficeKeyInput)
    .output(z.array(officeRow))
    .mutation(({ ctx, input }) => ctx.services.seal.registerOfficeKey(ctx.actor, input)),
  startVerification: signedInProcedure
    .output(verificationView)
    .mutation(({ ctx }) => ctx.services.verification.start(ctx.actor)),
  verifications: signedInProcedure
    .output(z.array(verificationView))
    .query(({ ctx }) => ctx.services.verification.list(ctx.actor)),
  countersign: signedInProcedure
    .input(countersignInput)
    .output(rootView)
    .mutation(({ ctx, input }) => ctx.services.seal.countersign(ctx.actor, input)),
  rotateKey: signedInProcedure.output(keyView).mutation(({ ctx }) => ctx.services.seal.rotateKey(ctx.actor)),
  startRecompute: signedInProcedure
    .output(recomputeRun)
    .mutation(({ ctx }) => ctx.services.recompute.start(ctx.actor)),
  recomputeRuns: signedInProcedure
    .output(z.array(recomputeRunView))
    .query(({ ctx }) => ctx.services.recompute.runs(ctx.actor)),
  recomputeDifferences: signedInProcedure
    .input(differencesInput)
    .output(differencePage)
    .query(({ ctx, input }) => ctx.services.recompute.differences(ctx.actor, input.runId, input)),
  settleAgain: signedInProcedure
    .input(settleAgainInput)
    .output(settleAgainResult)
    .mutation(({ ctx, input }) => ctx.services.recompute.settleAgain(ctx.actor, input.differenceId)),
});
