export * from './session';
export * from './training-class';
