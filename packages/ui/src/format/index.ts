export * from './amount';
export { tellTime } from './current-year';
export * from './date';
export * from './measure';
export * from './use-format';
