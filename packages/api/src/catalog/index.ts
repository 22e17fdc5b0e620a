export * from './catalog.router';
export * from './catalog.service';
export * from './plan.service';
