export * from './regulation-desk.service';
export * from './regulation.router';
