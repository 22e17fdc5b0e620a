export { changeLanguage, currentLanguage, defineWords, useLangOf, useLanguage, type Words } from './i18n';
export {
  languages,
  textIn,
  wordDefects,
  type BilingualText,
  type Language,
  type Plural,
  type SameShape,
  type Say,
  type WordKey,
  type WordTree,
} from './words';
