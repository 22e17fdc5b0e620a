export * from './job.repository';
export * from './run-store';
