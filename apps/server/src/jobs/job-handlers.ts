import type { Services } from '@cadre/api/container';
import { TRANSFER_JOB } from '@cadre/api/identity';
import { RECOMPUTE_JOB } from '@cadre/api/ledger';
import { PREVIEW_JOB } from '@cadre/api/regulation';
import { id } from '@cadre/domain/core';
import type { JobKind } from '@cadre/domain/job';
import { z } from 'zod';
import type { JobHandler } from './job-runner';

const settlePayload = z.object({ sessionId: id });
const transferPayload = z.object({ personId: id });
const keyPayload = z.object({ key: id });
const linePayload = z.object({ sessionId: id, personId: id, connectionId: z.string(), at: z.date() });
const runPayload = z.object({ runId: id });

/** What each kind of job does. A handler may run twice; what it calls is idempotent. */
export const jobHandlers = (services: Services): Readonly<Record<JobKind, JobHandler>> => ({
  'credit:settle': async (payload) => {
    await services.sessionSettlement.settleSession(settlePayload.parse(payload).sessionId);
  },
  [TRANSFER_JOB]: async (payload) => {
    await services.settlement.settleTransferred(transferPayload.parse(payload).personId);
  },
  [RECOMPUTE_JOB]: async (payload) => {
    await services.recompute.step(runPayload.parse(payload).runId);
  },
  'enrollment:end-waitlist': async (payload) => {
    await services.seats.endWaitlistOf(keyPayload.parse(payload).key);
  },
  'live:close-room': async (payload) => {
    await services.room.closeOverdueRoom(keyPayload.parse(payload).key);
  },
  'live:end-unopened': async (payload) => {
    await services.room.endUnopenedSession(keyPayload.parse(payload).key);
  },
  'live:end-line': async (payload) => {
    await services.roomLine.endLeftLine(linePayload.parse(payload));
  },
  [PREVIEW_JOB]: async (payload) => {
    await services.regulationPreview.step(runPayload.parse(payload).runId);
  },
});
