export * from './closed-cycle';
export * from './hash-chain';
export * from './ledger-entry';
export * from './settlement';
export * from './credit.policy';
export * from './statement.io';
export * from './assess-pace';
