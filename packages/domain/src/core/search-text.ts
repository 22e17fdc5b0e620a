/** Longer words are cut: nobody types more to tell two titles apart. */
export const SEARCH_TERM_LIMIT = 16;
/** More words than this narrow nothing down any further. */
const TERM_COUNT_LIMIT = 6;

const RUNS = /\p{Script=Han}+|[\p{Script=Latin}\p{Number}]+/gu;

/** The form in which texts and queries are compared: full-width and half-width alike, case and accents ignored. */
export const normalizeSearchText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();

/** Runs of Han characters and runs of Latin letters and digits, in order; everything else only separates. */
export const searchRunsOf = (text: string): string[] => normalizeSearchText(text).match(RUNS) ?? [];

/**
 * The words a person searches for. Each must be found: a Han word in the text, a Latin word in the text, in its
 * pinyin or in its initials. 「枫桥jingyan」 is two words.
 */
export const searchTermsOf = (query: string): string[] =>
  [...new Set(searchRunsOf(query).map((run) => [...run].slice(0, SEARCH_TERM_LIMIT).join('')))].slice(
    0,
    TERM_COUNT_LIMIT,
  );

export const isHan = (run: string): boolean => /^\p{Script=Han}/u.test(run);
