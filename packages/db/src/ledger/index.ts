export * from './seal.repository';
