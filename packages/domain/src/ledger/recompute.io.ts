import { z } from 'zod';
import { bilingual, id, pageOf, pageRequest } from '../core';
import { recomputeDifference, recomputeRun } from './recompute';

export const recomputeRunView = recomputeRun.extend({ byName: z.string() });
export type RecomputeRunView = z.infer<typeof recomputeRunView>;

export const differencesInput = pageRequest.extend({ runId: id });
/** A difference with the person it concerns, the names of the measures, and, once it was taken over, by whom. */
export const differenceRow = recomputeDifference.extend({
  measures: z.record(z.string(), bilingual),
  name: z.string(),
  personNo: z.string(),
  unit: bilingual,
  takenByName: z.string().nullable(),
});
export type DifferenceRow = z.infer<typeof differenceRow>;
export const differencePage = pageOf(differenceRow);
export const settleAgainInput = z.object({ differenceId: id });
export const settleAgainResult = z.object({ settled: z.number().int() });
