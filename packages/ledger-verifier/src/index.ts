export * from './format';
export * from './ledger-verifier';
export * from './node-crypto';
export * from './report';
export * from './root-file';
