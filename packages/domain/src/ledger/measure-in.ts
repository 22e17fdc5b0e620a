import type { Bilingual } from '../core';

/** What the regulation of some measures calls one of them; one that it does not know is called by its id. */
export const measureIn = (
  { measures }: { readonly measures: Readonly<Record<string, Bilingual>> },
  measure: string,
): Bilingual => measures[measure] ?? { zh: measure, en: '' };
