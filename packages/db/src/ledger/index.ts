export * from './seal.repository';
export * from './recompute.repository';
export * from './verification.repository';
