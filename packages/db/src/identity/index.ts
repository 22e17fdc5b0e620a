export * from './account.repository';
export * from './api-client.repository';
export * from './grant.repository';
export * from './person.repository';
export * from './sign-in.repository';
export * from './unit.repository';
