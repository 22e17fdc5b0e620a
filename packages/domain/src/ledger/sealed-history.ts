import { z } from 'zod';
import type { CivilDate } from '../core';
import { historyAsRecorded, type Person } from '../identity';
import { canonicalJson, digestOf } from './hash-chain';

type History = Pick<Person, 'affiliations' | 'posts' | 'grades'>;
type Row = History['affiliations'][number] | History['posts'][number] | History['grades'][number];

const rows = z.array(z.looseObject({ from: z.string() }));
const history = z.looseObject({ affiliations: rows, posts: rows, grades: rows });

/** Whether what is recorded of a person is a history at all, which it is unless it was changed past the product. */
export const hasHistory = (recorded: unknown): boolean => history.safeParse(recorded).success;

/** What a row says, without when that became known. */
const said = ({ recordedOn: _on, endRecordedOn: _end, endBefore: _before, ...row }: Row): object => row;

const sorted = (rows: readonly Row[]): object[] =>
  rows.map(said).sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));

/**
 * The digest of a person's units, posts and grades as they were recorded by the end of a day, whatever the order of the
 * rows. Rows of the past never change, so that of an earlier day is the same for ever: it moves with what is recorded.
 */
export function historyDigest(person: History, day: CivilDate): string {
  const { affiliations, posts, grades } = historyAsRecorded(person, day);
  return digestOf({ affiliations: sorted(affiliations), posts: sorted(posts), grades: sorted(grades) });
}
