import { z } from 'zod';
import { amount, bilingual, civilDate, id, pageOf, pageRequest } from '../core';
import { changeKind, changeReason, previewFlip, previewRun, targetSide } from './preview';

export const previewBasis = z.enum(['last', 'current']);
export const startPreviewInput = z.object({ draftId: id, basis: previewBasis });
export type StartPreviewInput = z.infer<typeof startPreviewInput>;

/** A preview as it is shown: its progress or result, who ran it, and whether the draft is still the one previewed. */
export const previewView = previewRun.omit({ text: true, textDigest: true, by: true, against: true }).extend({
  by: z.string(),
  /** The English of the names in it, as far as its versions give any. */
  english: z.record(z.string(), z.string()),
  /** The draft, its unit, or what it takes the place of has changed since. */
  isOutdated: z.boolean(),
  /** Nothing has moved for minutes: whoever carried it on is gone, and it goes on by itself or is cancelled. */
  isStuck: z.boolean(),
});
export type PreviewView = z.infer<typeof previewView>;

const cycleOnOffer = z.object({ from: civilDate, to: civilDate, hasFacts: z.boolean() });
export const previewInput = z.object({ draftId: id });
/** `result` is the newest finished one; while another runs, it stands beside it. */
export const previewAnswer = z.object({
  running: previewView.nullable(),
  result: previewView.nullable(),
  /** The cycle either basis would look at today, and whether anybody has earned anything in it. */
  cycles: z.object({ last: cycleOnOffer, current: cycleOnOffer }),
  /** The last cycle, unless next to nothing is on record in it. */
  suggested: previewBasis,
  mayRun: z.boolean(),
});
export type PreviewAnswer = z.infer<typeof previewAnswer>;

export const previewRunInput = z.object({ runId: id });

/** What is shown of a preview's changes: all, or those of a kind or a unit. */
export const flipFilter = z.object({ change: changeKind.nullable(), unitId: id.nullable() });
export type FlipFilter = z.infer<typeof flipFilter>;
export const previewFlipsInput = pageRequest.extend({ runId: id, ...flipFilter.shape });
export type PreviewFlipsInput = z.infer<typeof previewFlipsInput>;
export const flipRow = previewFlip.omit({ runId: true, rank: true });
export type FlipRow = z.infer<typeof flipRow>;
export const flipPage = pageOf(flipRow);

export const previewPersonInput = z.object({ runId: id, personId: id });
export type PreviewPersonInput = z.infer<typeof previewPersonInput>;

const clauseSaid = z.object({ clause: z.string(), text: z.string() });
const outcome = z.object({
  earned: z.array(z.object({ measure: z.string(), amount, counted: amount })),
  why: z.array(z.object({ clause: z.string(), says: bilingual })),
});

/** One person's two results side by side, from today's facts: each target, then each recorded activity. */
export const previewPerson = z.object({
  personId: id,
  personNo: z.string(),
  name: z.string(),
  unit: bilingual,
  cycle: z.object({ from: civilDate, to: civilDate }),
  /** The version the person stands under before; null where none does. */
  replaces: z.number().int().nullable(),
  version: z.number().int(),
  targets: z.array(
    z.object({
      target: z.string(),
      name: z.string(),
      change: changeKind.nullable(),
      before: targetSide.nullable(),
      after: targetSide.nullable(),
      reasons: z.array(changeReason),
    }),
  ),
  activities: z.array(
    z.object({
      on: civilDate,
      title: z.string(),
      differs: z.boolean(),
      before: outcome.nullable(),
      after: outcome,
    }),
  ),
  /** The clauses that the reasons name, as the new version words them, and as the one before did where it is otherwise. */
  clauses: z.object({ before: z.array(clauseSaid), after: z.array(clauseSaid) }),
});
export type PreviewPerson = z.infer<typeof previewPerson>;
