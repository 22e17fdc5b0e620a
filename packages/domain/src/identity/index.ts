export * from './account';
export * from './change-history';
export * from './directory.io';
export * from './identity.policy';
export * from './me';
export * from './person';
export * from './rank';
export * from './unit';
