export * from './check-in-codes';
export * from './check-in.service';
export * from './live.router';
export * from './room-line.service';
export * from './room-queue';
export * from './room.service';
