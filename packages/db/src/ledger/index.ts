export * from './seal.repository';
export * from './recompute.repository';
