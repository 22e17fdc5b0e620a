export * from './ledger-export.service';
export * from './ledger-signer';
export * from './ledger.router';
export * from './seal.service';
