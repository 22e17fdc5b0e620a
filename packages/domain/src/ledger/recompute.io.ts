import { z } from 'zod';
import { id, pageOf, pageRequest } from '../core';
import { recomputeDifference } from './recompute';

export const differencesInput = pageRequest.extend({ runId: id });
export const differencePage = pageOf(recomputeDifference);
export const settleAgainInput = z.object({ runId: id, personId: id });
export const settleAgainResult = z.object({ settled: z.number().int() });
