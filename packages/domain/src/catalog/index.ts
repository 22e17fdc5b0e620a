export * from './catalog';
export * from './catalog.io';
export * from './catalog.policy';
export * from './course-life-cycle';
export * from './plan-progress';
