export * from './credit.router';
export * from './needed-presence.service';
export * from './progress.service';
export * from './recorded-fact.service';
export * from './regulation.service';
export * from './session-settlement.service';
export * from './settlement.service';
export * from './statement.service';
export type { EvaluatedPerson } from './statement-standing';
