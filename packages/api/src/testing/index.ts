export * from './test-api';
export * from './live-scene';
