/** The values of the facts that have a few only, and what they are called; other facts have words for values already. */
const VALUES: Readonly<
  Record<string, Readonly<Record<string, { readonly zh: string; readonly en: string }>>>
> = {
  mode: { hall: { zh: '现场', en: 'in the hall' }, online: { zh: '线上', en: 'online' } },
  sex: { male: { zh: '男', en: 'male' }, female: { zh: '女', en: 'female' } },
};

/** The only values that a fact may have; undefined for a fact with any. */
export const valuesOf = (fact: string): readonly string[] | undefined =>
  Object.hasOwn(VALUES, fact) ? Object.keys(VALUES[fact] ?? {}) : undefined;

export const factValue = (fact: string, value: string, language: 'zh' | 'en'): string =>
  VALUES[fact]?.[value]?.[language] ?? value;
