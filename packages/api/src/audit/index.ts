export * from './audit.router';
export * from './audit.service';
