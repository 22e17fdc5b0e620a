import type { ChainReader } from './chain-reader';
import type { PersonLine, SealRow } from './format';
import type { RecordRow } from './history';
import type { KeptHead } from './kept-roots';
import { ENTRIES, linksFrom, SETTLEMENTS, type Said, type Unit } from './said';

/** What of somebody's no root covers that the ledger is held to: links of chains, or rows of history. */
export interface Unsealed {
  no: string;
  rows: Said[];
}

const NAMES = {
  affiliations: { zh: '单位', en: 'unit', value: 'unitId' },
  posts: { zh: '职务', en: 'post', value: 'postLevel' },
  grades: { zh: '职级', en: 'grade', value: 'grade' },
} as const;

const CHINA_MILLIS = 8 * 3_600_000;
/** The day in China of an instant; null where it is none. */
export const dayIn = (instant: string | undefined): string | null => {
  const millis = Date.parse(instant ?? '');
  return Number.isNaN(millis) ? null : new Date(millis + CHINA_MILLIS).toISOString().slice(0, 10);
};

function rowsOf({ record }: PersonLine): { row: RecordRow; zh: string; en: string; value: string }[] {
  return (Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap((list) =>
    (record?.[list] ?? []).map((row) => {
      const { zh, en, value } = NAMES[list];
      return { row, zh, en, value: String((row as unknown as Record<string, unknown>)[value]) };
    }),
  );
}

/** The rows that, or whose end, became known after a day (null: all rows), which no root of that day can hold. */
function unsealedRows(person: PersonLine, until: string | null): Said[] {
  return rowsOf(person).flatMap(({ row, zh, en, value }) => {
    const { from, to, recordedOn, endRecordedOn } = row;
    const isNew = until === null || (recordedOn !== undefined && recordedOn > until);
    const isEnded = endRecordedOn !== undefined && endRecordedOn > (until ?? '');
    if (!isNew && !isEnded) return [];
    const on = isNew ? recordedOn : endRecordedOn;
    const span = `${from}—${to ?? ''}`;
    return {
      zh: `${zh} ${value} ${span}${isNew ? '' : ' 的结束'}${on === undefined ? '' : `，${on} 登记`}`,
      en: `${isNew ? '' : 'the end of '}${en} ${value} ${span}${on === undefined ? '' : `, recorded ${on}`}`,
    };
  });
}

const linksAfter = (covered: number, { last }: ChainReader, unit: Unit): Said[] =>
  covered < last ? [linksFrom(covered + 1, last, unit)] : [];

/** Counts and names what the root that the ledger is held to does not cover. */
export class UnsealedCount {
  readonly sums = { entries: 0, settlements: 0, people: 0 };
  readonly links: Unsealed[] = [];
  readonly histories: Unsealed[] = [];

  /**
   * `row`: how far the root covers the person, as the ledger says; `heads`: as kept files say, also where it no longer
   * does; `until`: the day until whose end it covers histories.
   */
  take(
    { person, chain, settled }: { person: PersonLine; chain: ChainReader; settled: ChainReader },
    row: SealRow | undefined,
    heads: readonly KeptHead[],
    until: string | null,
  ): void {
    const entries = Math.max(row?.[1] ?? 0, ...heads.map(({ seq }) => seq));
    const settlements = Math.max(row?.[2] ?? 0, ...heads.map((head) => head.settled.seq));
    const links = [...linksAfter(settlements, settled, SETTLEMENTS), ...linksAfter(entries, chain, ENTRIES)];
    this.sums.entries += Math.max(0, chain.last - entries);
    this.sums.settlements += Math.max(0, settled.last - settlements);
    if (links.length > 0) {
      this.sums.people += 1;
      this.links.push({ no: person.no, rows: links });
    }
    const rows = unsealedRows(person, row !== undefined || heads.length > 0 ? until : null);
    if (rows.length > 0) this.histories.push({ no: person.no, rows });
  }
}

/** Days on which something is said to have become known that lie after a day, which cannot be. */
export function daysAfter(person: PersonLine, day: string): string[] {
  const days = rowsOf(person).flatMap(({ row: { recordedOn, endRecordedOn } }) => [
    recordedOn,
    endRecordedOn,
  ]);
  return [...new Set(days.filter((one) => one !== undefined && one > day) as string[])].sort();
}
