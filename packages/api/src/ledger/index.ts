export * from './ledger-export.service';
export * from './ledger-signer';
export * from './ledger.router';
export * from './recompute.service';
export * from './seal.service';
export * from './verification.service';
