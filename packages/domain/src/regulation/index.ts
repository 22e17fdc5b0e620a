export * from './clause-data';
export * from './regulation-draft';
export * from './regulation-state';
export * from './regulation.io';
export * from './regulation.policy';
export * from './run-example';
