export * from './booking.repository';
export * from './session.repository';
export * from './training-class.repository';
