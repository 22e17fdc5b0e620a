export * from './credit-ledger.repository';
export * from './recorded-activity.repository';
export * from './regulation.repository';
