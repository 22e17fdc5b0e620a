import type { Services } from '@cadre/api/container';
import { id } from '@cadre/domain/core';
import { z } from 'zod';
import type { JobHandler } from './job-runner';

const settlePayload = z.object({ sessionId: id });

/** What each kind of job does. A handler may run twice; what it calls is idempotent. */
export const jobHandlers = (services: Services): Readonly<Record<string, JobHandler>> => ({
  'credit:settle': async (payload) => {
    await services.sessionSettlement.settleSession(settlePayload.parse(payload).sessionId);
  },
});
