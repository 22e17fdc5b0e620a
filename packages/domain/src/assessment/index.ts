export * from './assessment';
export * from './assessment.io';
export * from './assessment.policy';
export * from './feed-target';
