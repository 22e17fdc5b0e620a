import type { RecordRow } from './history';
import type { PersonLine } from './format';
import type { Said } from './said';

/** Somebody's rows of history that no root covers that the ledger is held to. */
export interface UnsealedHistory {
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
export function unsealedRows(person: PersonLine, until: string | null): Said[] {
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

/** Days on which something is said to have become known that lie after a day, which cannot be. */
export function daysAfter(person: PersonLine, day: string): string[] {
  const days = rowsOf(person).flatMap(({ row: { recordedOn, endRecordedOn } }) => [
    recordedOn,
    endRecordedOn,
  ]);
  return [...new Set(days.filter((one) => one !== undefined && one > day) as string[])].sort();
}
