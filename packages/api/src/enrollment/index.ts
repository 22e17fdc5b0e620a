export * from './enrollment.router';
export * from './enrollment.service';
export * from './seat.service';
