export * from './api-client.service';
export * from './directory.router';
export * from './directory.service';
export * from './grant-scope';
export * from './identity.router';
export * from './sign-in.service';
