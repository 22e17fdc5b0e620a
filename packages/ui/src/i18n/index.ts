export { changeLanguage, currentLanguage, defineWords, useLanguage, type Words } from './i18n';
export {
  languages,
  wordDefects,
  type Language,
  type Plural,
  type SameShape,
  type Say,
  type WordKey,
  type WordTree,
} from './words';
