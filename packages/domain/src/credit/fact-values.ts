/** What the values of the facts that every installation records are called; those of an author's own facts are words already. */
const VALUES: Readonly<
  Record<string, Readonly<Record<string, { readonly zh: string; readonly en: string }>>>
> = {
  mode: { hall: { zh: '现场', en: 'in the hall' }, online: { zh: '线上', en: 'online' } },
};

export const factValue = (fact: string, value: string, language: 'zh' | 'en'): string =>
  VALUES[fact]?.[value]?.[language] ?? value;
