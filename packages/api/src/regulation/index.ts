export * from './regulation-desk.service';
export * from './regulation-preview.service';
export * from './regulation.router';
