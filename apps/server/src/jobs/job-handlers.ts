import type { Services } from '@cadre/api/container';
import { RECOMPUTE_JOB } from '@cadre/api/ledger';
import { PREVIEW_JOB } from '@cadre/api/regulation';
import { id } from '@cadre/domain/core';
import { z } from 'zod';
import type { JobHandler } from './job-runner';

const settlePayload = z.object({ sessionId: id });
const runPayload = z.object({ runId: id });

/** What each kind of job does. A handler may run twice; what it calls is idempotent. */
export const jobHandlers = (services: Services): Readonly<Record<string, JobHandler>> => ({
  'credit:settle': async (payload) => {
    await services.sessionSettlement.settleSession(settlePayload.parse(payload).sessionId);
  },
  [RECOMPUTE_JOB]: async (payload) => {
    await services.recompute.step(runPayload.parse(payload).runId);
  },
  [PREVIEW_JOB]: async (payload) => {
    await services.regulationPreview.step(runPayload.parse(payload).runId);
  },
});
