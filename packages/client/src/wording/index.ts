export { wordRefusal, type RefusalWords, type SentenceLanguage } from './sentences';
