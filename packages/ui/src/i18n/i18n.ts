import { useSyncExternalStore } from 'react';
import { sentenceAt, type Language, type SameShape, type Say, type WordTree } from './words';

let language: Language = 'zh';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The language of this moment. */
export function currentLanguage(): Language {
  return language;
}

/** For components: follows the language as it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage);
}

/** Changes the language of every word on the page at once, and tells the browser (fonts, reading aloud, hyphens). */
export function changeLanguage(wanted: Language): void {
  document.documentElement.lang = wanted === 'zh' ? 'zh-CN' : wanted;
  if (wanted === language) return;
  language = wanted;
  for (const listener of listeners) listener();
}

/**
 * The `lang` of data as it was written: a Chinese title on an English page says that it is Chinese, so that it is read
 * aloud and set as Chinese. On a Chinese page, and of anything but a text, nothing.
 */
export function useLangOf(): (text: unknown) => 'zh-CN' | undefined {
  const page = useLanguage();
  return (text) =>
    page !== 'zh' && typeof text === 'string' && /\p{Script=Han}/u.test(text) ? 'zh-CN' : undefined;
}

/** The words of one feature, in both languages. They come with the feature's own code, not with the first page. */
export interface Words<Zh extends WordTree> {
  /** For components: follows the language as it changes. */
  readonly use: () => Say<Zh>;
  /** Outside components: says it in the language of this moment. */
  readonly say: Say<Zh>;
}

/**
 * Ties the two languages of a feature together.
 *
 * @example
 * export const enrollmentWords = defineWords(zh, en);
 * const say = enrollmentWords.use();
 * say('seatsLeft', { count: 4 });
 */
export function defineWords<const Zh extends WordTree>(zh: Zh, en: SameShape<Zh>): Words<Zh> {
  const book = { zh, en };
  const speak =
    (of: Language): Say<Zh> =>
    (key: string, values: Readonly<Record<string, string | number>> = {}) =>
      sentenceAt(book[of], key, values);
  const speakers = { zh: speak('zh'), en: speak('en') };
  return {
    use: () => speakers[useLanguage()],
    say: (key: string, values?: object) =>
      (speakers[language] as (key: string, values?: object) => string)(key, values),
  };
}
