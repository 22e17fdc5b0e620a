export { createAppClient, type Api, type AppClient, type AppClientOptions, type AppName } from './app-client';
export { AppClientProvider, useApi, useAppClient } from './app-client-provider';
