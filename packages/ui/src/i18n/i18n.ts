import { createInstance, type i18n } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { languages, toResources, type Language, type SameShape, type Say, type WordTree } from './words';

/**
 * The one i18next instance of a page. Each feature adds its words when its module is loaded, so that a lazy screen
 * brings its own and the first page stays small.
 */
const instance: i18n = createInstance();
void instance.use(initReactI18next).init({
  lng: 'zh',
  fallbackLng: 'zh',
  supportedLngs: languages,
  initAsync: false,
  resources: {},
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
});

type Values = Record<string, string | number>;

/** The words of one feature, in both languages. */
export interface Words<Zh extends WordTree> {
  /** For components: follows the language as it changes. */
  readonly use: () => Say<Zh>;
  /** Outside components: says it in the language of this moment. */
  readonly say: Say<Zh>;
}

/**
 * Registers the words of a feature under its name.
 *
 * @example
 * export const enrollmentWords = defineWords('enrollment', zh, en);
 * const say = enrollmentWords.use();
 * say('seatsLeft', { count: 4 });
 */
export function defineWords<const Zh extends WordTree>(
  feature: string,
  zh: Zh,
  en: SameShape<Zh>,
): Words<Zh> {
  instance.addResourceBundle('zh', feature, toResources(zh), false, true);
  instance.addResourceBundle('en', feature, toResources(en), false, true);
  // The typed face of i18next's own untyped `t`: keys and values were checked by `Say`.
  const typed =
    (translate: (key: string, values: Values) => string): Say<Zh> =>
    (key: string, values: Values = {}) =>
      translate(key, values);
  return {
    use: () => {
      const { t } = useTranslation(feature, { i18n: instance });
      return typed((key, values) => t(key, values));
    },
    say: typed((key, values) => instance.t(key, { ns: feature, ...values })),
  };
}

/** The language of this moment. */
export function currentLanguage(): Language {
  return instance.language === 'en' ? 'en' : 'zh';
}

/** For components: follows the language as it changes. */
export function useLanguage(): Language {
  useTranslation(undefined, { i18n: instance });
  return currentLanguage();
}

/** Changes the language of every word on the page at once, and tells the browser (fonts, reading aloud, hyphens). */
export function changeLanguage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : language;
  if (language !== instance.language) void instance.changeLanguage(language);
}
