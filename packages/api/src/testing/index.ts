export * from './test-api';
export * from './live-scene';
export * from './training-world';
