export { isPassing, refusalOf, type Refusal, type RefusalCode } from './refusal';
export { wordRefusal, type RefusalWords, type SentenceLanguage } from './sentences';
