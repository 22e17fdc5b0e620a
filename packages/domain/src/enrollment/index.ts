export * from './enrollment';
