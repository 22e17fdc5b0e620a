export * from './allow';
export * from './audit-trail';
export * from './batch-queue';
export * from './context';
export * from './ports';
export * from './secret';
export * from './stepwise';
export * from './trpc';
