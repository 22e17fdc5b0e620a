export * from './api-client.service';
export * from './identity.router';
export * from './sign-in.service';
