export * from './amount';
export * from './date';
export * from './measure';
export * from './use-format';
