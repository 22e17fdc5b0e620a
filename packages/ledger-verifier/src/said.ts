/** A sentence as it is said in Chinese and in English. */
export interface Said {
  zh: string;
  en: string;
}

/** The links of one of a person's two chains, in words: 第 3 条 流水, entry 3. */
export interface Unit {
  zh: string;
  name: string;
  one: string;
  many: string;
}

export const ENTRIES: Unit = { zh: '条', name: '流水', one: 'entry', many: 'entries' };
export const SETTLEMENTS: Unit = { zh: '次', name: '结算', one: 'settlement', many: 'settlements' };

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** Numbers as ranges: 1—3、5. */
export function ranges(numbers: readonly number[], between = '、'): string {
  const found: [from: number, to: number][] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && last[1] + 1 === number) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}—${to}`)).join(between);
}

/** Links by their numbers: 第 3、5—7 条流水, entries 3, 5—7. */
export function linksAt(numbers: readonly number[], { zh, name, one, many }: Unit): Said {
  return {
    zh: `第 ${ranges(numbers)} ${zh}${name}`,
    en: `${numbers.length === 1 ? one : many} ${ranges(numbers, ', ')}`,
  };
}

/** Links that follow each other: 第 3—5 条流水, entries 3—5. */
export function linksFrom(from: number, to: number, { zh, name, one, many }: Unit): Said {
  const places = from === to ? `${from}` : `${from}—${to}`;
  return { zh: `第 ${places} ${zh}${name}`, en: `${from === to ? one : many} ${places}` };
}

/** All numbers from one to another. */
export const through = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** The first three names, and that there are more. */
export const firstOf = (names: readonly string[]): Said => {
  const shown = names.slice(0, 3);
  const isAll = shown.length === names.length;
  return {
    zh: `${shown.join('、')}${isAll ? '' : ' 等'}`,
    en: `${shown.join(', ')}${isAll ? '' : ' and others'}`,
  };
};
