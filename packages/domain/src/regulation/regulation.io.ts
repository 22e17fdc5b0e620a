import { z } from 'zod';
import { bilingual, civilDate, id } from '../core';
import { regulationDraft, regulationExample } from './regulation-draft';
import { toldDifference } from './tell-differences';

/** The longest text that is read: several times the longest published regulation. */
const TEXT_LIMIT = 200_000;
const text = z.string().min(1).max(TEXT_LIMIT);

/** `upcoming`: approved, not yet in force. `replaced`: a newer version is in force. `ended`: its dates are over. */
export const regulationState = z.enum(['draft', 'waiting', 'upcoming', 'in-force', 'replaced', 'ended']);
export type RegulationState = z.infer<typeof regulationState>;

export const versionInput = z.object({ code: z.string().min(1).max(60), version: z.number().int().min(1) });
export type VersionInput = z.infer<typeof versionInput>;

export const regulationRow = versionInput.extend({
  title: bilingual,
  issuer: bilingual,
  number: z.string().nullable(),
  unitId: id,
  unit: bilingual,
  state: regulationState,
  effectiveFrom: civilDate,
  effectiveTo: civilDate.nullable(),
  /** Null for a text that was taken over when the installation was set up. */
  author: z.string().nullable(),
  approver: z.string().nullable(),
  approvedAt: z.date().nullable(),
  /** The reader wrote it, and so cannot approve it. */
  isAuthor: z.boolean(),
  /** Why it was sent back to its author, who has not handed it over again; null where it was not. */
  returned: z.string().nullable(),
});
export type RegulationRow = z.infer<typeof regulationRow>;

const dataLine = z.object({ section: z.string(), line: z.string(), english: z.string() });
const clauseData = z.object({ number: z.string(), text: z.string(), lines: z.array(dataLine).readonly() });
const authorError = z.object({ path: z.string(), line: z.number().int(), sentence: z.string() });

/** An example run on the version that is shown. `errors`: its facts do not fit this version. */
export const exampleOutcome = regulationExample.pick({ id: true, title: true, facts: true }).extend({
  holds: z.boolean(),
  /** The version whose author accepted the result it is held against; null where it is the first one. */
  since: z.number().int().nullable(),
  differences: z.array(toldDifference).readonly(),
  errors: z.array(authorError).readonly(),
});
export type ExampleOutcome = z.infer<typeof exampleOutcome>;

export const regulationFile = regulationRow.extend({
  text: z.string(),
  clauses: z.array(clauseData).readonly(),
  rest: z.array(dataLine).readonly(),
  /** What is in order and yet looks forgotten: names that nothing uses. */
  notes: z.array(authorError).readonly(),
  examples: z.array(exampleOutcome),
  /** Other versions of the same regulation, newest first. */
  versions: z.array(regulationRow.pick({ code: true, version: true, state: true })),
  draft: regulationDraft.pick({ id: true, revision: true, remark: true }).nullable(),
  /** The draft whose preview the reader may look at: of a version on its way, or of an approved one that kept its result. */
  previewOf: id.nullable(),
  may: z.object({ write: z.boolean(), submit: z.boolean(), decide: z.boolean() }),
  /** It would come into force today or earlier, so that it can be neither handed over nor approved. */
  isTooEarly: z.boolean(),
  /** The day from which its examples are reckoned, where that is before it comes into force. */
  examplesSince: civilDate.nullable(),
  /** A facts file that this version can read, to begin trying with. */
  firstFacts: z.string(),
});
export type RegulationFile = z.infer<typeof regulationFile>;

export const tryFactsInput = versionInput.extend({ facts: text });
export const factsRun = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), told: bilingual, report: z.string() }),
  z.object({ ok: z.literal(false), errors: z.array(authorError).readonly() }),
]);

export const keepExampleInput = tryFactsInput.extend({ title: z.string().trim().min(1).max(120) });
export type KeepExampleInput = z.infer<typeof keepExampleInput>;

export const acceptResultInput = versionInput.extend({ exampleId: id });
export type AcceptResultInput = z.infer<typeof acceptResultInput>;

export const compareInput = z.object({
  code: z.string().min(1).max(60),
  left: z.number().int().min(1),
  right: z.number().int().min(1),
});
export type CompareInput = z.infer<typeof compareInput>;
export const regulationComparison = z.object({
  clauses: z
    .array(
      z.object({
        number: z.string(),
        change: z.enum(['same', 'changed', 'added', 'removed']),
        left: clauseData.nullable(),
        right: clauseData.nullable(),
      }),
    )
    .readonly(),
  leftOnly: z.array(dataLine).readonly(),
  rightOnly: z.array(dataLine).readonly(),
});

/** A new draft, or the next revision of one's own. `draftId` and `revision` as they were read; both null for a new one. */
export const saveDraftInput = z.object({
  draftId: id.nullable(),
  revision: z.number().int().min(0).nullable(),
  unitId: id,
  text,
});
export type SaveDraftInput = z.infer<typeof saveDraftInput>;
/** What the format refuses is the author's to mend, and told line by line. */
export const savedDraft = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), code: z.string(), version: z.number().int() }),
  z.object({ ok: z.literal(false), errors: z.array(authorError).readonly() }),
]);
export type SavedDraft = z.infer<typeof savedDraft>;

export const draftInput = z.object({ draftId: id, revision: z.number().int().min(0) });
export type DraftInput = z.infer<typeof draftInput>;
export const returnDraftInput = draftInput.extend({ remark: z.string().trim().min(1).max(500) });
export type ReturnDraftInput = z.infer<typeof returnDraftInput>;
