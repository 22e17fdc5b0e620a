export * from './live-fact';
export * from './presence';
export * from './room-event';
