export * from './clock.router';
export * from './clock.service';
