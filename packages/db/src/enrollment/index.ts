export * from './enrollment.repository';
export * from './seat-ledger.repository';
