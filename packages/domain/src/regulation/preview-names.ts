import type { Bilingual } from '../core';
import { inBoth, type Regulation } from '../credit';

/** Chinese name → English, as the two versions of a preview give them; where both do, as the new one does. */
export type EnglishNames = Readonly<Record<string, string>>;

export const englishNames = (before: Regulation | null, after: Regulation): EnglishNames => ({
  ...before?.english,
  ...after.english,
});

/** What a preview calls a target; what is to be made up says of which cycle. */
export const keptName = (name: string, madeUp: string | undefined): string =>
  madeUp === undefined ? name : `${name}（补 ${madeUp}）`;

/** A name that a preview keeps, of a target, an amount or a measure, in both languages; '' where there is no English. */
export function previewName(kept: string, english: EnglishNames): Bilingual {
  const [, name, madeUp] = /^(.+)（补 (.+)）$/.exec(kept) ?? [];
  const { en } = inBoth(name ?? kept, { english });
  return { zh: kept, en: madeUp === undefined || en === '' ? en : `${en} (makes up ${madeUp})` };
}

/** What is missing, `课时 8 学时` or `0.5 天`, in both languages; a name without English stays. */
export function previewShortfall(kept: string, english: EnglishNames): Bilingual {
  const [, name, amount = '', unit] = /^(?:(.+) )?(\S+) (\S+)$/.exec(kept) ?? [];
  const inEnglish = (zh: string | undefined): string[] =>
    zh === undefined ? [] : [inBoth(zh, { english }).en || zh];
  return { zh: kept, en: [...inEnglish(name), amount, ...inEnglish(unit)].join(' ') };
}
