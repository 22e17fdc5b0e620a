export * from './account';
export * from './me';
export * from './person';
export * from './rank';
export * from './unit';
