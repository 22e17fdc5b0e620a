export * from './credit.router';
export * from './progress.service';
export * from './regulation.service';
export * from './settlement.service';
export * from './statement.service';
