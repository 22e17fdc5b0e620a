import type { Services } from '@cadre/api/container';
import { TRANSFER_JOB } from '@cadre/api/identity';
import { RECOMPUTE_JOB } from '@cadre/api/ledger';
import { PREVIEW_JOB } from '@cadre/api/regulation';
import { id } from '@cadre/domain/core';
import { z } from 'zod';
import type { JobHandler } from './job-runner';

const settlePayload = z.object({ sessionId: id });
const transferPayload = z.object({ personId: id });
const runPayload = z.object({ runId: id });

/** What each kind of job does. A handler may run twice; what it calls is idempotent. */
export const jobHandlers = (services: Services): Readonly<Record<string, JobHandler>> => ({
  'credit:settle': async (payload) => {
    await services.sessionSettlement.settleSession(settlePayload.parse(payload).sessionId);
  },
  [TRANSFER_JOB]: async (payload) => {
    await services.settlement.settleTransferred(transferPayload.parse(payload).personId);
  },
  [RECOMPUTE_JOB]: async (payload) => {
    await services.recompute.step(runPayload.parse(payload).runId);
  },
  [PREVIEW_JOB]: async (payload) => {
    await services.regulationPreview.step(runPayload.parse(payload).runId);
  },
});
