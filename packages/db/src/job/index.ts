export * from './job.repository';
