import { z } from 'zod';
import { id, type CivilDate, type Id } from '../core';
import { readJson, type AuthorError, type Regulation } from '../credit';

/**
 * A version of a regulation on its way into force: written by one person, approved by another. Once approved its text
 * stands in the register of regulations, which knows no change; the draft stays as the record of who did what.
 */
export const regulationDraft = z.object({
  id,
  /** The regulation's own id and version, as its text says. */
  code: z.string(),
  version: z.number().int().min(1),
  /** The unit subtree it is to govern. */
  unitId: id,
  state: z.enum(['draft', 'waiting', 'approved']),
  text: z.string(),
  authorId: id,
  writtenAt: z.date(),
  /** Why it came back to its author, when it did. */
  remark: z.string(),
  /** Who approved it; of a draft, who sent it back, its author having taken it back themselves. */
  decidedBy: id.nullable(),
  decidedAt: z.date().nullable(),
  revision: z.number().int().min(0),
});
export type RegulationDraft = z.infer<typeof regulationDraft>;

/**
 * A worked example of a regulation: facts, and the result that its author confirmed. Every version of the same
 * regulation is held against it.
 */
export const regulationExample = z.object({
  id,
  code: z.string(),
  title: z.string(),
  /** A facts file. */
  facts: z.string(),
  /** The report of the confirmed run as JSON, without the version that made it. */
  expected: z.string(),
  authorId: id.nullable(),
  recordedAt: z.date(),
});
export type RegulationExample = z.infer<typeof regulationExample>;

/**
 * Another result that the author of a version accepted for an example: what is expected of that version and the later
 * ones. Of several for one version the newest holds; earlier versions keep theirs.
 */
export const acceptedResult = z.object({
  id,
  code: z.string(),
  exampleId: id,
  version: z.number().int().min(1),
  /** The draft for which it was accepted, and with which it goes; absent in those from before drafts were discarded. */
  draftId: id.optional(),
  expected: z.string(),
  authorId: id,
  recordedAt: z.date(),
});
export type AcceptedResult = z.infer<typeof acceptedResult>;

/** What is expected of a version, and since which version, if not from the first. `accepted` in the order of time. */
export function expectedOf(
  example: Pick<RegulationExample, 'id' | 'expected'>,
  accepted: readonly AcceptedResult[],
  version: number,
): { readonly expected: string; readonly since: number | null } {
  const last = accepted
    .filter((result) => result.exampleId === example.id && result.version <= version)
    .reduce<AcceptedResult | undefined>(
      (found, result) => (found && found.version > result.version ? found : result),
      undefined,
    );
  return { expected: last?.expected ?? example.expected, since: last?.version ?? null };
}

/** Four eyes: whoever wrote a version never approves it. The write that approves carries the same condition. */
export const isSecondPerson = (draft: Pick<RegulationDraft, 'authorId'>, personId: Id): boolean =>
  draft.authorId !== personId;

/** Why somebody else sent a version back to its author, who has not handed it over again; null where nobody did. */
export const returnedFor = ({
  state,
  remark,
  authorId,
  decidedBy,
}: Pick<RegulationDraft, 'state' | 'remark' | 'authorId' | 'decidedBy'>): string | null =>
  state === 'draft' && remark !== '' && decidedBy !== authorId ? remark : null;

/** What is settled is never settled anew: a version begins tomorrow or later. */
export const isTooEarly = (from: CivilDate, today: CivilDate): boolean => from <= today;

/** What an author is told of a date of effect with which nobody could approve the draft any more. */
export function startsInPast(
  text: string,
  { effective: { from } }: Pick<Regulation, 'effective'>,
  today: CivilDate,
): AuthorError[] {
  if (!isTooEarly(from, today)) return [];
  const path = ['effective', 'from'];
  const sentence = `生效日期要在今天（${today}）以后：从 ${from} 起生效的不能送交批准，已经结算的不会按新规则重算`;
  return [{ path: path.join('.'), line: readJson(text).lineOf(path), sentence }];
}

/** The number that follows the versions of a regulation; null where there is none yet, which may begin with any. */
export function versionAfter(
  known: readonly { readonly code: string; readonly version: number }[],
  code: string,
): number | null {
  const versions = known.filter((one) => one.code === code).map(({ version }) => version);
  return versions.length === 0 ? null : Math.max(...versions) + 1;
}
