export * from './job.router';
export * from './job.service';
