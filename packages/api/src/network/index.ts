export * from './network.router';
export * from './network.service';
