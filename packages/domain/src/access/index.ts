export * from './actor';
export * from './areas';
export * from './grant';
