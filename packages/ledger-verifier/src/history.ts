import { canonical, type Json } from './canonical';
import { utf8, type Crypto } from './crypto';
import type { HistoryRow } from './format';

/** A row of a record, with the days on which it and its end became known; without them from the first day on. */
export interface RecordRow {
  from: string;
  to: string | null;
  recordedOn?: string | undefined;
  endRecordedOn?: string | undefined;
  /** The end that was known before; without it the row was open. */
  endBefore?: string | undefined;
}

/** The units, posts and grades of a person: rows end, and further ones begin, but what is past never changes. */
export interface PersonRecord {
  affiliations: (RecordRow & { unitId: string; kind: string })[];
  posts: (RecordRow & { postLevel: string })[];
  grades: (RecordRow & { grade: string })[];
}

/** What was known of rows by the end of a day. */
const knownOn = <Row extends RecordRow>(rows: readonly Row[], day: string): Row[] =>
  rows.flatMap((row) => {
    if (row.recordedOn !== undefined && row.recordedOn > day) return [];
    const isEnded = row.endRecordedOn === undefined || row.endRecordedOn <= day;
    return [isEnded ? row : { ...row, to: row.endBefore ?? null }];
  });

const sorted = (rows: readonly RecordRow[]): string =>
  rows
    .map(({ recordedOn: _on, endRecordedOn: _end, endBefore: _before, ...row }) => canonical(row as Json))
    .sort()
    .join(',');

/** The digest of what was known by the end of a day: the bytes of canonical JSON, its rows in their own order. */
export const historyDigest = (
  crypto: Crypto,
  { affiliations, posts, grades }: PersonRecord,
  day: string,
): string =>
  crypto.sha256Hex(
    utf8(
      `{"affiliations":[${sorted(knownOn(affiliations, day))}],"grades":[${sorted(knownOn(grades, day))}],"posts":[${sorted(knownOn(posts, day))}]}`,
    ),
  );

/** The days on which something became known, in order: between two of them the digest stays the same. */
export const daysRecorded = ({ affiliations, posts, grades }: PersonRecord): string[] => {
  const days = [...affiliations, ...posts, ...grades].flatMap(({ recordedOn, endRecordedOn }) => [
    recordedOn,
    endRecordedOn,
  ]);
  return [...new Set(days.filter((day) => day !== undefined))].sort();
};

/** What rules look at, as it was known by the end of a day. Service ends with the last home unit, whatever was to last longer. */
export function historyOf(record: PersonRecord, day: string): HistoryRow[] {
  const row = ({ from, to }: RecordRow): HistoryRow => ({ from, ...(to === null ? {} : { to }) });
  const held = knownOn(record.affiliations, day);
  const ends = held.filter(({ kind }) => kind === 'home').map(({ to }) => to);
  const end = ends.includes(null) ? null : (ends.sort().at(-1) ?? null);
  return [
    ...knownOn(record.posts, day).map((post) => ({ ...row(post), postLevel: post.postLevel })),
    ...knownOn(record.grades, day).map((one) => ({ ...row(one), grade: one.grade })),
    ...held
      .filter(({ from }) => end === null || from <= end)
      .map((one) => row(end !== null && (one.to ?? end) >= end ? { ...one, to: end } : one)),
  ];
}
