export { fileRefusal, isPassing, refusalOf, type Refusal, type RefusalCode } from './refusal';
