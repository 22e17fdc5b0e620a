export * from './lesson-facts';
export * from './test-api';
export * from './live-scene';
export * from './training-world';
export * from './credit-scene';
export * from './assessment-scene';
