export * from './job.io';
export * from './job.policy';
