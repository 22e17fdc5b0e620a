export * from './amount';
export * from './date';
export * from './use-format';
