export * from './base';
export * from './base-day';
export * from './base-life-cycle';
export * from './network.io';
export * from './network.policy';
