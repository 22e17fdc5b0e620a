export * from './presence';
export * from './room-event';
